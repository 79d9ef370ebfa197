"""What the benchmarks add of their own: rule-based quotation over a parse, hidden text, the report of
speed."""

import numpy as np

from benchmarks.gate import GATED
from benchmarks.quotation_rules import ParseRules, find_attributions, find_quotations
from benchmarks.speed import report
from benchmarks.suite import TASKS, take_article
from onrecord.evaluation.spans import join_spans
from onrecord.records import Annotation, Attribution, Document, Span

TEXT = 'The dam is safe, Ana Rell said. "It leaks badly," replied Odo Hask.'
#       0   1   2  3   4 5   6    7   8 9  10 11    12   1314 15     16  17  18


def parse():
    spans, place = [], 0
    words = 'The dam is safe , Ana Rell said . " It leaks badly , " replied Odo Hask .'.split()
    for word in words:
        start = TEXT.index(word, place)
        place = start + len(word)
        spans.append((start, place))
    heads = [1, 3, 3, 7, 7, 7, 5, -1, 7, 11, 11, 15, 11, 11, 11, -1, 15, 16, 15]
    deprels = ["dep"] * len(words)
    deprels[3], deprels[5], deprels[11], deprels[16] = "ccomp", "nsubj", "ccomp", "nsubj"
    lemmas = list(words)
    lemmas[7], lemmas[15] = "say", "reply"
    upos = ["X"] * len(words)
    upos[7] = upos[15] = "VERB"
    return Annotation(
        starts=np.array([a for a, _ in spans], np.int32),
        ends=np.array([b for _, b in spans], np.int32),
        sentences=np.array([0, 9], np.int32),
        upos=tuple(upos),
        lemmas=tuple(lemmas),
        heads=np.array(heads, np.int32),
        deprels=tuple(deprels),
    )


def test_rules_over_a_parse_take_quotations_and_clauses():
    annotation = parse()
    assert find_quotations(TEXT, annotation) == [(9, 15)]
    assert find_attributions(TEXT, annotation) == [
        Attribution(((16, 18),), ((15, 16),), ((9, 15),), -1, 1.0, 1.0),
        Attribution(((5, 7),), ((7, 8),), ((0, 4),), -1, 1.0, 1.0),
    ]


def test_rules_over_a_parse_stand_in_for_a_model():
    class Parser:
        digest = "p"

        def annotate(self, texts, litter=()):
            return [parse() for _ in texts]

    rules = ParseRules(Parser())
    assert rules.digest == "p+parse-rules"
    assert len(rules.annotate([TEXT])[0].attributions) == 2


def test_hidden_spans_are_joined_and_cut_out():
    assert join_spans([(5, 7), (0, 2), (1, 3), (3, 4)]) == [(0, 4), (5, 7)]
    document = Document(
        id="d",
        sha256="s",
        text="menu\nIt rained.\nby Ana",
        text_digest="t",
        litter=(Span(0, 4),),
        credits=(Span(16, 22),),
    )
    assert take_article(document) == "\nIt rained.\n"


def test_every_task_that_is_measured_has_floors():
    gated = {"text", "dates"} | {task.name for task in TASKS if task.name != "pages"} | {"statements"}
    assert gated == set(GATED)


def test_speed_is_reported_with_its_ratios():
    one = {"words": 1000, "seconds": 1.0, "memory": 100.0, "processor": 0.5}
    two = {"words": 1000, "seconds": 0.5, "memory": None, "processor": None}
    inside = {
        "words": 1000,
        "annotate": 0.5,
        "network": 0.48,
        "read": 0.01,
        "rules annotate": 0.05,
        "rules read": 0.05,
        "parse rules": 0.002,
        "memory": 90.0,
    }
    lines = report(one, two, inside)
    assert lines[1].split()[-4:] == ["1,000", "1.00", "2,000", "100"]
    assert lines[2].split()[-2:] == ["2,000", "2.00"]
    assert lines[4].split()[-2:] == ["1,961", "1.00"]
    assert lines[5].split()[-2:] == ["1,992", "1.02"]
    assert lines[6].split()[-2:] == ["10,000", "5.10"]
    assert "network 480.0, outside it 30.0 (aim 20): annotate 20.0, read 10.0" in lines[7]
    assert "rule-based quotation 2.0 us a word; whole line 1.02 times its time" in lines[8]
