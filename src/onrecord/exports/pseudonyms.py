"""a store -> the same store with invented letters for the names of persons without a public role.

A name's words are replaced by words of the same length made from a hash of theirs, so that offsets hold and
one person is one pseudonym throughout. Who knows a name can compute its pseudonym: this hides persons from
readers, not from investigators.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

from onrecord.folding import HiddenName, find_names, fold_text, hide_name, merge_spans
from onrecord.keys import digest_text
from onrecord.records import (
    Actor,
    ActorName,
    Appearance,
    Decision,
    Document,
    Failure,
    Mention,
    Reading,
    Run,
    Span,
    Statement,
)
from onrecord.seams import StoredRecords
from onrecord.views import ActorNames, view_mentions

_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTERS: Final = "bcdfghjklmnpqrstvwxz"
"""Consonants: a pseudonym must not read like a name."""


def invent_words(words: str) -> str:
    """The text with each run of letters replaced by as many invented ones, capitals kept."""
    return _WORD.sub(_invent_word, words)


def _invent_word(match: re.Match[str]) -> str:
    word = match.group()
    digest = hashlib.sha256(b"onrecord pseudonym\0" + fold_text(word).encode()).digest()
    letters = [_LETTERS[digest[place % len(digest)] % len(_LETTERS)] for place in range(len(word))]
    cases = zip(letters, word, strict=True)
    return "".join(new.upper() if old.isupper() else new for new, old in cases)


class PseudonymousStore:
    """A store's reading side, without the names of persons whose articles give them no public role."""

    def __init__(self, store: StoredRecords) -> None:
        self.store = store
        self._private: dict[str, list[str]] = {}

    @cached_property
    def full_names(self) -> list[HiddenName]:
        """Names of two words or more, which are hidden in every document."""
        names = {
            hide_name(name)
            for document in self.store.documents()
            for name in self.private_names(document.id)
            if len(_WORD.findall(name)) > 1
        }
        return sorted(names, key=lambda name: (name.letters, name.digest))

    def private_names(self, document_id: str) -> list[str]:
        """The names of one document's persons whom no article gives an evident public role."""
        if document_id not in self._private:
            reading, actors = self.store.reading(document_id), self.store.actor_names(document_id)
            self._private[document_id] = list_private_names(reading, actors)
        return self._private[document_id]

    @cached_property
    def all_names(self) -> list[str]:
        """All names of persons without an evident public role, also what users call them."""
        private = [one for one in self.store.actors() if not one.public]
        return sorted({name for one in private for name in (one.name, *one.aliases)})

    def actors(self) -> Iterator[Actor]:
        """The actors that may be listed, with the names that the pseudonymous texts have."""
        for one in self.store.actors():
            if one.public:
                roles = [
                    role._replace(words=self.hide(role.words, self.private_names(role.document_id)))
                    for role in one.roles
                ]
                yield replace(
                    one,
                    name=self.hide(one.name),
                    aliases=tuple(map(self.hide, one.aliases)),
                    roles=tuple(roles),
                    reasons=tuple(map(self.hide, one.reasons)),
                    public=self.hide(one.public),
                )

    def actor_names(self, document_id: str) -> Mapping[tuple[str, bool], ActorName]:
        """Local id and metonym -> which actor a document's actor is."""
        names = self.private_names(document_id)
        return {
            place: one._replace(
                name=self.hide(one.name, () if one.public else names),
                reason=self.hide_some(one.reason, names),
            )
            for place, one in self.store.actor_names(document_id).items()
        }

    def documents(self) -> Iterator[Document]:
        """All documents, by id, without the names."""
        for document in self.store.documents():
            yield self.reading(document.id).document

    def reading(self, document_id: str) -> Reading:
        """All records of one document, without the names."""
        reading = self.store.reading(document_id)
        document = reading.document
        names = self.private_names(document_id)
        text = self.hide(document.text, names)
        changed = replace(
            document,
            text=text,
            text_digest=digest_text(text),
            title=self.hide_some(document.title, names),
            byline=self.hide_some(document.byline, names),
            member=self.hide(document.member, names),
        )
        mentions = tuple(replace(one, reason=self.hide_some(one.reason, names)) for one in reading.mentions)
        return replace(reading, document=changed, mentions=mentions)

    def hide_some(self, text: str | None, names: Sequence[str] = ()) -> str | None:
        """`hide`, for a text that may be missing."""
        return None if text is None else self.hide(text, names)

    def hide(self, text: str, names: Sequence[str] = ()) -> str:
        """The text with pseudonyms for these names, their single words, and full names of other documents."""
        spans = set(find_names(text, self.full_names))
        words = {fold_text(word) for name in names for word in _WORD.findall(name) if word[:1].isupper()}
        spans |= {Span(*match.span()) for match in _WORD.finditer(text) if fold_text(match.group()) in words}
        for start, end in merge_spans(spans):
            text = text[:start] + invent_words(text[start:end]) + text[end:]
        return text

    def appearances(self, document_id: str) -> Sequence[Appearance]:
        """Where the document stood; an address that holds a name is left out."""
        names = self.private_names(document_id)
        return [
            replace(
                one,
                path=self.hide(one.path, names),
                outlet=self.hide_some(one.outlet, names),
                url=one.url if one.url and self.hide(unquote(one.url), names) == unquote(one.url) else None,
            )
            for one in self.store.appearances(document_id)
        ]

    def mentions(self, document_id: str) -> Sequence[Mention]:
        """The document's mentions, by start."""
        return self.reading(document_id).mentions

    def statements(self, document_id: str) -> Sequence[Statement]:
        """The document's statements, by start of their content."""
        return self.store.statements(document_id)

    def failures(self) -> Sequence[Failure]:
        """What could not be read, by path."""
        return [
            replace(one, path=self.hide(one.path), error=self.hide(one.error))
            for one in self.store.failures()
        ]

    def runs(self) -> Sequence[Run]:
        """The runs whose records are here, by id."""
        return self.store.runs()

    def decisions(self) -> Sequence[Decision]:
        """All decisions, oldest first, without the words of the articles that they are about."""
        return [self._hide_decision(one) for one in self.store.decisions()]

    def _hide_decision(self, decision: Decision) -> Decision:
        try:
            names = self.private_names(decision.selector.document_id)
        except KeyError:
            names = self.all_names
        selector = replace(
            decision.selector,
            exact=self.hide_some(decision.selector.exact, names),
            prefix="",
            suffix="",
            text_digest=None,
        )
        reason = self.hide_some(decision.reason, names)
        value = self._hide_value(decision.value, names)
        return replace(decision, selector=selector, value=value, reason=reason)

    def _hide_value(self, value: Any, names: Sequence[str]) -> Any:
        if isinstance(value, str):
            return self.hide(value, names)
        if isinstance(value, Mapping):
            return {
                key: "" if key in ("prefix", "suffix") else self._hide_value(one, names)
                for key, one in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._hide_value(one, names) for one in value]
        return value


def list_private_names(reading: Reading, actors: ActorNames) -> list[str]:
    """The names, as the document has them, of its persons without an evident public role, in order."""
    views = view_mentions(reading.document.text, reading.mentions, actors)
    named = [
        view.exact
        for view in views.values()
        if view.kind == "person"
        and not view.public_role
        and view.inferred in ("name", "person")
        and view.exact[:1].isupper()
    ]
    return sorted(set(named))
