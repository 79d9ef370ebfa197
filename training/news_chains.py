"""Files of ECB+ and MEANTIME -> cases that teach antecedents of news, where some mentions are known.

Only what takes part in some events is marked there, so a noun or pronoun without a mark says nothing: pairs
of marked mentions of one text teach, all others do not. Trees and tags are those of the shipped model; they
find the candidates and the heads of mentions, and teach nothing themselves.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any

from onrecord.language import load_model
from onrecord.language.model import LanguageModel
from training.cases import UPOS, Case, Projection
from training.corpora import find_head, join_tokens, read_records

_QUOTES = {"``": '"', "''": '"'}
Mentions = dict[str, list[tuple[str, int, int]]]
"""Text -> chain, first token and the one after the last of each marked mention."""


def read_news_chains(path: Path, chains: Path) -> list[Case]:
    """Return a case for all texts of one subtopic (ECB+ texts are a few sentences long) or of one text."""
    mentions = read_mentions(chains)
    model = load_model()
    texts = sorted(read_records(path), key=lambda row: (row.get("subtopic", row["doc"]), row["doc"]))
    groups = groupby(texts, key=lambda row: row.get("subtopic", row["doc"]))
    return [make_case(name, list(rows), mentions, model) for name, rows in groups]


def read_mentions(path: Path) -> Mentions:
    """Return the mentions of things (not of events) by text."""
    mentions: Mentions = defaultdict(list)
    for chain in read_records(path):
        if chain["kind"] == "entity":
            for text, start, end in chain["mentions"]:
                mentions[text].append((chain["chain"], start, end))
    return mentions


def make_case(name: str, rows: list[dict[str, Any]], mentions: Mentions, model: LanguageModel) -> Case:
    """Return the texts as one case, a line each, with the model's trees and the heads of known mentions."""
    whole, spans = "", []
    for row in rows:
        text, found = join_tokens([_QUOTES.get(token, token) for token in row["tokens"]])
        spans.append([(start + len(whole), end + len(whole)) for start, end in found])
        whole += f"{text}\n"
    words = Projection.of_text(whole)
    seen = model.annotate([whole])[0]
    assert len(seen.starts) == len(words.starts)
    case = Case(
        name, words.forms(), words.glued, words.lines, silver_trees=True,
        upos=[UPOS.index(tag) for tag in seen.upos], heads=[int(head) for head in seen.heads],
        relations=list(seen.deprels), clusters=[], texts=[-1] * len(words.starts),
    )  # fmt: skip
    for number, (row, places) in enumerate(zip(rows, spans, strict=True)):
        add_text(case, number, mentions[row["doc"]], [words.find_range(*place) for place in places])
    return case


def add_text(
    case: Case,
    number: int,
    mentions: list[tuple[str, int, int]],
    ranges: list[tuple[int, int] | None],
) -> None:
    """Lay the mentions of one text onto the case; `ranges` are the words of each of its tokens."""
    assert case.heads is not None and case.clusters is not None and case.texts is not None
    first = {token: place[0] for token, place in enumerate(ranges) if place}
    last = {token: place[1] - 1 for token, place in enumerate(ranges) if place}
    chains: dict[str, set[int]] = defaultdict(set)
    for chain, start, end in mentions:
        if start not in first or end - 1 not in last:
            continue
        low, high = first[start], last[end - 1]
        head = find_head(case.heads, {word: word for word in range(low, high + 1)}, low, high + 1)
        if head is not None:
            chains[chain].add(head)
            case.texts[head] = number
    case.clusters += [sorted(heads) for heads in chains.values() if len(heads) > 1]
