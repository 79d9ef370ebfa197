"""Trained weights -> one ONNX graph (fp32, then int8), label lists and what is applied outside it."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from onrecord.language.features import COLUMNS
from training.cases import ENTITY, ROLE, UPOS
from training.graph import make_whole, quantize_early
from training.network import Network, read_tables

Array = NDArray[Any]

INPUTS = ("ids", *COLUMNS, "first")
"""One row a run, so nothing is padded and no mask is needed."""
OUTPUTS = (
    "upos",
    "entity",
    "sentence",
    "arc",
    "rel_dep",
    "rel_head",
    "anchor_top",
    "anchor_any",
    "coref_query",
    "coref_key",
    "mention",
    "anchors",
    "roles",
)
OPSET = 17
SMALL_TABLE = 100_000
"""Embedding tables of fewer numbers than this stay fp32: quantised they save little and cost a step."""


class Graph(nn.Module):
    """The network as it ships: it picks its own anchors, so one session run gives everything."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        *arrays, thresholds = inputs
        batch = dict(zip(INPUTS, arrays, strict=True))
        batch["mask"] = torch.ones_like(batch["ids"])
        found = score_all(self.network, batch, thresholds)
        return tuple(found[name] for name in OUTPUTS)


def score_all(network: Network, batch: dict[str, Tensor], thresholds: Tensor) -> dict[str, Tensor]:
    """Return every output by name, and the roles of the anchors that are found.

    `thresholds` are probabilities of an outermost anchor and of one at any depth: one has to be passed.
    """
    scores = network(batch)
    top = torch.sigmoid(scores.anchor_top) > thresholds[0]
    any_depth = torch.sigmoid(scores.anchor_any) > thresholds[1]
    found = torch.nonzero((top | any_depth) & scores.present)
    # A dummy on the first root word: run-times disagree on products of empty arrays.
    anchors = torch.cat([torch.zeros_like(batch["ids"][:1, :2]), found])
    roles = network.roles(scores.words, scores.present, anchors)
    return {**scores._asdict(), "anchors": anchors, "roles": roles}


def load_network(path: Path) -> tuple[Network, list[str]]:
    """Return the network of a weights file, ready to run, and its relations."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = Network(len(state["relations"]))
    network.load_state_dict(state["weights"])
    return network.eval(), state["relations"]


def make_inputs(batch: dict[str, Tensor], threshold: float = 0.3) -> tuple[Tensor, ...]:
    """Return one row as the graph's inputs."""
    return (*[batch[name] for name in INPUTS], torch.full((2,), threshold))


