"""a statement's view -> its card: speaker, role, act, words, chain, and how it came about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.folding import replace_names
from onrecord.surfaces.markup import Markup, element, join_markup
from onrecord.surfaces.wording import (
    NOBODY,
    describe_act,
    describe_actor,
    describe_form,
    describe_resolution,
    describe_status,
    fold_act,
    name_outlet,
    quote_words,
)
from onrecord.views import DocumentView, SpeakerView, StatementView
from onrecord.vocabulary import PRIVATE

DEEPEST_INDENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What a card needs to know of the other statements of its article."""

    numbers: dict[str, int]
    """Statement id -> its place in the list."""
    depths: dict[str, int]
    """Statement id -> how many statements stand around it."""
    private: frozenset[str]
    """Names that lists across articles may not show."""


def find_neighbours(view: DocumentView, confirmed: Collection[str] = ()) -> Neighbours:
    """Places, depths and private names of one article; `confirmed` persons may be listed by name."""
    numbers = {statement.id: number for number, statement in enumerate(view.statements)}
    within = {statement.id: statement.statement.within_id for statement in view.statements}
    depths: dict[str, int] = {}
    for one, outer in within.items():
        around, depth = outer, 0
        while around in within and depth < DEEPEST_INDENT:
            depth, around = depth + 1, within[around]
        depths[one] = depth
    return Neighbours(numbers=numbers, depths=depths, private=list_private(view, confirmed))


def list_private(view: DocumentView, confirmed: Collection[str] = ()) -> frozenset[str]:
    """The words that name the article's persons without an evident public role, but the confirmed ones."""
    found = [one for one in view.mentions if one.named and is_private(one) and one.name not in confirmed]
    return frozenset({one.name for one in found} | {one.exact for one in found if one.inferred == "name"})


def is_private(speaker: SpeakerView) -> bool:
    """Whether this is a named person to whom the article gives no public role."""
    return not speaker.public_role and speaker.inferred != "worded"


def render_card(view: StatementView, near: Neighbours) -> Markup:
    """The card as a list item; `#s-<id>` leads to it, it leads to `#t-<id>` in the text."""
    depth = near.depths[view.id]
    return element(
        "li",
        element("div", _render_who(view, near), _render_act(view), class_="top"),
        _render_words(view),
        _render_chain(view, near),
        _render_notes(view, near.private),
        id=f"s-{view.id}",
        class_="card inner" if depth else "card",
        data_n=near.numbers[view.id],
        data_act=view.statement.act,
        data_form=view.statement.quotation,
        data_actor=" ".join(one.actor.id for one in view.speakers if one.actor) or None,
    )


def render_name(name: str, private: Collection[str], css: str = "name") -> Markup:
    """A name, set apart for writing direction; one that lists may not show carries what they show instead."""
    hide = name in private
    return element(
        "bdi",
        name,
        class_=f"{css} private".strip() if hide else css or None,
        data_instead=PRIVATE if hide else None,
    )


def _render_who(view: StatementView, near: Neighbours) -> Markup:
    if not view.speakers:
        return element("p", element("span", NOBODY, class_="none"), class_="who")
    parts: list[str] = []
    for number, speaker in enumerate(view.speakers):
        parts += [" and "] * bool(number)
        parts.append(render_name(speaker.name, near.private))
        if speaker.role and speaker.role != speaker.name:
            parts += [", ", _render_role(speaker.role, near.private)]
    return element("p", *parts, class_="who", dir="auto")


def _render_role(role: str, private: Collection[str]) -> Markup:
    """The role, with what lists show instead when it names a private person ("lawyer for …")."""
    shown = replace_names(role, private, PRIVATE)
    if shown == role:
        return element("bdi", role, class_="role")
    return element("bdi", role, class_="role private", data_instead=shown)


def _render_act(view: StatementView) -> Markup:
    cue = " … ".join(" ".join(piece.split()) for piece in view.cue)
    title = f"cue: {cue}" if cue else "no cue of its own"
    return element("span", describe_act(view), class_=f"act {fold_act(view)}", title=title)


def _render_words(view: StatementView) -> Markup:
    name = "blockquote" if view.verbatim else "p"
    css = "words" if view.verbatim else "words paraphrase"
    return element(name, quote_words(view), class_=css, dir="auto")


def _render_chain(view: StatementView, near: Neighbours) -> Markup:
    """`outlet < agency < official`, as an analyst would write it down."""
    than = element("span", " < ", class_="than")
    parts: list[str] = [element("bdi", name_outlet(view.document))]
    for name in view.via:
        parts += [than, render_name(name, near.private, css="")]
    if view.speakers:
        parts.append(than)
        for number, speaker in enumerate(view.speakers):
            parts += [" and "] * bool(number)
            parts.append(element("b", render_name(speaker.name, near.private, css="")))
    if view.addressee:
        parts += [", to ", render_name(view.addressee.name, near.private, css="")]
    return element("p", "according to ", join_markup(parts), class_="chain", dir="auto")


def _render_notes(view: StatementView, private: Collection[str]) -> Markup:
    """Whose words these are, how the speaker was told, whether a person looked at it, and the row's id."""
    notes: list[str] = [describe_form(view)]
    why = (*map(describe_resolution, view.speakers), *map(describe_actor, view.speakers))
    for note in filter(None, why):
        hide = any(name in note for name in private)
        notes.append(
            element("span", note, class_="private", data_instead="resolved in the article") if hide else note
        )
    notes += [f"said on {view.statement.said_on}"] if view.statement.said_on else []
    css = "tag person" if view.statement.decided_by else "tag"
    to_words = element("a", view.id[:8], href=f"#t-{view.id}", class_="id", title="to its words in the text")
    parts = [
        *(element("span", note, dir="auto") for note in notes),
        element("span", describe_status(view), class_=css),
        element("span", f"score {view.statement.score:.2f}", class_="num"),
        to_words,
    ]
    between = [part for one in parts for part in (" · ", one)][1:]
    return element("p", *between, class_="small foot")
