"""two wordings, in any order -> the clues for and against their being of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.wordings.words import Wording, cut_letters, load_nouns

Clues = dict[str, float]

_LETTERS = {"name": "N", "noun": "n", "time": "t", "number": "c", "other": "o", "who": "w"}
_CLASSES_OF_LABEL = {
    "person": frozenset({"man", "woman", "person"}),
    "organisation": frozenset({"people", "building"}),
    "place": frozenset({"place", "building"}),
    "facility": frozenset({"place", "building"}),
    "product": frozenset({"device", "program", "vehicle", "vessel", "aircraft", "weapon"}),
}
"""Classes of nouns that may stand for a name with the label."""
_WIDER = {"man": frozenset({"person"}), "woman": frozenset({"person"})}


def name_pair(one: Wording, other: Wording) -> str:
    """Two letters for what kinds of wordings stand side by side: "Nn" for a name and a noun."""
    return "".join(sorted((_letter(one), _letter(other))))


def _letter(wording: Wording) -> str:
    return _LETTERS.get(wording.form, "P")


def compare_wordings(one: Wording, other: Wording) -> Clues:
    """What is seen of two wordings alone, without where they stand."""
    pair = name_pair(one, other)
    clues: Clues = {f"pair {pair}": 1.0}
    clues.update(_compare_grammar(one, other, pair))
    if "P" in pair or "w" in pair:
        return clues
    if pair == "NN":
        clues.update(_compare_names(one, other))
    if pair == "tt":
        clues.update(_compare_times(one, other))
    else:
        clues.update(_compare_heads(one, other, pair))
    if pair in ("nn", "NN", "Nn"):
        same = "h" if one.head == other.head else "d"
        clues.update(_compare_modifiers(one, other, f"{same} {pair}"))
        clues.update(_compare_classes(one, other, f"{same} {pair}"))
    return clues


def _compare_grammar(one: Wording, other: Wording, pair: str) -> Iterator[tuple[str, float]]:
    if one.many is not None and other.many is not None:
        yield f"number {'same' if one.many == other.many else 'other'} {pair}", 1.0
    if one.gender and other.gender:
        yield f"gender {'same' if one.gender == other.gender else 'other'} {pair}", 1.0
    if one.label and other.label:
        yield f"label {'same' if one.label == other.label else 'other'} {pair}", 1.0
    group = "P" if "P" in pair else pair
    if one.ties & other.ties:
        yield f"tie same {group}", 1.0
    elif {word for word, _ in one.ties} & {word for word, _ in other.ties}:
        yield f"tie word {group}", 1.0


def relate_names(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two names are related: "same", "last", "first" or "part" where one holds the other, "acronym",
    "surname" (same last word), "shared" (some word), "near" (letters), "apart"."""
    if one == other:
        return "same"
    ours, theirs = set(one), set(other)
    if ours <= theirs or theirs <= ours:
        return "last" if one[-1] == other[-1] else "first" if one[0] == other[0] else "part"
    for short, full in ((one, other), (other, one)):
        if len(short) == 1 and len(full) > 1 and short[0] == "".join(word[0] for word in full):
            return "acronym"
    if one[-1] == other[-1]:
        return "surname"
    if ours & theirs:
        return "shared"
    return "near" if _overlap(cut_letters(" ".join(one)), cut_letters(" ".join(other))) > 0.5 else "apart"


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _compare_names(one: Wording, other: Wording) -> Iterator[tuple[str, float]]:
    how = relate_names(_drop_numbers(one.name), _drop_numbers(other.name))
    labels = {one.label, other.label} - {""}
    yield f"name {how}", 1.0
    yield f"name {how} {labels.pop() if len(labels) == 1 else 'mixed' if labels else 'unknown'}", 1.0
    ours, theirs = (_take_numbers(each.name) for each in (one, other))
    if ours or theirs:
        yield f"name number {'same' if ours == theirs else 'other' if ours and theirs else 'one'} {how}", 1.0


def _drop_numbers(name: tuple[str, ...]) -> tuple[str, ...]:
    """The name without its numbers, unless nothing else is left ("the 787")."""
    return tuple(word for word in name if not word[0].isdigit()) or name


def _take_numbers(name: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in name if word[0].isdigit())


