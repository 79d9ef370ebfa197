"""a gold file of statements + the rows that were read -> found, right speaker, wrong rows, wrong person.

The gold file is JSON lines, one article each:

    {"id": "belim-dam", "text": "..."  or  "file": "../examples/belim-dam.txt",
     "statements": [
        {"content": ["exact words of the content", ...],
         "speaker": ["Maria Velt", "the minister"],
         "act": ["denies"], "via": ["Norpress"], "optional": false}, ...]}

- `text` holds the article, or `file` names it (relative to the gold file).
- `content`: the pieces in order, each as the exact words, which must occur in the article; of several
places the
  first after the piece before it is meant, or, for a first piece, the first after `"after"` (exact words that
  come before it). A pair `[start, end]` of code points may stand for the words.
- `speaker`: all wordings and names that are right, any one of them will do. A speaker left as worded ("the
  minister") is right only when its wording is listed; for joint speakers list the names of all. `[]` = the
  article names nobody.
- `worded`: how the article words the speaker. A row that leaves the speaker so, where only the name is
right, has
  not the right speaker, but does not name a wrong person either.
- `act` (any of these is right), `quotation`, `via` (names of outer speakers and channels, outermost first;
`[]` = none) and
  `optional` (a careful reader may or may not list it: it counts neither way) may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from onrecord.errors import InvalidRecord
from onrecord.evaluation.counts import Counts, Figures, measure_counts
from onrecord.evaluation.pairing import ENOUGH, TIE, match_weights, score_tokens
from onrecord.evaluation.spans import Chars, cut_tokens, find_covered

_CAPITAL = re.compile(r"[A-ZÀ-ÞА-Я]")
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their", "my", "our"})
_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "who", "one"})


class RowSpeaker(NamedTuple):
    """Who a row gives as its speaker: the words of the text, the name it was resolved to (None = left as
    worded), and whether it is a person.
    """

    worded: str
    actor: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement as it was read."""

    content: tuple[Chars, ...]
    speakers: tuple[RowSpeaker, ...] = ()
    act: str = ""
    quotation: str = ""
    via: tuple[str, ...] = ()
    score: float = 1.0
    speaker_score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """One statement as a careful reader lists it."""

    content: tuple[Chars, ...]
    speaker: tuple[str, ...]
    worded: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    quotation: str | None = None
    via: tuple[str, ...] | None = None
    optional: bool = False


class ArticleScore(NamedTuple):
    """Counts of one article, each as hits of how many."""

    found: Counts
    right: Counts
    wrong_rows: Counts
    wrong_person: Counts
    acts: Counts
    quotations: Counts
    chains: Counts


def build_gold(row: Mapping[str, Any], text: str) -> list[GoldStatement]:
    """The gold statements of one line, over the article's text.

    Raises InvalidRecord when words of a content do not occur in the text.
    """
    return [
        GoldStatement(
            content=tuple(_locate_pieces(each, text)),
            speaker=tuple(each["speaker"]),
            worded=tuple(each.get("worded", ())),
            act=tuple(each.get("act", ())),
            quotation=each.get("quotation"),
            via=None if each.get("via") is None else tuple(each["via"]),
            optional=bool(each.get("optional", False)),
        )
        for each in row["statements"]
    ]


def _locate_pieces(statement: Mapping[str, Any], text: str) -> Iterable[Chars]:
    place = _find_words(statement["after"], text, 0)[1] if statement.get("after") else 0
    for piece in statement["content"]:
        chars = _find_words(piece, text, place) if isinstance(piece, str) else (piece[0], piece[1])
        place = chars[1]
        yield chars


def _find_words(words: str, text: str, place: int) -> Chars:
    start = text.find(words, place)
    if start < 0:
        raise InvalidRecord(f"gold words not in the article after character {place}: {words!r}")
    return start, start + len(words)


