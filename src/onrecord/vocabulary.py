"""closed word lists -> the labels that records may carry, each with the standard it follows.

Relations, figures and positions add their lists when their rooms are built.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal[
    "person", "organisation", "government", "state", "place", "armed group", "people", "outlet", "collective"
]
"""What an actor is. Finer than the entity labels of the language layer ("officials" are a collective)."""

Inferred = Literal["name", "role", "description", "pronoun", "metonym", "worded", "person"]
"""How a mention came to its actor: by its own name, by a role or description resolved in the document, by a
pronoun, by a metonym ("Moscow"), not at all ("worded": it stays as the outlet wrote it), or by a person."""

Quotation = Literal["direct", "indirect", "mixed"]
"""PARC 3.0 / PolNeAR: all, none or a part of the content stands inside quotation marks."""

Act = Literal[
    "asserts", "confirms", "denies", "doubts", "believes", "predicts", "warns", "promises", "threatens",
    "demands", "asks", "accuses", "condemns", "rejects", "praises", "claims responsibility",
    "declines comment",
]  # fmt: skip
"""What the speaker does by speaking. The fold to four classes below is for readers who want fewer."""

FOLDED_ACTS: Final[dict[Act, str]] = {
    "asserts": "asserts", "confirms": "asserts", "believes": "asserts", "predicts": "asserts",
    "warns": "asserts", "accuses": "asserts", "praises": "asserts", "claims responsibility": "asserts",
    "denies": "denies", "doubts": "denies", "rejects": "denies", "condemns": "denies",
    "promises": "commits", "threatens": "commits",
    "demands": "requests", "asks": "requests", "declines comment": "requests",
}  # fmt: skip
"""Act -> its fold (asserts, denies, commits, requests)."""

Certainty = Literal["certain", "probable", "possible", "unspecified"]
"""FactBank (Saurí & Pustejovsky 2009): how sure the speaker is made to be of the content."""

CueClass = Literal["speech", "thought", "other"]
"""PolNeAR counts intentions, votes and filings too: those are `other` and never statements of the ledger."""

EntityLabel = Literal[
    "person", "organisation", "place", "group", "facility", "date", "money", "product", "misc"
]
"""The entity labels of the language layer (the nine classes of Worldwide English Newswire NER)."""

PublishedFrom = Literal["json-ld", "meta", "page", "header", "column", "url", "name", "text", "person"]
"""Where a publication day was found: structured data, meta tags, visible page markup, an export's or mail's
header, a table's column, the URL, the file name, the article text, or a person's decision."""

DecisionKind = Literal[
    "speaker", "span", "act", "date", "outlet", "litter", "add", "accept", "reject", "redact", "undo",
    "merge", "split", "rename", "kind", "confirm",
]  # fmt: skip
"""What a person's decision is about; those of the second line are about actors."""

UPOS: Final = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
"""Universal part-of-speech tags, Universal Dependencies v2, in alphabetical order."""

ACTOR_DECISIONS: Final[frozenset[DecisionKind]] = frozenset(("merge", "split", "rename", "kind", "confirm"))
"""Decisions about actors: about the whole ledger, applied whenever actors are assembled."""

PRIVATE: Final = "a person named in the article"
"""Stands for a person without an evident public role wherever articles are brought together."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ACTS: Final[tuple[Act, ...]] = get_args(Act)
CERTAINTIES: Final[tuple[Certainty, ...]] = get_args(Certainty)
QUOTATIONS: Final[tuple[Quotation, ...]] = get_args(Quotation)
ENTITY_LABELS: Final[tuple[EntityLabel, ...]] = get_args(EntityLabel)
DECISION_KINDS: Final[tuple[DecisionKind, ...]] = get_args(DecisionKind)

KIND_OF_ENTITY: Final[dict[str, Kind]] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "facility": "place",
    "group": "people",
}
"""Entity label -> kind of actor; labels that are missing here (date, money, product, misc) are no actors."""
