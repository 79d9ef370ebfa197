"""features of one text's words -> the network's scores, window by window (ONNX Runtime on the CPU)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord.language.confidence import Rules, read_rules
from onrecord.language.coreference import Tables
from onrecord.language.features import Features, cut_windows, make_arrays
from onrecord.language.weights import check_files

Scores = NDArray[np.float32]

CHUNK_WINDOWS = 32
"""Windows (of about 200 words) whose scores are held at a time: a megabyte each."""


class Labels(NamedTuple):
    """The label lists of a set of weights, each in the order of its scores."""

    upos: tuple[str, ...]
    entity: tuple[str, ...]
    """Classes; the tags are 0 O, 2k + 1 B, 2k + 2 I."""
    relation: tuple[str, ...]


class WindowScores(NamedTuple):
    """Logits of the n words `start` to `end`; axes of n + 1 begin with the root word."""

    start: int
    end: int
    upos: Scores
    """[n, 17]"""
    entity: Scores
    """[n, 19]"""
    sentence: Scores
    """[n]: the word starts a sentence."""
    arcs: Scores
    """[n + 1, n + 1]: dependent, head."""
    dependents: Scores
    """[n + 1, 192]: what a word says of its relation as a dependent; see `Network.score_relations`."""
    governors: Scores
    """[n + 1, 192]: what a word says of a relation as a head."""
    top: Scores
    """[n]: the word is the first word of the cue of an outermost attribution."""
    deep: Scores
    """[n]: the word is the first word of a cue at any depth."""
    query: Scores
    """[n, 128]: what a word looks for in its antecedent."""
    key: Scores
    """[n, 128]: what it shows as an antecedent."""
    mention: Scores
    """[n]: the word is the head of a mention that has others."""
    anchors: NDArray[np.int64]
    """[m]: the words (0-based in the window) that roles were scored for."""
    roles: Scores
    """[m, n, 7]: role tags for each anchor."""


class Network:
    """One set of weights, loaded; make one a worker."""

    def __init__(self, directory: Path, *, threads: int = 1) -> None:
        check_files(directory)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Spinning threads of several workers take each other's cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Windows differ in length: a plan of memory for each length costs more than it saves.
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(directory / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [each.name for each in self._session.get_inputs()]
        self._outputs = [output.name for output in self._session.get_outputs()]
        with (directory / "labels.json").open(encoding="utf-8") as file:
            raw = json.load(file)
        self.labels = Labels(
            tuple(raw["upos"]), tuple(tag[2:] for tag in raw["entity"][1::2]), tuple(raw["relation"])
        )
        self.rules = read_rules(raw.get("rules", {}))
        with np.load(directory / "relations.npz") as arrays:
            self._weight = np.ascontiguousarray(arrays["weight"].T, np.float32)
            self._bias = np.asarray(arrays["bias"], np.float32)
        with np.load(directory / "coreference.npz") as arrays:
            self.tables = Tables(*(np.asarray(arrays[name], np.float32) for name in Tables._fields))

    def score_chunks(self, features: Features, rules: Rules) -> Iterator[list[WindowScores]]:
        """Yield the scores of a text's words, window by window, in order, some CHUNK_WINDOWS at a time.

        Each window is run by itself: the scales of dynamic int8 are taken over all that is run together, so
        a neighbour's words would change the result. Roles are scored for words that may be anchors by the
        rules.
        """
        windows = cut_windows(features)
        thresholds = np.maximum(rules.anchor, [rules.top, rules.deep]).astype(np.float32)
        for first in range(0, len(windows), CHUNK_WINDOWS):
            yield [
                self._run(features, window, thresholds) for window in windows[first : first + CHUNK_WINDOWS]
            ]

    def _run(self, features: Features, window: tuple[int, int], thresholds: Scores) -> WindowScores:
        inputs: dict[str, NDArray[Any]] = {**make_arrays(features, *window), "thresholds": thresholds}
        found = self._session.run(self._outputs, {name: inputs[name] for name in self._inputs})
        output = dict(zip(self._outputs, found, strict=True))
        # There is one row; its word 0 is the root. The first anchor is a dummy: no tensor is ever empty.
        words = {name: array[0, 1:] for name, array in output.items() if name not in ("anchors", "roles")}
        return WindowScores(
            *window,
            words["upos"],
            words["entity"],
            words["sentence"],
            output["arc"][0],
            output["rel_dep"][0],
            output["rel_head"][0],
            words["anchor_top"],
            words["anchor_any"],
            words["coref_query"],
            words["coref_key"],
            words["mention"],
            output["anchors"][1:, 1] - 1,
            output["roles"][1:, 1:],
        )

    def score_relations(self, window: WindowScores, heads: NDArray[np.int32]) -> Scores:
        """Return the relation logits [n, relations] of the window's words to their heads (-1 = root)."""
        joint = window.dependents[1:] + window.governors[heads + 1]
        # The tanh form of gelu: its error stays below 5e-4 (Hendrycks & Gimpel 2016).
        shape = 0.044715 * joint
        for factor in (joint, joint):
            shape *= factor
        shape += joint
        shape *= 0.7978845608
        np.tanh(shape, out=shape)
        shape += 1
        joint *= 0.5
        joint *= shape
        return np.asarray(joint @ self._weight + self._bias, np.float32)
