"""who is cited -> an attribution of its own, within the one that cites."""

import pytest

from onrecord.language.citations import find_citations
from onrecord.language.confidence import Evidence
from onrecord.language.coreference import Phrases
from onrecord.language.nesting import Draft

EVIDENCE = Evidence(1, 1, 1, 1, 1, 1, 0, 1)


def make_draft(cue: tuple[int, int], speaker: tuple[int, int], content: list[tuple[int, int]]) -> Draft:
    return Draft(cue[0], 0.9, 0.9, cue, speaker, content, EVIDENCE)


def find(words: str, heads: list[int], deprels: str, drafts: list[Draft]) -> list[Draft]:
    forms = words.split()
    phrases = Phrases(heads, deprels.split(), forms)
    return find_citations(drafts, forms, [0] * len(forms), heads, phrases)


def test_who_is_cited_said_what_is_reported() -> None:
    report = make_draft((6, 7), (0, 1), [(7, 10)])
    (found,) = find(
        "Norpress , citing two ministers , said the bridge closes .",
        [6, 2, 6, 4, 2, 2, -1, 8, 9, 6, 6],
        "nsubj punct advcl nummod obj punct root det nsubj ccomp punct",
        [report],
    )
    assert (found.speaker, found.cue, found.content) == ((3, 5), (2, 3), [(7, 10)])
    assert found.outer is report


@pytest.mark.parametrize("piece", [[(2, 8)], [(0, 1), (2, 8)]])
def test_a_citation_inside_the_content_is_somebody_elses(piece: list[tuple[int, int]]) -> None:
    report = make_draft((1, 2), (0, 1), piece)
    found = find(
        "Brandt said he left citing two ministers .",
        [1, -1, 3, 1, 3, 6, 4, 1],
        "nsubj root nsubj ccomp advcl nummod obj punct",
        [report],
    )
    assert found == []


def test_whom_somebody_quotes_as_saying_it() -> None:
    quoted = make_draft((1, 2), (0, 1), [(2, 8)])
    (found,) = find(
        "Norpress quoted Ilse Brandt as saying she left .",
        [1, -1, 1, 2, 5, 1, 7, 5, 1],
        "nsubj root obj flat mark advcl nsubj ccomp punct",
        [quoted],
    )
    assert (found.speaker, found.cue, found.content) == ((2, 4), (4, 6), [(6, 8)])


def test_a_passive_quotation_finds_its_speaker_in_the_piece_before() -> None:
    quoted = make_draft((2, 4), (5, 6), [(0, 2), (6, 10)])
    (found,) = find(
        "The bishop was quoted by Norpress as saying bells rang .",
        [1, 3, 3, -1, 5, 3, 7, 3, 9, 7, 3],
        "det nsubj:pass aux:pass root case obl mark advcl nsubj ccomp punct",
        [quoted],
    )
    assert (found.speaker, found.cue, found.content) == ((0, 2), (6, 8), [(8, 10)])
