"""words -> what is known of them: states, seats, bodies, armed groups, agencies and outlets, cities, titles.

Tables and their sources are in `tables/`; licences in NOTICE. A look-up is a hint for reading one document:
it says what a word usually names, never who is right about a territory or a group.
"""

from __future__ import annotations

from onrecord.names.common_words import is_common
from onrecord.names.comparison import blocking_keys, compare_names
from onrecord.names.digest import digest_tables, read_version
from onrecord.names.folding import fold, is_acronym
from onrecord.names.generic import is_generic
from onrecord.names.history import Lineage, Office, Regime, Relation
from onrecord.names.likeness import Key, Likeness
from onrecord.names.loading import load_names
from onrecord.names.lookup import CHECKED, WORD_CLASSES, Name, Names
from onrecord.names.persons import PersonName, parse_person
from onrecord.names.roles import find_role_class, find_role_head
from onrecord.names.spelling import measure_edits

__all__ = [
    "CHECKED",
    "WORD_CLASSES",
    "Key",
    "Likeness",
    "Lineage",
    "Name",
    "Names",
    "Office",
    "PersonName",
    "Regime",
    "Relation",
    "blocking_keys",
    "compare_names",
    "digest_tables",
    "find_role_class",
    "find_role_head",
    "fold",
    "is_acronym",
    "is_common",
    "is_generic",
    "load_names",
    "measure_edits",
    "parse_person",
    "read_version",
]
