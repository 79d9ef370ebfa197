"""how much one input may cost -> a frozen set of caps, each named in the reason when it is hit."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps on one input file; what is over a cap is skipped with that reason, the rest is read."""

    article_chars: int = 5_000_000
    """Text of one article in code points (a thick novel has about one million)."""
    file_bytes: int = 256 * MEBIBYTE
    """A file or member that has to be held in memory as a whole; tables and mailboxes are streamed."""
    html_bytes: int = 20 * MEBIBYTE
    """One HTML page: its tree takes about ten times this in memory."""
    row_bytes: int = 32 * MEBIBYTE
    """One line of a JSONL file, one message of a mailbox, one cell of a CSV file."""
    unpacked_bytes: int = 2048 * MEBIBYTE
    """All members of an archive together, nested archives included."""
    members: int = 100_000
    """Files in an archive, nested archives included."""
    depth: int = 3
    """Archives (or mails) inside each other."""
    ratio: int = 200
    """Unpacked to packed size, looked at once `ratio_from` bytes are unpacked; text stays below 30."""
    ratio_from: int = 8 * MEBIBYTE
    pages: int = 5_000
    """Pages of a PDF."""


def format_size(size: int) -> str:
    """The size as a person writes it: "812 bytes", "3.4 MB" (a MB is 10^6 bytes)."""
    if size < 10_000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"
