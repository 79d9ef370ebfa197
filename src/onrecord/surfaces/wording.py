"""a statement's view -> the few words of ours beside its own: form, act, how its speaker was resolved.

Terminal and page say the same things in the same words; neither ever says that a thing was said without
saying according to whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.names import fold
from onrecord.views import DocumentSummary, SpeakerView, StatementView
from onrecord.vocabulary import FOLDED_ACTS

NOBODY: Final = "speaker not told"
OUTLET: Final = "the outlet"
UNKNOWN_OUTLET: Final = "outlet unknown"

_INFERRED: Final = {
    "role": "by role", "description": "by description", "pronoun": "pronoun", "metonym": "metonym",
    "person": "decided by a person",
}  # fmt: skip
_QUOTED: Final = re.compile(r"“[^”]*”?|„[^“”]*[“”]?|«[^»]*»?|\"[^\"]*\"?")


def name_outlet(summary: DocumentSummary) -> str:
    """The outlet's name, or the words that stand for an unknown one in a chain."""
    return summary.outlet or OUTLET


def describe_outlet(summary: DocumentSummary) -> str:
    """The outlet's name, or that it is unknown."""
    return summary.outlet or UNKNOWN_OUTLET


def name_speakers(view: StatementView) -> str:
    """Who is said to have spoken; joint speakers are joined by "and"."""
    return " and ".join(speaker.name for speaker in view.speakers) or NOBODY


def name_article(summary: DocumentSummary) -> str:
    """The title, or the file's name when there is none."""
    return summary.title or summary.path.rsplit("/", 1)[-1] or summary.id[:8]


def describe_form(view: StatementView) -> str:
    """Whose words the content is in: "verbatim", "partly verbatim …", "the outlet's paraphrase". Inside
    another statement a paraphrase may be its speaker's or the outlet's: the text does not tell."""
    paraphrase = "paraphrase at second hand" if view.statement.within_id else "the outlet's paraphrase"
    if view.verbatim:
        form = "verbatim"
    elif view.statement.quotation == "mixed":
        form = f"partly verbatim, else {paraphrase}"
    else:
        form = paraphrase
    return f"{form}, in translation" if view.translated else form


def describe_act(view: StatementView) -> str:
    """The act, with its negation and, when it is less than certain, the speaker's certainty."""
    parts = [view.statement.act if not view.statement.negated else f"not: {view.statement.act}"]
    if view.statement.cue_class == "thought" and view.statement.act == "asserts":
        parts[0] = parts[0].replace("asserts", "thinks")
    if view.statement.certainty in ("probable", "possible"):
        parts.append(view.statement.certainty)
    return ", ".join(parts)


def fold_act(view: StatementView) -> str:
    """The act's fold: asserts, denies, commits or requests."""
    return FOLDED_ACTS[view.statement.act]


def describe_resolution(speaker: SpeakerView) -> str | None:
    """How the words in the text came to the name shown; None when the name stands there itself."""
    if not speaker.resolved:
        return "as worded" if speaker.inferred == "worded" else None
    how = _INFERRED.get(speaker.inferred)
    reason = "; ".join(part for part in (how, speaker.reason) if part)
    exact = " ".join(speaker.exact.split())
    return f"“{exact}” read as {speaker.name}" + (f" ({reason})" if reason else "")


def describe_actor(speaker: SpeakerView) -> str | None:
    """Why the speaker is that actor of the whole ledger; None when the name says so itself."""
    actor = speaker.actor
    if actor is None:
        return None
    same = fold(actor.name) == fold(speaker.name)
    if same and not actor.reason:
        return None
    taken = None if same else f"{speaker.name} is {actor.name}"
    return "why this actor: " + "; ".join(part for part in (taken, actor.reason) if part)


def describe_day(summary: DocumentSummary) -> str:
    """The day of publication, its bounds, or that it is unknown."""
    return summary.day or "date unknown"


def describe_status(view: StatementView) -> str:
    """Whether a person has looked at it."""
    who = view.statement.decided_by
    return f"checked by {who}" if who else "unchecked"


def find_quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` that stand inside quotation marks, marks included."""
    for found in _QUOTED.finditer(text, start, end):
        yield found.span()


def quote_words(view: StatementView) -> str:
    """The content in one line; a direct quotation gets the marks that stand around it when they are not part
    of it already."""
    words = view.words
    if view.verbatim and words and words[0] not in "“\"„«‘'‚‹":
        return f"“{words}”"
    return words
