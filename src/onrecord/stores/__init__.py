"""records -> rows that outlive the program, and back."""

from onrecord.stores.checking import Mismatch
from onrecord.stores.decisions import Conflict, LoggedDecision
from onrecord.stores.redaction import Redaction
from onrecord.stores.sqlite import SqliteStore

__all__ = ["Conflict", "LoggedDecision", "Mismatch", "Redaction", "SqliteStore"]
