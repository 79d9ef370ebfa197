"""a span of a document -> how it is worded: its head, name, number, gender, time and what it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.names import Names, fold
from onrecord.reading.mentions import TITLES, gender_of_word
from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange
from onrecord.wordings import PRONOUNS, Form, Pair, Wording, load_nouns

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name: name[:3] for name in MONTHS} | {name[:3]: name[:3] for name in MONTHS} | {"sept": "sep"}
_DAYTIME = {
    **dict.fromkeys(("morning", "dawn", "am"), "morning"),
    **dict.fromkeys(("afternoon", "noon", "midday"), "afternoon"),
    **dict.fromkeys(("evening", "night", "tonight", "overnight", "midnight", "pm"), "night"),
    "weekend": "weekend",
}
_RELATIVE = frozenset(
    "today yesterday tomorrow tonight last next ago later earlier now recently then".split()
)
_UNITS = frozenset("hour day week month year season decade minute second time quarter century".split())
_CLOCK = frozenset(("am", "pm", "oclock"))
_COUNTED = "one two three four five six seven eight nine ten eleven twelve".split()
_RANKED = "first second third fourth fifth sixth".split()
_NUMBERS = {
    **{word: str(number) for number, word in enumerate(_COUNTED, 1)},
    **dict(zip(_RANKED, ("1st", "2nd", "3rd", "4th", "5th", "6th"), strict=True)),
    "once": "1",
    "twice": "2",
}
_COMPANY_FORMS = frozenset("inc corp corporation ltd limited co llc plc company gmbh ag".split())
_SEVERAL = frozenset("people police men women children staff media troops".split())
_MEANS = frozenset(("NOUN", "ADJ", "PROPN", "VERB", "ADV"))
_ARTICLES = {
    "the": "the", "a": "a", "an": "a", "this": "this", "that": "this", "these": "this", "those": "this",
}  # fmt: skip


class Worder:
    """Words the mentions of one document."""

    def __init__(self, tokens: Tokens, names: Names, roles: frozenset[str]) -> None:
        self.tokens = tokens
        self.names = names
        self.roles = roles
        """Lemmas that are roles ("chairman"), which are no names however they are written."""
        self.entity_of = {
            token: entity
            for entity in tokens.annotation.entities
            for token in range(entity.start, entity.end)
        }

    def word(self, span: TokenRange) -> tuple[int, Wording]:
        """The head token of a mention and its wording."""
        tokens = self.tokens
        head = self._find_last(span, find_head(tokens, span))
        inner = [i for i in range(*span) if tokens.upos[i] != "PUNCT"] or [head]
        form = self._form(span, head, inner)
        entity = self.entity_of.get(head)
        label = entity.label if entity and form in ("name", "noun", "other") else ""
        name = self._name(span, head) if form == "name" else ()
        core = [i for i in inner if not (i < head and tokens.upos[i] in ("DET", "ADP", "PART"))]
        rest = [i for i in core if i != head and not (name and fold(tokens.words[i]) in name)]
        return head, Wording(
            form=form,
            head=tokens.lemmas[head],
            words=fold(" ".join(tokens.words[i] for i in core)),
            name=name,
            lemmas=frozenset(tokens.lemmas[i] for i in rest if tokens.upos[i] in _MEANS),
            proper=frozenset(tokens.lower[i] for i in rest if tokens.upos[i] == "PROPN"),
            numbers=frozenset(n for n in map(_read_number, (tokens.lower[i] for i in inner)) if n),
            label=label,
            article=self._article(span, head),
            owners=self._owners(span, head) - set(name[-1:]),
            listed=self._is_list(span, head),
            many=self._many(form, span, head, label),
            gender=self._gender(form, name, head, label),
            time=_read_time([tokens.lower[i] for i in inner]) if form == "time" else frozenset(),
            ties=self._ties(head),
        )

    def _find_last(self, span: TokenRange, head: int) -> int:
        """The last noun of an unbroken row of nouns from the head on: in "Lisk Council chairwoman Ilse Dorn"
        it is she, whatever the tree says. Within one entity the tree knows better."""
        tokens = self.tokens
        last = head
        while last + 1 < span[1] and tokens.upos[last + 1] in ("NOUN", "PROPN"):
            last += 1
        here, there = self.entity_of.get(head), self.entity_of.get(last)
        if last == head or tokens.upos[head] not in ("NOUN", "PROPN") or (here is not None and here is there):
            return head
        if there is None:
            return last if tokens.lemmas[last] in self.roles or tokens.upos[last] == "NOUN" else head
        return find_head(tokens, (max(there.start, span[0]), last + 1))

    def _form(self, span: TokenRange, head: int, inner: Sequence[int]) -> Form:
        tokens = self.tokens
        lower, lemma, upos = tokens.lower[head], tokens.lemmas[head], tokens.upos[head]
        capitals = tokens.words[head].isupper() and len(lower) > 1
        if lower in PRONOUNS and not capitals and (upos in ("PRON", "DET") or span[1] - span[0] == 1):
            return PRONOUNS[lower]
        if upos == "PRON" and not capitals:
            return "pronoun"
        if self._is_time(head, [tokens.lower[i] for i in inner]):
            return "time"
        entity = self.entity_of.get(head)
        if lemma in self.roles and (entity is None or entity.label != "person" or upos == "NOUN"):
            return "noun"
        if entity is not None and entity.label not in ("date", "money"):
            return "noun" if upos == "NOUN" and lower == tokens.words[head] else "name"
        if upos == "PROPN":
            return "noun" if lemma in load_nouns() and len(inner) == 1 else "name"
        if upos == "NUM" or re.fullmatch(r"[\d.,\-/]+", lower):
            return "number"
        return "noun" if upos == "NOUN" else "name" if capitals else "other"

    def _is_time(self, head: int, words: Sequence[str]) -> bool:
        lower, lemma = self.tokens.lower[head], self.tokens.lemmas[head]
        plain = lower.replace(".", "")
        if lemma in WEEKDAYS or (plain in _MONTH and self.tokens.words[head][0].isupper() and plain != "may"):
            return True
        parts = {part for part, _ in _read_time(words)}
        if plain in _CLOCK or (plain in _MONTH and "day" in parts):
            return True
        if re.fullmatch(r"(19|20)\d\d", lower):
            return len(words) == 1 or bool(parts & {"month", "weekday"})
        if lemma in _UNITS or lemma in _DAYTIME or lemma in _RELATIVE:
            return True
        return bool(parts & {"month"}) and bool(re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", lower))

    def _name(self, span: TokenRange, head: int) -> tuple[str, ...]:
        """The run of name words around the head, not past a possessor, a comma or a role."""
        tokens = self.tokens
        first = last = head
        entity = self.entity_of.get(head)
        low, high = (entity.start, entity.end) if entity else (span[0], head + 1)
        while first - 1 >= max(low, span[0]) and self._joins(first - 1):
            first -= 1
        while last + 1 < min(max(high, head + 1), span[1]) and self._joins(last + 1):
            last += 1
        while (
            last + 1 < span[1]
            and tokens.upos[last + 1] in ("NUM", "PROPN")
            and tokens.heads[last + 1] == head
        ):
            last += 1
        words = fold(" ".join(tokens.words[first : last + 1])).split()
        while len(words) > 1 and (words[0] in TITLES or words[0] in ("the", "a")):
            words = words[1:]
        while len(words) > 1 and words[-1] in _COMPANY_FORMS:
            words = words[:-1]
        return tuple(words) or (tokens.lower[head],)

    def _joins(self, token: int) -> bool:
        tokens = self.tokens
        if tokens.lower[token] in ("'s", "'", "and", ",", "(", ")") or tokens.lemmas[token] in self.roles:
            return False
        if tokens.upos[token] in ("PROPN", "NUM", "X"):
            return True
        return token in self.entity_of and tokens.upos[token] not in ("PUNCT", "CCONJ")

    def _article(self, span: TokenRange, head: int) -> str:
        tokens = self.tokens
        found = ""
        for child in tokens.children[head]:
            if child < head and tokens.deprel(child) == "det" and child >= span[0] - 1:
                found = _ARTICLES.get(tokens.lower[child], "some")
            if tokens.deprels[child] == "nmod:poss":
                found = "whose"
        return found

    def _is_list(self, span: TokenRange, head: int) -> bool:
        tokens = self.tokens
        joined = [
            i for i in range(head + 1, span[1]) if tokens.deprel(i) == "conj" and tokens.heads[i] == head
        ]
        return any(tokens.upos[i] in ("NOUN", "PROPN", "NUM", "PRON") for i in joined)

    def _owners(self, span: TokenRange, head: int) -> frozenset[str]:
        tokens = self.tokens
        found: set[str] = set()
        for child in tokens.children[head]:
            owner = tokens.deprels[child] in ("nmod:poss", "compound", "nmod")
            if span[0] <= child < head and owner and tokens.upos[child] in ("NOUN", "PROPN"):
                phrase = [i for i in range(*tokens.phrase(child)) if span[0] <= i < head]
                found.update(fold(tokens.words[i]) for i in phrase)
        return frozenset(found - {"", "'s"})

    def _many(self, form: Form, span: TokenRange, head: int, label: str) -> bool | None:
        tokens = self.tokens
        if self._is_list(span, head):
            return True
        if form in ("he", "she", "it", "i") or (form == "name" and label == "person"):
            return False
        if form in ("they", "we", "number"):
            return True
        if form == "noun":
            lower, lemma = tokens.lower[head], tokens.lemmas[head]
            return lower in _SEVERAL or (lower != lemma and lower.endswith("s"))
        return None

    def _gender(self, form: Form, name: tuple[str, ...], head: int, label: str) -> str:
        if form in ("he", "she", "it"):
            return {"he": "m", "she": "f", "it": "n"}[form]
        if form == "name":
            return (self.names.gender_of(" ".join(name)) or "") if label == "person" else "n" if label else ""
        if form == "noun":
            classes = load_nouns().get(self.tokens.lemmas[head], frozenset())
            human = "m" if "man" in classes else "f" if "woman" in classes else ""
            thing = "n" if classes and not classes & {"man", "woman", "person", "people"} else ""
            return gender_of_word(self.tokens.lemmas[head]) or human or thing
        return ""

    def _ties(self, head: int) -> frozenset[Pair]:
        tokens = self.tokens
        above = tokens.heads[head]
        if above < 0 or tokens.upos[above] not in ("VERB", "AUX", "NOUN", "ADJ"):
            return frozenset()
        return frozenset({(tokens.lemmas[above], tokens.deprel(head))})


def find_head(tokens: Tokens, span: TokenRange) -> int:
    """The word of a span that the others hang on; of several the last where all hang on one word further
    right ("its iPod" in "its iPod players"), else the first noun or name."""
    tops = [i for i in range(*span) if not span[0] <= tokens.heads[i] < span[1] and tokens.upos[i] != "PUNCT"]
    nouns = [i for i in tops if tokens.upos[i] in ("NOUN", "PROPN", "NUM", "X", "SYM")]
    nouns = nouns or [i for i in tops if tokens.upos[i] in ("PRON", "DET", "ADJ")]
    if not nouns:
        return tops[0] if tops else span[1] - 1
    above = {tokens.heads[i] for i in nouns}
    return nouns[-1] if len(above) == 1 and min(above) >= span[1] else nouns[0]


def _read_number(word: str) -> str:
    if word in _NUMBERS:
        return _NUMBERS[word]
    return word if word[:1].isdigit() else ""


def _read_time(words: Sequence[str]) -> frozenset[Pair]:
    """The parts of a time expression."""
    found: dict[str, str] = {}
    for word in words:
        plain = word.replace(".", "").removesuffix("'s")
        if plain in WEEKDAYS:
            found["weekday"] = plain
        elif plain in _MONTH:
            found["month"] = _MONTH[plain]
        elif re.fullmatch(r"(19|20)\d\d", plain):
            found["year"] = plain
        elif re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", plain):
            found.setdefault("day", re.sub(r"\D", "", plain).lstrip("0"))
        elif plain in _DAYTIME:
            found["daytime"] = _DAYTIME[plain]
        elif plain in _RELATIVE:
            found["relative"] = plain
        elif plain in _UNITS:
            found["unit"] = plain
    return frozenset(found.items())
