"""how two mentions are worded -> what speaks for and against their being of one thing.

Reading uses it within a document, assembly among the documents of a story; nothing here knows where a mention
stands.
"""

from __future__ import annotations

from onrecord.wordings.comparing import (
    Clues,
    are_kin,
    compare_wordings,
    find_classes,
    name_pair,
    relate_names,
)
from onrecord.wordings.joining import NEVER, Scores, join_groups
from onrecord.wordings.links import Links, make_links
from onrecord.wordings.weights import Weights, load_weights
from onrecord.wordings.words import PRONOUNS, Form, Pair, Wording, cut_letters, load_nouns

__all__ = [
    "NEVER",
    "PRONOUNS",
    "Clues",
    "Form",
    "Links",
    "Pair",
    "Scores",
    "Weights",
    "Wording",
    "are_kin",
    "compare_wordings",
    "cut_letters",
    "find_classes",
    "join_groups",
    "load_nouns",
    "load_weights",
    "make_links",
    "name_pair",
    "relate_names",
]
