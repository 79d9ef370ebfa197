"""documents and their statements as views -> the figures of a whole ledger.

Speakers are counted across articles as the ledger's actors, and only those with an evident public role; the
rest are a number, shown within their articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onrecord.folding import BLOCK
from onrecord.views import DocumentView, SpeakerView, StatementView
from onrecord.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A name with how often it stands."""

    name: str
    statements: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a ledger holds, in figures."""

    documents: int
    words: int
    statements: int
    unattributed: int
    """Statements without a speaker."""
    as_worded: int
    """Statements whose speakers are no names ("an official"), kept as the outlet worded them."""
    outlets: tuple[Count, ...]
    speakers: tuple[Count, ...]
    """Those with an evident public role, organisations, states …; most statements first."""
    others: int
    """Named persons without an evident public role: shown within their articles only."""
    acts: tuple[tuple[str, int], ...]
    quotations: tuple[tuple[str, int], ...]
    first_day: str | None
    last_day: str | None
    undated: int
    failures: int
    decisions: int


def may_list(speaker: SpeakerView, confirmed: Collection[str] = ()) -> bool:
    """Whether a list across articles may name this speaker: it is a name, and of somebody with a public
    role, or one whose name the user confirmed."""
    if speaker.name in confirmed:
        return True
    return speaker.public_role and speaker.named and BLOCK not in speaker.name


def name_across(speaker: SpeakerView) -> str:
    """What a speaker is called in lists across articles."""
    return speaker.actor.name if speaker.actor else speaker.name


Voice = tuple[str, str]
"""Name and id of an actor; the id is empty for a name that is no actor of the ledger."""


def find_voice(speaker: SpeakerView) -> Voice:
    """Whom a list across articles counts a speaker as: two actors of one name are two."""
    return name_across(speaker), speaker.actor.id if speaker.actor else ""


def kind_across(speaker: SpeakerView) -> Kind:
    """What a speaker is in lists across articles."""
    return speaker.actor.kind if speaker.actor else speaker.kind


def summarise(
    views: Iterable[DocumentView], *, failures: int, decisions: int, confirmed: Collection[str] = ()
) -> Summary:
    """The figures of all documents; `confirmed` are persons whom the user allows to be listed by name."""
    tally = _Tally(confirmed)
    for view in views:
        tally.add_document(view)
    return tally.finish(failures, decisions)


class _Tally:
    """Counts while documents pass, so that a large ledger is never held whole."""

    def __init__(self, confirmed: Collection[str]) -> None:
        self.confirmed = frozenset(confirmed)
        self.documents = self.words = self.statements = self.undated = 0
        self.unattributed = self.as_worded = 0
        self.acts: Counter[str] = Counter()
        self.quotations: Counter[str] = Counter()
        self.days: list[str] = []
        self.outlets: dict[Voice, Counter[str]] = {}
        self.speakers: dict[Voice, Counter[str]] = {}
        self.others: set[str] = set()

    def add_document(self, view: DocumentView) -> None:
        summary = view.summary
        self.documents += 1
        self.words += summary.words
        if summary.published:
            self.days = [min([summary.published, *self.days]), max([summary.published, *self.days])]
        else:
            self.undated += 1
        for outlet in {one.outlet for one in summary.appearances if one.outlet}:
            counts = self.outlets.setdefault((outlet, ""), Counter())
            counts[summary.id] += len(view.statements)
        for statement in view.statements:
            self.add_statement(statement)

    def add_statement(self, view: StatementView) -> None:
        self.statements += 1
        self.acts[view.statement.act] += 1
        self.quotations[view.statement.quotation] += 1
        self.unattributed += not view.speakers
        self.as_worded += bool(view.speakers) and not any(one.named for one in view.speakers)
        for voice in {find_voice(one) for one in view.speakers if may_list(one, self.confirmed)}:
            self.speakers.setdefault(voice, Counter())[view.document.id] += 1
        self.others |= {one.name for one in view.speakers if one.named and not may_list(one, self.confirmed)}

    def finish(self, failures: int, decisions: int) -> Summary:
        return Summary(
            documents=self.documents,
            words=self.words,
            statements=self.statements,
            unattributed=self.unattributed,
            as_worded=self.as_worded,
            outlets=_rank(self.outlets),
            speakers=_rank(self.speakers),
            others=len(self.others - {name for name, _ in self.speakers}),
            acts=tuple(sorted(self.acts.items(), key=lambda item: (-item[1], item[0]))),
            quotations=tuple(sorted(self.quotations.items(), key=lambda item: (-item[1], item[0]))),
            first_day=self.days[0] if self.days else None,
            last_day=self.days[-1] if self.days else None,
            undated=self.undated,
            failures=failures,
            decisions=decisions,
        )


def _rank(counts: dict[Voice, Counter[str]]) -> tuple[Count, ...]:
    rows = [
        Count(name=name, statements=sum(by.values()), documents=len(by)) for (name, _), by in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.statements, -row.documents, row.name)))
