"""Files of the corpora folder -> cases."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from onrecord.language.candidates import CANDIDATES
from training.cases import ANY_TAG, ENTITY, IGNORED, KIND, UPOS, Case, Marks, Projection, mark_known

WORLDWIDE = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "NORP": "group",
    "Facility": "facility",
    "Date": "date",
    "Money": "money",
    "Product": "product",
    "Misc": "misc",
}
UNER = {"PER": ["person"], "ORG": ["organisation", "place"], "LOC": ["place", "facility"]}
"""A state that acts is often ORG there and a place in Worldwide, whose view we take."""
UNER_OUTSIDE = ["group", "date", "money", "product", "misc"]
WIKIGOLD = {
    "PER": ["person"],
    "ORG": ["organisation"],
    "LOC": ["place", "facility"],
    "MISC": ["misc", "group", "product"],
}
WIKIGOLD_OUTSIDE = ["date", "money"]

_NO_BLANK_BEFORE = frozenset(
    ". , ; : ? ! ) ] } % 's 're 've 'll 'd 'm n't ’s ’re ’ve ’ll ’d ’m n’t '".split()
)
_NO_BLANK_AFTER = frozenset("( [ { $ £ €".split())


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Return the records of a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_treebank(path: Path) -> list[Case]:
    """Return the documents of a CoNLL-U file, with words, spacing, line starts, sentences and trees."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    cases: list[Case] = []
    new_line, glue_next = True, False
    for block in blocks:
        rows, joined = [], {}
        for line in block.split("\n"):
            if line.startswith("# newdoc"):
                cases.append(Case(line.split("=")[-1].strip(), sentence=[], upos=[], heads=[], relations=[]))
                new_line = True
            elif line.startswith("# newpar"):
                new_line = True
            elif line and line[0] != "#":
                cells = line.split("\t")
                if "-" in cells[0]:
                    first, last = map(int, cells[0].split("-"))
                    joined[first] = (last, "SpaceAfter=No" in cells[9])
                elif "." not in cells[0]:
                    rows.append(cells)
        if rows:
            glue_next = _add_tree(cases[-1], rows, joined, (new_line, glue_next))
            new_line = False
    return cases


def _add_tree(
    case: Case, rows: list[list[str]], joined: dict[int, tuple[int, bool]], state: tuple[bool, bool]
) -> bool:
    """Append one sentence; return whether a word right after it would be glued to it."""
    new_line, glue = state
    assert case.sentence is not None and case.upos is not None
    assert case.heads is not None and case.relations is not None
    base, inside, word_glue = len(case.forms), 0, False
    for cells in rows:
        number = int(cells[0])
        glued = (glue and not new_line) if number == 1 else glue or number <= inside
        case.add_words([cells[1]], [int(glued)], [int(new_line and number == 1)])
        if number in joined:
            inside, word_glue = joined[number]
        glue = word_glue if number == inside else "SpaceAfter=No" in cells[9]
        case.sentence.append(int(number == 1))
        case.upos.append(UPOS.index(cells[3]) if cells[3] in UPOS else -100)
        head = int(cells[6])
        case.heads.append(-1 if head == 0 else base + head - 1)
        case.relations.append(cells[7])
    return glue


def allow_tags(classes: list[str], side: str) -> int:
    """Return the set of entity tags (bits) that a coarse tag allows."""
    bits = 0
    for name in classes:
        bits |= 1 << ENTITY.index(side + name)
    return bits


def _allow_outside(classes: list[str]) -> int:
    return 1 | allow_tags(classes, "B-") | allow_tags(classes, "I-")


def add_uner(cases: list[Case], path: Path) -> int:
    """Lay the coarse names of Universal NER onto treebank sentences with the same words; return how many."""
    names: dict[tuple[str, ...], list[Any]] = {}
    for record in read_records(path):
        names[tuple(record["tokens"])] = record["ents"]
    found, outside = 0, _allow_outside(UNER_OUTSIDE)
    for case in cases:
        assert case.sentence is not None
        case.entity = [ANY_TAG] * len(case.forms)
        bounds = [i for i, first in enumerate(case.sentence) if first] + [len(case.forms)]
        for start, end in pairwise(bounds):
            entities = names.get(tuple(case.forms[start:end]))
            if entities is None:
                continue
            found += 1
            case.entity[start:end] = [outside] * (end - start)
            for first, last, label in entities:
                _allow_span(case.entity, (start + first, start + last), UNER.get(label))
    return found


