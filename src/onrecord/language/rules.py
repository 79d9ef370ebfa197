"""text -> Annotation by rules alone: the floor that every trained model is scored beside.

Quotation marks, a list of reporting verbs, the nearest name or pronoun, "according to", capitalised runs,
closed classes and suffixes. Nothing here is learnt; what it gets right needs no model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from onrecord.language.layout import read_layout
from onrecord.language.quotes import find_marks
from onrecord.language.words import Words, cut_words
from onrecord.records import Annotation, Attribution, EntitySpan, Span, TokenRange

_CLOSED: Final = {
    "DET": "the a an this that these those every each some any no all both another",
    "ADP": "of in on at by for with from to about after before between against during under over through "
    "into near without within among since until upon across behind beyond despite amid per via than like",
    "PRON": "i you he she it we they me him her us them who whom which what myself himself herself itself "
    "themselves everyone someone nobody anyone something nothing his its their our my your there",
    "AUX": "is are was were be been being am has have had do does did will would can could may might must "
    "shall should 's 're 've 'll 'd 'm ca wo",
    "CCONJ": "and or but nor yet",
    "SCONJ": "because although while if when whether unless as though where",
    "PART": "not n't to",
    "ADV": "also very now then here again still just only even never always often soon already more most ago "
    "however therefore meanwhile yesterday today tomorrow",
    "INTJ": "yes no oh well",
}
_TAGS: Final = {word: tag for tag, words in _CLOSED.items() for word in words.split()}
_SUFFIXES: Final = (
    ("ly", "ADV"), ("ing", "VERB"), ("ed", "VERB"), ("ize", "VERB"), ("ise", "VERB"), ("ous", "ADJ"),
    ("ful", "ADJ"), ("able", "ADJ"), ("ible", "ADJ"), ("ive", "ADJ"), ("ic", "ADJ"), ("al", "ADJ"),
)  # fmt: skip
_REPORTING: Final = frozenset(
    "said says say told tells tell added adds claimed claims claim stated states warned warns "
    "insisted insists announced announces argued argues noted notes denied denies admitted admits "
    "confirmed confirms explained explains reported reports believed believes believe thinks thought "
    "suggested suggests replied replies asked asks wrote writes tweeted declared declares stressed "
    "stresses pledged promised promises vowed vows predicted predicts accused alleged alleges "
    "acknowledged acknowledges".split()
)  # fmt: skip
_SPEAKING_PRONOUNS: Final = frozenset("he she they it we i who".split())
_TITLES: Final = frozenset(
    "mr. mrs. ms. dr. president minister prime king queen prince sen. gov. gen. col. rep. judge".split()
)
_BODIES: Final = frozenset(
    "ministry party university army council committee agency bank court police office department "
    "company union organization organisation association institute group forces news times post corp. "
    "inc. ltd. un eu nato".split()
)
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan. feb. aug. sept. oct. nov. dec.".split()
)
_PEOPLES: Final = ("ans", "ians", "ese", "ists", "ish", "ian", "can", "is")
_STOPS: Final = frozenset((".", "!", "?", "…", "..."))
_LONGEST_REACH = 12
"""Most words between a reporting verb and its speaker."""


class RuleModel:
    """The rule-only floor, with the interface of the trained model."""

    digest: Final = "rules-1"

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """Return one annotation a text, in order; `litter` spans carry no entity and no attribution."""
        spans = litter or [()] * len(texts)
        return [_annotate(text, marked) for text, marked in zip(texts, spans, strict=True)]


def _annotate(text: str, litter: Sequence[Span]) -> Annotation:
    words = cut_words(text)
    layout = read_layout(text, words, litter)
    forms = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    lower = [form.lower().replace("’", "'") for form in forms]
    marks = find_marks(forms, words.glued, layout.opens.tolist())
    starts = _find_sentences(forms, marks, layout.opens.tolist())
    tags = _find_tags(forms, lower, set(starts))
    sentences = list(zip(starts, [*starts[1:], len(forms)], strict=True)) if starts else []
    heads, deprels = _hang_words(sentences, tags)
    open_sentences = [sentence for sentence in sentences if not layout.litter[sentence[0]]]
    names = [run for sentence in open_sentences for run in _find_names(sentence, forms, tags)]
    return Annotation(
        starts=np.array(words.starts, np.int32),
        ends=np.array(words.ends, np.int32),
        sentences=np.array(starts, np.int32),
        upos=tuple(tags),
        lemmas=tuple(lower),
        heads=np.array(heads, np.int32),
        deprels=tuple(deprels),
        entities=tuple(_label_entities(open_sentences, names, forms, lower)),
        attributions=tuple(_find_attributions(open_sentences, words, lower, marks, names)),
    )


def _find_sentences(forms: Sequence[str], marks: Sequence[int], opens: Sequence[bool]) -> list[int]:
    starts = []
    for index, form in enumerate(forms):
        if opens[index]:
            starts.append(index)
        elif marks[index] >= 0 and (form[0].isupper() or form[0].isdigit() or marks[index] > 0):
            before = index - 1 - (marks[index - 1] < 0)
            if before >= 0 and forms[before] in _STOPS:
                starts.append(index)
    return starts


def _find_tags(forms: Sequence[str], lower: Sequence[str], starts: set[int]) -> list[str]:
    return [
        _find_tag(form, low, index in starts)
        for index, (form, low) in enumerate(zip(forms, lower, strict=True))
    ]


def _find_tag(form: str, low: str, first: bool) -> str:
    if not any(character.isalnum() for character in form):
        return "SYM" if form[0] in "$%€£+=<>" else "PUNCT"
    if low[0].isdigit():
        return "NUM"
    if low in _TAGS:
        return _TAGS[low]
    if low in _REPORTING:
        return "VERB"
    if form[0].isupper() and not first:
        return "PROPN"
    for suffix, tag in _SUFFIXES:
        if low.endswith(suffix) and len(low) > len(suffix) + 2:
            return tag
    return "PROPN" if form[0].isupper() else "NOUN"


def _hang_words(sentences: Sequence[TokenRange], tags: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return flat trees: every word of a sentence hangs on its first verb, or on its first word."""
    heads, deprels = [-1] * len(tags), ["root"] * len(tags)
    for first, last in sentences:
        root = next((index for index in range(first, last) if tags[index] == "VERB"), first)
        for index in range(first, last):
            if index != root:
                heads[index] = root
                deprels[index] = "punct" if tags[index] == "PUNCT" else "dep"
    return heads, deprels


