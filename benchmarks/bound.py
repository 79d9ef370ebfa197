"""texts -> words a second that the network's products alone would allow on this machine, by threads.

Multiplications are counted over the shapes that the session's profile tells of real texts. Divided by the
speed of plain large products, measured in the same run, they give a bound that no arrangement of the same
network can pass: in fp32 the faster of numpy's and ONNX Runtime's, in int8 ONNX Runtime's (`MatMulInteger`)
of a size typical of the network.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnxruntime

Feeds = dict[str, Any]
INT8 = frozenset(("DynamicQuantizeMatMul", "MatMulInteger", "MatMulIntegerToFloat"))
FP32 = frozenset(("MatMul", "FusedMatMul", "Gemm"))
SAMPLE_WORDS = 10_000
LARGE = 1024
"""Side of the square fp32 product."""
TYPICAL = (256, 384, 1536)
"""Rows, inputs and outputs of the int8 product: an encoder's layer over one window."""
ROUNDS = 7
"""The best of so many is taken: what disturbs a measurement only makes it slower."""


def find_bound(texts: Sequence[str], threads: int) -> dict[str, float]:
    """Multiplications a word by kind, how many a second this machine does, and the words a second of both."""
    feeds, words = record_feeds(texts)
    counts = {kind: count / words for kind, count in count_products(feeds).items()}
    large, typical = (LARGE, LARGE, LARGE), TYPICAL
    speeds = {
        "fp32": max(time_numpy(), time_product(large, np.float32, threads)),
        "int8": time_product(typical, np.uint8, threads),
    }
    seconds = sum(counts[kind] / speeds[kind] for kind in counts)
    return {
        "int8 a word": counts["int8"],
        "fp32 a word": counts["fp32"],
        "int8 a second": speeds["int8"],
        "fp32 a second": speeds["fp32"],
        "words": 1 / seconds,
        "words in fp32": speeds["fp32"] / sum(counts.values()),
    }


def record_feeds(texts: Sequence[str]) -> tuple[list[Feeds], int]:
    """What the model gives its session for the first of the texts, and how many words these have."""
    from onrecord.language import load_model

    feeds: list[Feeds] = []
    run = onnxruntime.InferenceSession.run

    def run_recorded(session: Any, names: Any, inputs: Feeds, *rest: Any) -> Any:
        feeds.append(inputs)
        return run(session, names, inputs, *rest)

    words = 0
    model = load_model()
    onnxruntime.InferenceSession.run = run_recorded
    try:
        for text in texts:
            if words >= SAMPLE_WORDS:
                break
            model.annotate([text])
            words += len(text.split())
    finally:
        onnxruntime.InferenceSession.run = run
    return feeds, words


def count_products(feeds: Sequence[Feeds]) -> dict[str, float]:
    """Multiplications of the graph's products over these inputs, int8 and fp32."""
    from onrecord.language.weights import FILES, find_weights

    counts = {"int8": 0.0, "fp32": 0.0}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = onnxruntime.SessionOptions()
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(
            str(find_weights() / FILES[0]), options, providers=["CPUExecutionProvider"]
        )
        for inputs in feeds:
            session.run(None, inputs)
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    for event in events:
        arguments = event.get("args", {})
        if "output_type_shape" in arguments:
            kind, count = _count_node(arguments)
            counts[kind] += count
    return counts


def _count_node(arguments: dict[str, Any]) -> tuple[str, float]:
    """The kind of one node's products and their multiplications, 0 of what multiplies no matrices."""
    name = arguments["op_name"]
    shapes = [next(iter(each.values())) for each in arguments["input_type_shape"] if each]
    (result,) = [next(iter(each.values())) for each in arguments["output_type_shape"][:1]] or [[]]
    if name in INT8 or name in FP32:
        # One row of results takes as many multiplications as both sides have in common.
        return "int8" if name in INT8 else "fp32", prod(result) * shapes[0][-1]
    if name == "MultiHeadAttention":
        # Every word meets every other one twice: in the weights and in the mix.
        return "fp32", 2 * prod(shapes[0]) * shapes[1][1]
    return "fp32", 0


def time_numpy() -> float:
    """Multiplications a second of numpy's large fp32 product; OPENBLAS_NUM_THREADS sets its threads."""
    random = np.random.default_rng(0)
    one, two = (random.standard_normal((LARGE, LARGE), np.float32) for _ in range(2))
    return LARGE**3 / _time_best(lambda: one @ two)


def time_product(shape: tuple[int, int, int], kind: type[np.generic], threads: int) -> float:
    """Multiplications a second of ONNX Runtime's product of rows, inputs and outputs of that kind."""
    rows, inputs, outputs = shape
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        write_product(inputs, outputs, kind), options, providers=["CPUExecutionProvider"]
    )
    given = {"given": np.random.default_rng(0).integers(0, 255, (rows, inputs)).astype(kind)}
    return prod(shape) / _time_best(lambda: [session.run(None, given) for _ in range(10)], 10)


def _time_best(work: Callable[[], Any], times: int = 1) -> float:
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent) / times


def write_product(inputs: int, outputs: int, kind: type[np.generic]) -> bytes:
    """An ONNX model of one product, as bytes: the library that writes such files is no part of ours.

    Numbers of fields and types are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
    """
    name, stored, types = ("MatMulInteger", np.int8, (2, 3, 6)) if kind is np.uint8 else (
        "MatMul", np.float32, (1, 1, 1)
    )  # fmt: skip
    weights = np.random.default_rng(1).integers(-127, 127, (inputs, outputs)).astype(stored)
    node = _text(1, "given") + _text(1, "weights") + _text(2, "product") + _text(4, name)
    tensor = _number(1, inputs) + _number(1, outputs) + _number(2, types[1])
    tensor += _text(8, "weights") + _bytes(9, weights.tobytes())
    graph = _bytes(1, node) + _text(2, "product") + _bytes(5, tensor)
    graph += _bytes(11, _matrix("given", types[0])) + _bytes(12, _matrix("product", types[2]))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 17))


def _matrix(name: str, kind: int) -> bytes:
    """A ValueInfo of a matrix of any size."""
    shape = _bytes(1, _text(2, "rows")) + _bytes(1, _text(2, f"{name} columns"))
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode("utf-8"))