def _allow_span(entity: list[int], span: tuple[int, int], classes: list[str] | None) -> None:
    for index in range(*span):
        side = "B-" if index == span[0] else "I-"
        entity[index] = allow_tags(classes, side) if classes else ANY_TAG


def read_names(path: Path, classes: dict[str, list[str]], outside: list[str]) -> list[Case]:
    """Return cases of sentences with names, cut by our own word rules; records of one `doc` are one case."""
    cases: dict[str, Case] = {}
    for number, record in enumerate(read_records(path)):
        name = record.get("doc") or f"{path.parent.name}-{number}"
        case = cases.setdefault(name, Case(name, entity=[]))
        text, spans = _align_tokens(record["tokens"], record.get("text"))
        words = Projection.of_text(text)
        base = case.add_words(words.forms(), words.glued, words.lines)
        assert case.entity is not None
        case.entity.extend([_allow_outside(outside)] * len(words.starts))
        for first, last, label in record["ents"]:
            if last <= first:
                continue
            span = words.find_range(spans[first][0], spans[last - 1][1])
            if span:
                _allow_span(case.entity, (base + span[0], base + span[1]), classes.get(label))
    return [case for case in cases.values() if case.forms]


def _align_tokens(tokens: list[str], text: str | None) -> tuple[str, list[tuple[int, int]]]:
    """Return a text and where each token stands in it; without a fitting text, one is put together."""
    if text is not None:
        spans, position = [], 0
        for token in tokens:
            start = text.find(token, position)
            if start < 0 or text[position:start].strip():
                break
            position = start + len(token)
            spans.append((start, position))
        else:
            return text, spans
    return join_tokens(tokens)


