"""what others reach on the same tasks -> rows of a table, each with where its figure comes from.

Marks: P = printed in a publication or an official listing; M = measured for this project with our scorers
on the full published split; S = seen in a second-hand summary. All are on the published *test* parts, while
the figures that this repository measures are on the *development* parts: beside each other they show the
distance, not a rank.
"""

from __future__ import annotations

from typing import NamedTuple


class Peer(NamedTuple):
    """One figure of another system, or of people."""

    task: str
    data: str
    """Corpus (the folder name of the gold file)."""
    measure: str
    """As our own measure is called."""
    system: str
    value: float
    mark: str
    source: str


HUMAN = "human"
"""Systems whose name starts so are people."""

_ROLES = ("source", "cue", "content")
_COFENET = "Wang et al., COLING 2022, PolNeAR test, paragraphs"
_ARTICLES = "84 whole test articles"


def _spread(
    measure: str, system: str, values: tuple[float, float, float], mark: str, source: str
) -> list[Peer]:
    return [
        Peer("attribution", "polnear", f"{measure} {role}", system, value / 100, mark, source)
        for role, value in zip(_ROLES, values, strict=True)
    ]


def list_peers() -> list[Peer]:
    """All published figures, task by task."""
    return [
        *_list_attribution(),
        *_list_syntax(),
        *_list_entities(),
        *_list_coreference(),
        *_list_stories(),
        *_list_pages(),
    ]


def _list_attribution() -> list[Peer]:
    pair = f"human pair, {_ARTICLES}"
    return [
        *_spread("exact", "CofeNet-BERT", (83.2, 75.3, 72.9), "P", _COFENET),
        *_spread("begin", "CofeNet-BERT", (87.1, 82.3, 79.6), "P", _COFENET),
        *_spread("jaccard", "CofeNet-BERT", (76.4, 69.4, 73.2), "P", _COFENET),
        *_spread("exact", "BiLSTM+Cofe, no pretraining", (73.3, 66.2, 63.6), "P", _COFENET),
        *_spread("exact", "CRF", (50.6, 53.4, 28.6), "P", _COFENET),
        *_spread("exact", HUMAN, (78.0, 70.7, 68.8), "M", pair),
        *_spread("begin", HUMAN, (82.3, 78.4, 75.6), "M", pair),
        *_spread("jaccard", HUMAN, (69.8, 63.5, 69.7), "M", pair),
        Peer("attribution", "polnear", "content tokens", HUMAN, 0.917, "M", pair),
        Peer("attribution", "polnear", "relation", HUMAN, 0.729, "M", pair),
        Peer("attribution", "polnear", "relation", "Citron, retrained", 0.54, "M", _ARTICLES),
        Peer("attribution", "polnear", "relation", "Gender Gap Tracker rules", 0.392, "M", _ARTICLES),
        *_spread("exact", "Citron, retrained", (65.6, 55.8, 46.4), "M", _ARTICLES),
        *_spread("exact", "Gender Gap Tracker rules", (51.2, 46.0, 27.5), "M", _ARTICLES),
        *_spread("exact", "textacy", (27.2, 31.3, 29.2), "M", f"{_ARTICLES}, by paragraph"),
    ]


def _list_syntax() -> list[Peer]:
    test = "UD 2.15-2.17 test, raw text"
    rows = [
        ("ewt", "UDPipe 2", {"sentences": 0.8842, "UPOS": 0.9675, "LAS": 0.8991}),
        ("ewt", "Stanza", {"LAS": 0.8677}),
        ("gum_open", "UDPipe 2", {"sentences": 0.9577, "UPOS": 0.9812, "LAS": 0.9154}),
        ("gum_open", "Stanza", {"LAS": 0.8824}),
    ]
    return [
        Peer("syntax", data, measure, system, value, "P", f"{test}, all genres" if data != "ewt" else test)
        for data, system, values in rows
        for measure, value in values.items()
    ]


def _list_entities() -> list[Peer]:
    source = "Universal NER listing, EWT test, gold tokens, not checked by us"
    return [Peer("entities", "uner_ewt", "F1, 3 classes", "XLM-R large", 0.860, "P", source)]


def _list_coreference() -> list[Peer]:
    source = "Zhu et al., ACL 2021, OntoGUM test as published then, all genres"
    return [
        Peer("coreference", "ontogum", "CoNLL F1", "SpanBERT, trained on OntoNotes", 0.646, "P", source),
        Peer("coreference", "ontogum", "CoNLL F1", "dcoref", 0.397, "P", source),
    ]


def _list_stories() -> list[Peer]:
    source = "ECB+ test, entities, gold mentions"
    rows = [("in topic", 0.668), ("in subtopic", 0.674), ("whole corpus", 0.610)]
    return [
        Peer("stories", "ecbplus", f"CoNLL F1 {setting}", "head lemma", value, "M", source)
        for setting, value in rows
    ]


def _list_pages() -> list[Peer]:
    lines = "all 977 pages, thresholds seen on the same pages"
    other = "other pages (article-extraction-benchmark)"
    rows = [
        ("lines", "lines", "best segment + repeats", {"line F1": 0.791, "word F1": 0.891}, "M", lines),
        ("lines", "lines", "best segment", {"line F1": 0.779, "word F1": 0.884}, "M", lines),
        ("lines", "lines", "punctuation rule", {"line F1": 0.706, "word F1": 0.850}, "M", lines),
        ("lines", "lines", "keep all", {"line F1": 0.214, "word F1": 0.686}, "M", lines),
        ("text", "html", "best of the benchmark", {"shingle F1": 0.970}, "P", other),
        ("text", "html", "trafilatura", {"shingle F1": 0.960}, "M", other),
        ("text", "html", "readability-lxml", {"shingle F1": 0.952}, "M", other),
        ("text", "html", "resiliparse", {"shingle F1": 0.926}, "M", other),
        ("dates", "html", "htmldate", {"dates right": 250 / 258}, "M", "258 other pages of 41 countries"),
    ]
    return [
        Peer(task, data, measure, system, value, mark, source)
        for task, data, system, values, mark, source in rows
        for measure, value in values.items()
    ]


def find_peers(task: str, data: str, measure: str) -> list[Peer]:
    """The published figures for one measure on one gold file (named `corpus/part`), best first."""
    corpus = data.split("/", maxsplit=1)[0]
    found = [peer for peer in list_peers() if (peer.task, peer.data, peer.measure) == (task, corpus, measure)]
    return sorted(found, key=lambda peer: (-peer.value, peer.system))
