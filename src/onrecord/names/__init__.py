"""words -> what is known of them: states, seats, bodies, armed groups, agencies and outlets, cities, titles.

Tables and their sources are in `tables/`; licences in NOTICE. A look-up is a hint for reading one document:
it says what a word usually names, never who is right about a territory or a group.
"""

from __future__ import annotations

from onrecord.names.folding import fold, is_acronym
from onrecord.names.history import Lineage, Office, Regime
from onrecord.names.loading import load_names
from onrecord.names.lookup import WORD_CLASSES, Name, Names

__all__ = [
    "WORD_CLASSES",
    "Lineage",
    "Name",
    "Names",
    "Office",
    "Regime",
    "fold",
    "is_acronym",
    "load_names",
]