def join_tokens(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the tokens joined as they were probably written, with their spans; blanks by a few rules."""
    text, spans, open_quote = "", [], False
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else ""
        glued = token in _NO_BLANK_BEFORE or before in _NO_BLANK_AFTER or (before == '"' and open_quote)
        if token == '"':
            glued = open_quote
            open_quote = not open_quote
        if token == "-" or before == "-":
            glued = True
        text += "" if glued or not index else " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def read_polnear(path: Path, silver: Path | None = None) -> list[Case]:
    """Return articles with their attributions and, from the silver parses, sentence starts."""
    starts = {}
    if silver is not None:
        for record in read_records(silver):
            starts[record["id"]] = [record["tokens"][index][0] for index in record["sents"]]
    cases = []
    for record in read_records(path):
        words = Projection.of_text(record["text"])
        case = Case(record["id"], words.forms(), words.glued, words.lines, marks=[])
        case.marks = _read_marks(record["attributions"], words)
        case.any_known = mark_known(case)
        if record["id"] in starts:
            case.sentence, case.silver_sentences = list(words.lines), True
            for offset in starts[record["id"]]:
                span = words.find_range(offset, offset + 1)
                if span:
                    case.sentence[span[0]] = 1
        cases.append(case)
    return cases


def _read_marks(attributions: list[dict[str, Any]], words: Projection) -> list[Marks]:
    """Return the attributions that have a cue; two with one first cue word become one."""
    marks: dict[int, Marks] = {}
    for attribution in attributions:
        ranges = []
        for role in ("cue", "source", "content"):
            found = (words.find_range(start, end) for start, end in attribution[role])
            ranges.append(sorted({span for span in found if span}))
        if not ranges[0]:
            continue
        mark = Marks(ranges[0], ranges[1], ranges[2])
        other = marks.get(mark.anchor)
        if other is None:
            marks[mark.anchor] = mark
        else:
            other.speaker = sorted({*other.speaker, *mark.speaker})
            other.content = sorted({*other.content, *mark.content})
    return [marks[anchor] for anchor in sorted(marks)]


def match_words(tokens: list[str], forms: list[str]) -> dict[int, int]:
    """Return which word of a case each token of the same document is, where the case has it at all."""
    blocks = SequenceMatcher(None, tokens, forms, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def add_clusters(cases: list[Case], path: Path) -> int:
    """Lay the coreference of OntoGUM onto the treebank cases of the same documents; return the mentions laid.

    A mention is its head word: the one that hangs on a word outside. Mentions with a gap are left out.
    """
    by_name, laid = {case.name: case for case in cases}, 0
    for record in read_records(path):
        case = by_name.get(record["doc"])
        if case is None or case.heads is None:
            continue
        places = match_words(record["tokens"], case.forms)
        case.clusters = []
        for cluster in record["clusters"]:
            heads = [find_head(case.heads, places, start, end) for start, end in cluster]
            found = sorted({head for head in heads if head is not None})
            laid += len(found)
            if len(found) > 1:
                case.clusters.append(found)
    return laid


def add_kinds(cases: list[Case], path: Path) -> int:
    """Lay the kinds of GUM's mentions onto the treebank cases of the same documents; return how many."""
    by_name, laid = {case.name: case for case in cases}, 0
    for record in read_records(path):
        case = by_name.get(record["doc"])
        if case is None or case.heads is None or case.upos is None:
            continue
        places = match_words(record["tokens"], case.forms)
        case.kinds = [0 if tag >= 0 and UPOS[tag] in CANDIDATES else IGNORED for tag in case.upos]
        for mention in record["mentions"]:
            head = find_head(case.heads, places, mention["s"], mention["e"])
            if head is not None and mention["etype"] in KIND:
                case.kinds[head] = KIND.index(mention["etype"])
                laid += 1
    return laid


def find_head(heads: list[int], places: dict[int, int], start: int, end: int) -> int | None:
    """Return the first word of a mention that hangs on a word outside, or None when a word is missing."""
    words = [places.get(token) for token in range(start, end)]
    low, high = words[0], words[-1]
    if low is None or high is None or high - low != end - 1 - start:
        return None
    return next((word for word in range(low, high + 1) if not low <= heads[word] <= high), None)


_TAIL = frozenset(".,;:!?")
LONGEST_GUM = 120
"""Words of a content: longer ones are whole sections that a heading or a caption "says"."""


def add_attributions(cases: list[Case], path: Path) -> int:
    """Lay GUM's attributions onto the treebank cases of the same documents; return how many were laid.

    GUM marks what opens a clause of its own, at every depth, and not what PolNeAR counts beside; so what is
    not marked is unknown, and so is which ones are outermost. A closing stop is cut off, as PolNeAR does.
    """
    by_name, laid = {case.name: case for case in cases}, 0
    for record in read_records(path):
        case = by_name.get(record["id"])
        if case is None or not record["attributions"]:
            continue
        starts = [start for start, _ in record["tokens"]]
        forms = [record["text"][start:end] for start, end in record["tokens"]]
        places = match_words(forms, case.forms)
        marks: dict[int, Marks] = {}
        for attribution in record["attributions"]:
            mark = _read_gum(attribution, starts, places, case.forms)
            if mark is not None:
                marks.setdefault(mark.anchor, mark)
        case.marks = [marks[anchor] for anchor in sorted(marks)]
        case.any_known = [0] * len(case.forms)
        for anchor in marks:
            case.any_known[anchor] = 1
        case.outermost_known = False
        laid += len(marks)
    return laid


def _read_gum(
    attribution: dict[str, Any], starts: list[int], places: dict[int, int], forms: list[str]
) -> Marks | None:
    """Return one attribution in words of the case; None where a part is missing or was not checked."""
    if attribution["cue_from"] == "fallback" or not attribution["cue"]:
        return None
    roles = []
    for role in ("cue", "source", "content"):
        spans = []
        for start, end in attribution[role]:
            low, high = places.get(bisect_left(starts, start)), places.get(bisect_left(starts, end) - 1)
            if low is None or high is None or high < low:
                return None
            spans.append((low, high + 1))
        roles.append(sorted(set(spans)))
    content = [(low, high - (forms[high - 1] in _TAIL)) for low, high in roles[2]]
    content = [(low, high) for low, high in content if low < high]
    if not content or sum(high - low for low, high in content) > LONGEST_GUM:
        return None
    return Marks(roles[0], roles[1], content, top=False)
