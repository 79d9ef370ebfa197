"""Folder of shipped int8 weights -> the network's weights, for a run that goes on from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.network import TABLE_SCALE

Arrays = dict[str, NDArray[Any]]


def read_shipped(folder: Path) -> tuple[dict[str, Tensor], list[str]]:
    """Return the weights that the graph holds, by the network's names, and the relations in their order.

    Products are found by the names of their nodes, which are the paths of the modules. The embedding of
    segment kinds is folded into a constant and is left out: it is never trained.
    """
    graph = onnx.load(str(folder / "model.int8.onnx")).graph
    arrays: Arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = _read_tables(arrays)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = _name_module(node.name)
            found[f"{name}.weight"] = _restore(arrays, node.input[1].removesuffix("_quantized")).T
    found.update({name: value for name, value in arrays.items() if name.endswith((".bias", ".weight"))})
    with np.load(folder / "relations.npz") as stored:
        found["relation.weight"], found["relation.bias"] = stored["weight"], stored["bias"]
    if (folder / "coreference.npz").exists():
        with np.load(folder / "coreference.npz") as stored:
            found.update({f"chains.tables.{name}": stored[name] / TABLE_SCALE for name in stored})
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    clean = {name.removeprefix("network."): value for name, value in found.items()}
    return {
        name: torch.from_numpy(np.array(value, np.float32, order="C")) for name, value in clean.items()
    }, labels["relation"]


def _read_tables(arrays: Arrays) -> Arrays:
    """Return the embeddings, which keep their names."""
    names = [name for name in arrays if name.endswith(".weight_quantized")]
    kept = [name.removesuffix("_quantized") for name in names]
    return {name: _restore(arrays, name) for name in kept if "of_cue" not in name}


def _restore(arrays: Arrays, name: str) -> NDArray[Any]:
    """Return a quantised array as floats; scales are one a column of a product, or one for all."""
    scale, zero = arrays[f"{name}_scale"], arrays[f"{name}_zero_point"]
    return (arrays[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale


def _name_module(node: str) -> str:
    """Return "encoder.layers.0.qkv" for "/network/encoder/layers.0/qkv/MatMul_quant"; a head's path holds
    its name twice ("/network/upos/upos.0/MatMul_quant").
    """
    parts = [part for part in node.split("/") if part and "MatMul" not in part]
    kept = [
        part
        for index, part in enumerate(parts)
        if not parts[index + 1 : index + 2] or not parts[index + 1].startswith(f"{part}.")
    ]
    return ".".join(kept)