def read_rows(
    statements: Iterable[Mapping[str, Any]], kinds: Mapping[str, str] | None = None
) -> list[StatementRow]:
    """Rows from exported statements (lines of `statements.jsonl` of one document).

    `kinds` gives the kind of each mention by its id (from `mentions.jsonl`).
    """
    kinds = kinds or {}
    return [
        StatementRow(
            content=tuple((span["start"], span["end"]) for span in each["content"]),
            speakers=tuple(
                RowSpeaker(
                    speaker["exact"], speaker.get("actor"), kinds.get(speaker["mention_id"]) == "person"
                )
                for speaker in each["speakers"]
            ),
            act=each.get("act", ""),
            quotation=each.get("quotation", ""),
            via=tuple(each.get("via", ())),
            score=each.get("score", 1.0),
            speaker_score=each.get("speaker_score", 1.0),
        )
        for each in statements
    ]


def name_right(speakers: Sequence[RowSpeaker], accepted: Sequence[str]) -> bool:
    """Whether a row's speakers are right: none where nobody is named, else each of them among the accepted.

    A speaker that was resolved is judged by the name it was resolved to, not by its wording.
    """
    if not accepted or not speakers:
        return not accepted and not speakers
    return all(any(_same_name(each.actor or each.worded, right) for right in accepted) for each in speakers)


def _same_name(ours: str, right: str) -> bool:
    """Equal words, or one the tail of the other ("Velt", "Maria Velt", "Minister Maria Velt"); what our
    wording adds after a comma ("Maria Velt, who lives there") does not count.
    """
    wanted = _fold_name(right)
    parts = ours.split(",")
    return any(_is_tail(_fold_name(",".join(parts[:count])), wanted) for count in range(1, len(parts) + 1))


