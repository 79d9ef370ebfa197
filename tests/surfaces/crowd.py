"""a few made-up articles -> a ledger with bodies under several names, officials, collectives, private persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as change
from pathlib import Path

from onrecord.records import Appearance, Mention, Reading, Run, Statement
from onrecord.stores import SqliteStore
from onrecord.testing import find_span, make_document, make_mention, make_reading, make_statement

RUN = Run(id="a" * 24, code_version="0", model_digest="b" * 64, settings_digest="c" * 24)


@dataclass(frozen=True)
class Who:
    """A mention to be made: its first words in the text, and whom they stand for."""

    words: str
    kind: str = "person"
    role: str | None = None
    of: str | None = None
    """Words of the mention that names the same actor."""
    inferred: str = "name"
    reason: str | None = None


@dataclass(frozen=True)
class Article:
    """A text with who is named in it, and who says what about whom."""

    path: str
    text: str
    who: Sequence[Who]
    said: Sequence[tuple[str, str, str, Sequence[str]]]
    """Speaker's words, cue, content, words of who is spoken of."""
    day: str | None = "2031-04-02"
    outlet: str = "Quay Courier"


ARTICLES = (
    Article(
        "a.txt",
        "Chad's water minister, Ilse Brandaur, said the Vélm River Authority (VRA) had failed.\n"
        "A neighbour, Tomas Quell, said that Brandaur came late.\n"
        "A rescuer told Quell that Oda Merrin was safe.\n",
        (
            Who("Chad", "state"),
            Who("Ilse Brandaur", role="Chad's water minister"),
            Who("Vélm River Authority", "organisation"),
            Who("VRA", "organisation", of="Vélm River Authority",
                reason="introduced as 'Vélm River Authority (VRA)'"),
            Who("Tomas Quell", role="A neighbour"),
            Who("A rescuer", inferred="worded"),
            Who("Oda Merrin"),
        ),
        (
            ("Ilse Brandaur", "said", "the Vélm River Authority (VRA) had failed", ["Vélm River Authority"]),
            ("Tomas Quell", "said that", "Brandaur came late", ["Ilse Brandaur"]),
            ("A rescuer", "told", "Oda Merrin was safe", ["Oda Merrin", "Tomas Quell"]),
        ),
    ),
    Article(
        "b.txt",
        "The VRA denied the claim.\nIlse Brandaur told reporters that Chad would pay.\n"
        "Tomas Quell, a carpenter, said the VRA pumps were old.\nSAND officials said Daesh was far away.\n",
        (
            Who("VRA", "organisation"),
            Who("Ilse Brandaur"),
            Who("Chad", "state"),
            Who("Tomas Quell", role="a carpenter"),
            Who("Daesh", "armed group"),
        ),
        (
            ("VRA", "denied", "the claim", []),
            ("Ilse Brandaur", "told", "Chad would pay", ["Chad"]),
            ("Tomas Quell", "said the", "the VRA pumps were old", ["VRA"]),
        ),
        "2031-04-05",
        "Harbour Post",
    ),
    Article(
        "c.txt",
        "Daesh said it would stay.\nThe Islamic State militants threatened Chad.\n"
        "Chadian officials warned ISIS about Tomas Quell.\n",
        (
            Who("Daesh", "armed group"),
            Who("Islamic State", "armed group", of="Daesh"),
            Who("The Islamic State militants", "collective", inferred="worded"),
            Who("Chad", "state"),
            Who("Chadian", "people"),
            Who("Chadian officials", "collective", inferred="worded"),
            Who("ISIS", "armed group", of="Daesh"),
            Who("Tomas Quell"),
        ),
        (
            ("Daesh", "said", "it would stay", []),
            ("The Islamic State militants", "threatened", "Chad", ["Chad"]),
            ("Chadian officials", "warned", "ISIS about Tomas Quell", ["Daesh", "Tomas Quell"]),
        ),
        None,
        "Harbour Post",
    ),
)  # fmt: skip


def read_article(article: Article) -> Reading:
    """The reading that the article describes."""
    document = make_document(
        article.text, language="en", published=article.day, title=f"Report {article.path}"
    )
    mentions: dict[str, Mention] = {}
    for one in article.who:
        made = make_mention(
            document, one.words, kind=one.kind, inferred=one.inferred, reason=one.reason,
            role=find_span(article.text, one.role) if one.role else None,
        )  # fmt: skip
        mentions[one.words] = change(made, local_id=mentions[one.of].id) if one.of else made
    statements: list[Statement] = [
        make_statement(
            document, mentions[speaker], cue, content, about_ids=tuple(mentions[one].id for one in about)
        )
        for speaker, cue, content, about in article.said
    ]
    return make_reading(document, list(mentions.values()), statements)


def make_ledger(path: Path, articles: Sequence[Article] = ARTICLES, run: Run = RUN) -> Path:
    """A ledger file with these articles; read again when it is there."""
    store = SqliteStore(path)
    for one in articles:
        reading = read_article(one)
        appearance = Appearance(document_id=reading.document.id, path=one.path, outlet=one.outlet)
        store.put_reading(reading, appearance, run)
    store.close()
    return path