def _find_names(sentence: TokenRange, forms: Sequence[str], tags: Sequence[str]) -> Iterator[TokenRange]:
    """Yield runs of capitalised words; a hyphen or "of" may stand inside."""
    index, last = sentence
    while index < last:
        if tags[index] != "PROPN":
            index += 1
            continue
        start = index
        while index < last and (
            tags[index] == "PROPN"
            or (forms[index] in ("-", "of", "al") and index + 1 < last and tags[index + 1] == "PROPN")
        ):
            index += 1
        yield start, index


def _label_entities(
    sentences: Sequence[TokenRange], names: Sequence[TokenRange], forms: Sequence[str], lower: Sequence[str]
) -> Iterator[EntitySpan]:
    inside = {index for start, end in names for index in range(start, end)}
    found = [EntitySpan(start, end, _label_name(start, end, lower), 0.5) for start, end in names]
    for first, last in sentences:
        for index in range(first, last):
            if index in inside or not forms[index][0].isdigit():
                continue
            if index > first and forms[index - 1] in "$€£":
                found.append(EntitySpan(index - 1, index + 1, "money", 0.5))
            elif len(forms[index]) == 4 and forms[index].isdecimal() and forms[index][:2] in ("19", "20"):
                found.append(EntitySpan(index, index + 1, "date", 0.5))
    return iter(sorted(found))


def _label_name(start: int, end: int, lower: Sequence[str]) -> str:
    words, before = lower[start:end], lower[start - 1] if start else ""
    if words[0] in _MONTHS:
        return "date"
    if before in _TITLES or words[0] in _TITLES:
        return "person"
    if any(word in _BODIES for word in words):
        return "organisation"
    if before in ("in", "at", "from", "near"):
        return "place"
    if len(words) == 1:
        return "group" if words[0].endswith(_PEOPLES) else "place"
    return "person" if len(words) < 4 else "misc"


