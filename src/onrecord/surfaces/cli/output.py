"""answers -> text on a terminal, plain lines in a pipe, JSON lines for programs.

Words of articles are never taken for rich markup, and control characters in them never reach a terminal.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Terminal controls (C0, C1), marks that turn the order of what follows, half characters; tabs and line ends
stay."""
_UNSAFE_JSON: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def prepare_streams() -> None:
    """Makes both streams safe for words that their encoding lacks: they are written as \\u escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def make_console(*, stderr: bool = False) -> Console:
    """A console that takes all text as it is: no markup, no emoji codes, no guessed colours. In a pipe it
    gives neither colours nor line breaks of its own."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=not stream.isatty())


def clean_words(text: str) -> str:
    """The words with control characters shown as U+FFFD, one for one, so that offsets hold."""
    return _CONTROLS.sub("�", text)


def clean_line(text: str) -> str:
    """The words in one line, white space folded, control characters shown as U+FFFD."""
    return clean_words(" ".join(text.split()))


def print_json(row: Mapping[str, object]) -> None:
    """One JSON line on standard output. Characters that the stream or a terminal cannot bear are escaped."""
    line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    line = _UNSAFE_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(row, ensure_ascii=True, allow_nan=False)
    sys.stdout.write(line + "\n")


def print_error(message: str) -> None:
    """One message on standard error."""
    print(clean_words(message), file=sys.stderr)


def count(number: int, noun: str) -> str:
    """The number with its noun: "1 article", "2,000 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