def _is_tail(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and longer[-len(shorter) :] == shorter


def _fold_name(name: str) -> list[str]:
    words = re.findall(r"\w+", re.sub(r"['’]s?\b", "", name.casefold()))
    return words[1:] if len(words) > 1 and words[0] in _DETERMINERS else words


def name_wrong_person(speakers: Sequence[RowSpeaker], gold: GoldStatement) -> bool:
    """Whether a row names a person who did not say it: a name, not a description or pronoun left as
    worded."""
    if name_right(speakers, gold.speaker):
        return False
    accepted = (*gold.speaker, *gold.worded)
    return any(
        _names_person(each) and not any(_same_name(each.actor or each.worded, right) for right in accepted)
        for each in speakers
    )


def _names_person(speaker: RowSpeaker) -> bool:
    """Whether a capital stands in the name of a person, pronouns and a first determiner aside."""
    words = (speaker.actor or speaker.worded).split()
    if words and words[0].casefold() in _DETERMINERS:
        words = words[1:]
    return speaker.person and any(_CAPITAL.match(word) and word.casefold() not in _PRONOUNS for word in words)


def pair_rows(rows: Sequence[StatementRow], gold: Sequence[GoldStatement], text: str) -> dict[int, int]:
    """`{row: gold statement}`, one to one, of greatest summed content token F1 (Hungarian), each at least one
    half; equal sums are settled in favour of right speakers and of statements that are not optional.
    """
    tokens = cut_tokens(text)
    ours = [find_covered(row.content, tokens) for row in rows]
    theirs = [find_covered(each.content, tokens) for each in gold]
    weights = np.zeros((len(rows), len(gold)))
    for i, row in enumerate(rows):
        for j, each in enumerate(gold):
            content = score_tokens(ours[i], theirs[j])
            if content >= ENOUGH:
                agreeing = 2 * name_right(row.speakers, each.speaker) + (not each.optional)
                weights[i, j] = content + TIE * agreeing
    return dict(match_weights(weights))


def score_article(rows: Sequence[StatementRow], gold: Sequence[GoldStatement], text: str) -> ArticleScore:
    """The counts of one article."""
    pairs = {(i, j): (rows[i], gold[j]) for i, j in pair_rows(rows, gold, text).items()}
    asked = [each for each in gold if not each.optional]
    found = [(row, each) for row, each in pairs.values() if not each.optional]
    right = sum(name_right(row.speakers, each.speaker) for row, each in found)
    wrong_person = sum(name_wrong_person(row.speakers, each) for row, each in pairs.values())
    acts = [row.act in each.act for row, each in found if each.act]
    forms = [row.quotation == each.quotation for row, each in found if each.quotation]
    chains = [_same_chain(row.via, each.via) for row, each in found if each.via is not None]
    return ArticleScore(
        found=Counts(len(found), len(found), len(asked)),
        right=Counts(right, right, len(asked)),
        wrong_rows=Counts(len(rows) - len(pairs), 0, len(rows)),
        wrong_person=Counts(wrong_person, 0, len(rows)),
        acts=Counts(sum(acts), 0, len(acts)),
        quotations=Counts(sum(forms), 0, len(forms)),
        chains=Counts(sum(chains), 0, len(chains)),
    )


def list_errors(rows: Sequence[StatementRow], gold: Sequence[GoldStatement], text: str) -> list[str]:
    """One line for each thing that is not as the gold has it: missed, wrong row, speaker, act, form,
    chain."""
    pairs = pair_rows(rows, gold, text)

    def quote(content: Sequence[Chars]) -> str:
        return " … ".join(text[start:end] for start, end in content)

    errors = [
        f"missed: {' / '.join(each.speaker)}: {quote(each.content)}"
        for j, each in enumerate(gold)
        if j not in pairs.values() and not each.optional
    ]
    for i, row in enumerate(rows):
        named = " + ".join(
            f"{who.worded} = {who.actor}" if who.actor not in (None, who.worded) else who.worded
            for who in row.speakers
        )
        if i not in pairs:
            errors.append(f"wrong row: {named}: {quote(row.content)}")
            continue
        each = gold[pairs[i]]
        if not name_right(row.speakers, each.speaker):
            what = "wrong person" if name_wrong_person(row.speakers, each) else "wrong speaker"
            errors.append(f"{what}: {named or 'nobody'}, not {each.speaker}: {quote(row.content)}")
        if each.act and row.act not in each.act:
            errors.append(f"act: {row.act}, not {each.act}: {quote(row.content)}")
        if each.quotation and row.quotation != each.quotation:
            errors.append(f"form: {row.quotation}, not {each.quotation}: {quote(row.content)}")
        if each.via is not None and not _same_chain(row.via, each.via):
            errors.append(f"chain: {list(row.via)}, not {list(each.via)}: {quote(row.content)}")
    return errors


def _same_chain(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) and all(map(_same_name, ours, theirs))


def score_statements(
    articles: Sequence[ArticleScore],
    *,
    data: str,
    system: str = "model",
    kinds: Sequence[Iterable[str]] = (),
) -> Figures:
    """Shares over all articles, with bootstrap intervals by article; `kinds` names those of each article, for
    views of the speakers.

    `found` and `right speaker` are of the statements asked for; `wrong rows` and `wrong person` of the rows
    that were read (lower is better); `acts`, `quotations` and `chains` of the statements found for which
    the gold gives one.
    """
    names = ("found", "right speaker", "wrong rows", "wrong person", "acts", "quotations", "chains")
    measures = [
        measure_counts(name, [article[index] for article in articles], score="recall")
        for index, name in enumerate(names)
        if any(article[index].gold for article in articles)
    ]
    for kind in sorted({kind for each in kinds for kind in each}):
        own = [article for article, each in zip(articles, kinds, strict=True) if kind in each]
        right, wrong = [each.right for each in own], [each.wrong_person for each in own]
        measures.append(measure_counts(f"right speaker, {kind}", right, score="recall"))
        measures.append(measure_counts(f"wrong person, {kind}", wrong, score="recall"))
    return Figures(task="statements", data=data, system=system, measures=tuple(measures))