def _find_attributions(
    sentences: Sequence[TokenRange],
    words: Words,
    lower: Sequence[str],
    marks: Sequence[int],
    names: Sequence[TokenRange],
) -> Iterator[Attribution]:
    """Yield at most one attribution a sentence: "according to", or its first reporting verb."""
    name_at = {index: name for name in names for index in range(*name)}
    quoted = _find_quoted(marks, words.line_start)
    for first, last in sentences:
        for index in range(first, last):
            if lower[index : index + 2] == ["according", "to"]:
                made = _read_according(first, last, index, lower)
            elif lower[index] in _REPORTING and not quoted[index]:
                made = _read_verb((first, last), index, lower, name_at, quoted)
            else:
                continue
            if made is not None:
                yield made
                break


def _find_quoted(marks: Sequence[int], opens: Sequence[bool]) -> list[bool]:
    """Return, for each word, whether it stands between quotation marks of one line, the marks counted in."""
    quoted, start = [False] * len(marks), -1
    for index, mark in enumerate(marks):
        if opens[index]:
            start = -1
        if mark > 0:
            start = index
        elif mark < 0 and start >= 0:
            quoted[start : index + 1] = [True] * (index + 1 - start)
            start = -1
    return quoted


def _read_according(first: int, last: int, cue: int, lower: Sequence[str]) -> Attribution | None:
    end = next((index for index in range(cue + 2, last) if lower[index] in (",", ".", ";", ":")), last)
    before, after = (first, cue), (end + 1, _trim_stop(end + 1, last, lower))
    while before[1] > first and lower[before[1] - 1] in (",", ";"):
        before = (first, before[1] - 1)
    content = before if before[1] - before[0] >= 2 else after
    if content[1] - content[0] < 2 or end == cue + 2:
        return None
    return Attribution(((cue + 2, end),), ((cue, cue + 2),), (content,), -1, 0.5, 0.5)


def _read_verb(
    sentence: TokenRange,
    cue: int,
    lower: Sequence[str],
    name_at: dict[int, TokenRange],
    quoted: Sequence[bool],
) -> Attribution | None:
    """Return a reporting verb's attribution: quoted words of the sentence, else what follows the verb."""
    first, last = sentence
    speaker = _find_speaker(sentence, cue, lower, name_at, quoted)
    edges = [
        index
        for index in range(first, last + 1)
        if (index < last and quoted[index]) != (index > first and quoted[index - 1])
    ]
    pieces = [piece for piece in zip(edges[::2], edges[1::2], strict=True) if piece[1] - piece[0] >= 3]
    if not pieces:
        end = _trim_stop(cue + 1, last, lower)
        if end - cue < 3 or (speaker and speaker[0] > cue):
            return None
        pieces = [(cue + 1, end)]
    taken = tuple(
        piece for piece in pieces if speaker is None or piece[1] <= speaker[0] or piece[0] >= speaker[1]
    )
    return (
        Attribution((speaker,) if speaker else (), ((cue, cue + 1),), taken, -1, 0.5, 0.5) if taken else None
    )


def _find_speaker(
    sentence: TokenRange,
    cue: int,
    lower: Sequence[str],
    name_at: dict[int, TokenRange],
    quoted: Sequence[bool],
) -> TokenRange | None:
    """Return the nearest name or pronoun before the verb, else the one right after it."""
    first, last = sentence
    for index in range(cue - 1, max(first, cue - _LONGEST_REACH) - 1, -1):
        if quoted[index]:
            break
        if lower[index] in _SPEAKING_PRONOUNS:
            return index, index + 1
        if index in name_at:
            return name_at[index]
    for index in range(cue + 1, min(last, cue + 4)):
        if index in name_at:
            return name_at[index]
    return None


def _trim_stop(start: int, end: int, lower: Sequence[str]) -> int:
    """Return the end of a clause without its final stop."""
    while end > start and lower[end - 1] in _STOPS:
        end -= 1
    return end
