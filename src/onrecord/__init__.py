"""onrecord: who said what about whom, from a pile of news articles to a ledger."""

__version__ = "0.1.0"