def are_kin(one: Wording, other: Wording) -> bool:
    """Whether two names are those of two of a family: one first word, and nothing in common after it ("Lisk
    Council", "Lisk Harbour"; "Ilse Dorn", "Ilse Varga"), nor a slip of the pen."""
    ours, theirs = one.name, other.name
    if len(ours) < 2 or len(theirs) < 2 or ours[0] != theirs[0]:
        return False
    if set(ours[1:]) & set(theirs[1:]):
        return False
    return _overlap(cut_letters(ours[-1]), cut_letters(theirs[-1])) < 0.4


def _compare_heads(one: Wording, other: Wording, pair: str) -> Iterator[tuple[str, float]]:
    if one.words == other.words:
        yield f"words same {pair}", 1.0
    for this, that in ((one, other), (other, one)):
        last = this.name[-1] if this.name else this.head
        if that.owners and last in that.owners and this.head != that.head:
            yield f"owner {this.form} of {that.form}", 1.0
    if one.listed or other.listed:
        yield f"list {'both' if one.listed and other.listed else 'one'} {pair}", 1.0
    if pair == "NN":
        return
    if one.head == other.head:
        yield f"head same {pair}", 1.0
    elif one.head in other.lemmas or other.head in one.lemmas:
        inner = one if one.head in other.lemmas else other
        yield f"head inside {pair} {inner.form}", 1.0
    else:
        yield f"head other {pair}", 1.0
        yield f"letters {pair}", _overlap(cut_letters(one.head), cut_letters(other.head))


def _compare_modifiers(one: Wording, other: Wording, group: str) -> Iterator[tuple[str, float]]:
    either = one.lemmas | other.lemmas
    if either:
        yield f"modifiers shared {group}", len(one.lemmas & other.lemmas) / len(either)
        apart = min(len(one.lemmas - other.lemmas), len(other.lemmas - one.lemmas))
        yield f"modifiers apart {group}", float(min(apart, 2))
    if one.proper and other.proper:
        yield f"proper {'same' if one.proper & other.proper else 'other'} {group}", 1.0
    if one.numbers and other.numbers:
        yield f"count {'same' if one.numbers & other.numbers else 'other'} {group}", 1.0
    elif one.numbers or other.numbers:
        yield f"count one {group}", 1.0
    yield f"article {'/'.join(sorted((one.article, other.article)))} {group}", 1.0


def _compare_classes(one: Wording, other: Wording, group: str) -> Iterator[tuple[str, float]]:
    ours, theirs = find_classes(one), find_classes(other)
    if ours and theirs:
        wide = ours.union(*(_WIDER.get(each, ()) for each in ours))
        wider = theirs.union(*(_WIDER.get(each, ()) for each in theirs))
        fits = ours & theirs or wide & theirs or ours & wider
        yield f"class {'same' if ours & theirs else 'wider' if fits else 'other'} {group}", 1.0
        for each in sorted(ours & theirs):
            yield f"class {each} {group}", 1.0
    elif ours or theirs:
        yield f"class one {group}", 1.0


def find_classes(wording: Wording) -> frozenset[str]:
    """The classes of things that a name or noun may be of; none where nothing is known."""
    if wording.form == "name":
        if wording.label == "person" and wording.gender in ("m", "f"):
            return frozenset({"man" if wording.gender == "m" else "woman"})
        return _CLASSES_OF_LABEL.get(wording.label, frozenset())
    return load_nouns().get(wording.head, frozenset())


def _compare_times(one: Wording, other: Wording) -> Iterator[tuple[str, float]]:
    ours, theirs = dict(one.time), dict(other.time)
    for part in sorted(ours.keys() & theirs.keys()):
        yield f"time {part} {'same' if ours[part] == theirs[part] else 'other'}", 1.0
    if not (ours.keys() & theirs.keys()) - {"relative"}:
        yield "time apart", 1.0
    if "relative" in ours or "relative" in theirs:
        yield "time relative", 1.0
    yield "time words", _overlap(frozenset(one.words.split()), frozenset(other.words.split()))
    if one.numbers and other.numbers:
        yield f"time count {'same' if one.numbers & other.numbers else 'other'}", 1.0
    if one.words == other.words:
        yield "time words same", 1.0