def export_graph(network: Network, batch: dict[str, Tensor], path: Path) -> None:
    """Write the fp32 graph; `batch` is any real batch, to trace with its first row."""
    axes: dict[str, dict[int, str]] = {name: {1: "subwords"} for name in INPUTS}
    axes.update({name: {1: "words"} for name in ("first", *OUTPUTS)})
    axes["arc"] = {1: "words", 2: "words"}
    axes["anchors"] = {0: "anchors"}
    axes["roles"] = {0: "anchors", 1: "words"}
    row = {name: torch.from_numpy(array) for name, array in cut_row(batch, 0).items()}
    with torch.no_grad():
        torch.onnx.export(
            Graph(make_whole(network)).eval(),
            make_inputs(row),
            str(path),
            input_names=[*INPUTS, "thresholds"],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(source: Path, target: Path) -> None:
    """Write the int8 graph: dynamic, per channel, large tables of embeddings too (four times smaller)."""
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    graph = onnx.load(str(prepared)).graph
    sizes = {array.name: math.prod(array.dims) for array in graph.initializer}
    gathers = [node for node in graph.node if node.op_type == "Gather"]
    quantize_dynamic(
        str(prepared),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=[node.name for node in gathers if sizes.get(node.input[0], 0) < SMALL_TABLE],
    )
    prepared.unlink()
    model = onnx.load(str(target))
    quantize_early(model)
    onnx.save(model, str(target))


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """Return a session as the package opens it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def cut_row(batch: dict[str, Tensor], row: int) -> dict[str, Array]:
    """Return one row of a padded batch as the graph's inputs, without its padding."""
    words = int((batch["first"][row] > 0).sum()) + 1
    subwords = int(batch["mask"][row].sum())
    return {
        name: batch[name][row : row + 1, : words if name == "first" else subwords].numpy() for name in INPUTS
    }


def run_session(session: Any, batch: dict[str, Tensor], threshold: float = 0.3) -> dict[str, Array]:
    """Return the outputs of a session by name, row by row, as one batch padded with zeros."""
    size = batch["first"].shape[1]
    rows = []
    for row in range(len(batch["first"])):
        feeds = {**cut_row(batch, row), "thresholds": np.full(2, threshold, np.float32)}
        outputs = dict(zip(OUTPUTS, session.run(list(OUTPUTS), feeds), strict=True))
        # Each row has its dummy anchor; that of the first stays.
        kept = slice(0 if row == 0 else 1, None)
        outputs["anchors"] = outputs["anchors"][kept] + [row, 0]
        outputs["roles"] = outputs["roles"][kept]
        rows.append({name: pad_words(name, array, size) for name, array in outputs.items()})
    return {name: np.concatenate([outputs[name] for outputs in rows]) for name in OUTPUTS}


def pad_words(name: str, array: Array, size: int) -> Array:
    """Return an output with zeros behind its words."""
    axes = {"anchors": (), "arc": (1, 2)}.get(name, (1,))
    widths = [(0, size - length if axis in axes else 0) for axis, length in enumerate(array.shape)]
    return np.pad(array, widths)


def compare(network: Network, session: Any, batches: list[dict[str, Tensor]]) -> dict[str, float]:
    """Return, in percent, how often the session's best choice is torch's, by output."""
    same: dict[str, list[int]] = {}
    for batch in batches:
        with torch.no_grad():
            wanted = score_all(network, batch, torch.full((2,), 0.3))
        found = run_session(session, batch)
        present = batch["first"].numpy() > 0
        for name in ("upos", "entity", "sentence", "anchor_top", "anchor_any", "arc"):
            old, new = wanted[name].numpy(), found[name]
            if name == "arc":
                blocked = np.where(present, 0, -1e9)[:, None, :]
                old, new = old + blocked, new + blocked
            equal = old.argmax(-1) == new.argmax(-1) if old.ndim == 3 else (old > 0) == (new > 0)
            total = same.setdefault(name, [0, 0])
            total[0] += int(equal[present].sum())
            total[1] += int(present.sum())
        count_roles(same, wanted, found, present)
    return {name: round(100 * right / max(1, all_), 3) for name, (right, all_) in same.items()}


def count_roles(
    same: dict[str, list[int]], wanted: dict[str, Any], found: dict[str, Any], present: Any
) -> None:
    """Add the anchors both find and, for those, the tags they agree on."""
    old = {tuple(pair): row for row, pair in enumerate(wanted["anchors"].numpy().tolist())}
    new = {tuple(pair): row for row, pair in enumerate(found["anchors"].tolist())}
    total = same.setdefault("anchors", [0, 0])
    total[0] += len(old.keys() & new.keys())
    total[1] += len(old.keys() | new.keys())
    total = same.setdefault("roles", [0, 0])
    for pair in old.keys() & new.keys():
        row = present[pair[0]]
        equal = wanted["roles"][old[pair]].numpy().argmax(-1) == found["roles"][new[pair]].argmax(-1)
        total[0] += int(equal[row].sum())
        total[1] += int(row.sum())


def write_labels(network: Network, relations: list[str], folder: Path, version: str) -> None:
    """Write the label lists and what is applied outside the graph: relations, pairs of mentions."""
    labels = {
        "version": version,
        "upos": UPOS,
        "entity": ENTITY,
        "role": ROLE,
        "relation": relations,
        "shapes": network.shape.num_embeddings,
    }
    text = json.dumps(labels, ensure_ascii=False, indent=1) + "\n"
    (folder / "labels.json").write_text(text, encoding="utf-8")
    weight = network.relation.weight.detach().numpy().astype(np.float32)
    bias = network.relation.bias.detach().numpy().astype(np.float32)
    np.savez(folder / "relations.npz", weight=weight, bias=bias)
    np.savez(folder / "coreference.npz", **read_tables(network)._asdict())


def export(
    weights: Path, folder: Path, work: Path, batch: dict[str, Tensor], encoder: Path
) -> dict[str, Path]:
    """Write everything that ships into `folder` (and the fp32 graph into `work`); return the graphs."""
    network, relations = load_network(weights)
    folder.mkdir(parents=True, exist_ok=True)
    graphs = {"fp32": work / "model.fp32.onnx", "int8": work / "model.int8.onnx"}
    export_graph(network, batch, graphs["fp32"])
    quantize(graphs["fp32"], graphs["int8"])
    write_labels(network, relations, folder, weights.stem)
    shutil.copyfile(encoder / "tokenizer.json", folder / "tokenizer.json")
    # Moved in one step: whoever loads the folder meanwhile finds the old graph or the new one whole.
    shutil.copyfile(graphs["int8"], folder / "model.int8.onnx.partial")
    (folder / "model.int8.onnx.partial").replace(folder / "model.int8.onnx")
    return graphs
