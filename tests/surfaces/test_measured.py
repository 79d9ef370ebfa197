"""Screens say how accurate the rows are, in words, from the figures that ship; or that nothing was measured."""

from __future__ import annotations

import pytest

from onrecord.evaluation.counts import Figures, Measure
from onrecord.surfaces import measured

ATTRIBUTION = Figures(
    task="attribution", data="polnear/dev", system="model",
    measures=(
        Measure(name="exact cue", value=0.7, gold=9),
        Measure(name="relation precision", value=0.7, low=0.65, high=0.75, gold=9),
        Measure(name="relation recall", value=0.6249, low=0.6, high=0.65, gold=9),
    ),
)  # fmt: skip
OWN = Figures(
    task="statements",
    data="own/examples",
    system="model",
    measures=(Measure(name="found", value=0.9, gold=9),),
)
FLOOR = Figures(
    task="statements",
    data="own/examples",
    system="rules",
    measures=(Measure(name="found", value=0.1, gold=9),),
)


def test_nothing_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "read_figures", lambda: ("", []))
    assert measured.describe_measured() == []
    assert measured.describe_recall() == "recall not measured"


def test_lines_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "read_figures", lambda: ("d", [FLOOR, ATTRIBUTION, OWN]))
    assert measured.describe_measured() == [
        "statements: 90 % found of those a careful reader lists. Measured on own/examples.",
        "attribution: 62 % (60 to 65) recall; 70 % (65 to 75) precision. Measured on polnear/dev.",
    ]
    assert measured.describe_recall() == "measured recall 90 % on own/examples"
