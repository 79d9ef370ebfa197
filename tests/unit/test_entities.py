"""Entities from made-up probabilities: one label a name, with a voice for the name tables."""

import numpy as np
import pytest

from onrecord.language.entities import vote_labels
from onrecord.names import Names, load_names

LABELS = ("person", "organisation", "place", "group", "facility", "date", "money", "product", "misc")


@pytest.fixture(scope="module")
def known() -> Names:
    """The name tables."""
    return load_names()


def vote(forms: str, spans: list[tuple[int, int, dict[str, float]]], known: Names) -> list[str]:
    """The labels after the vote."""
    found = [
        (start, end, np.array([chances.get(label, 0.0) for label in LABELS], np.float32))
        for start, end, chances in spans
    ]
    return [entity.label for entity in vote_labels(found, forms.split(), LABELS, known)]


def test_mentions_of_a_name_agree(known: Names) -> None:
    spans = [(0, 1, {"person": 0.9}), (2, 3, {"place": 0.6, "person": 0.3}), (3, 5, {"person": 0.8})]
    assert vote("Zorvik in Zorvik the Zorvik", spans, known) == ["person", "person", "person"]


def test_the_tables_settle_doubts_only(known: Names) -> None:
    assert vote("Norway", [(0, 1, {"person": 0.5, "place": 0.3})], known) == ["place"]
    assert vote("Norway", [(0, 1, {"person": 0.95, "place": 0.05})], known) == ["person"]


def test_dates_do_not_vote(known: Names) -> None:
    spans = [(0, 1, {"date": 0.9}), (1, 2, {"person": 0.9}), (2, 3, {"person": 0.9})]
    assert vote("May May May", spans, known) == ["date", "person", "person"]
