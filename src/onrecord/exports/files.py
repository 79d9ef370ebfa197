"""bytes -> a file that is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import StopRun


def write_file(path: Path, data: bytes) -> Path:
    """Writes the bytes beside the place and moves them there at once. Raises `StopRun` when it cannot."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise StopRun(f"{path} cannot be written ({reason}): choose another place with -o") from error
    return path


def replace_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no UTF-8 file can hold; the length stays."""
    return "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)
