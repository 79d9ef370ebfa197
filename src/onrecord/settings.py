"""file, environment, flags -> one frozen Settings."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from onrecord.errors import StopRun
from onrecord.keys import value_key

FILE_NAME: Final = "onrecord.toml"
PREFIX: Final = "ONRECORD_"
_OUTSIDE_DIGEST: Final = frozenset(("ledger", "workers", "time_limit", "memory_limit"))
"""What changes where and how fast a ledger is made, never what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set, each by the file, then the environment, then a flag."""

    ledger: Path = Path("onrecord.db")
    """The ledger file (`ONRECORD_LEDGER`, `--ledger`)."""
    workers: int = 1
    """Guarded reading processes; 0 reads in this process, without a guard."""
    time_limit: float = 120.0
    """Seconds that one article may take in a guarded process."""
    memory_limit: int = 3072
    """Mebibytes that a guarded process may hold."""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Our field -> the table's column, for JSONL, CSV and Parquet."""
    names: Path | None = None
    """A file of the user's own names, which win over the shipped ones (CSV, TSV, YAML or JSON)."""

    def digest(self) -> str:
        """Names everything that decides what a run reads; workers and paths are no part of it, the content
        of the file of names is."""
        values = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in _OUTSIDE_DIGEST
        }
        values["columns"] = dict(self.columns)
        if self.names is None:
            del values["names"]
        else:
            values["names"] = _digest_file(self.names)
        return value_key("settings", values)


def load_settings(
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    """The settings of a run: `onrecord.toml` in `folder` (the current one), then `ONRECORD_*`, then the
    flags that are not None. Raises `StopRun` for a name or a value that we do not know."""
    environment = os.environ if environment is None else environment
    place = (folder or Path()) / FILE_NAME
    values: dict[str, object] = {}
    if place.is_file():
        values |= _read_file(place)
    known = [one.name for one in fields(Settings)]
    # Other variables with our prefix belong to benchmarks and training: they are no settings.
    values |= {name: environment[key] for name in known if environment.get(key := PREFIX + name.upper())}
    values |= {name: value for name, value in (flags or {}).items() if value is not None}
    converted: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"
            raise StopRun(f"there is no setting {name!r}: {hint}")
        converted[name] = _convert(name, value)
    return Settings(**converted)


def _read_file(place: Path) -> dict[str, object]:
    try:
        return tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StopRun(f"{place} cannot be read ({error}): correct it or move it away") from error


def _digest_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise StopRun(f"the names file {path} cannot be read ({error}): correct its path") from error


def _convert(name: str, value: object) -> object:
    if name == "columns":
        return MappingProxyType(_convert_columns(value))
    if name in ("ledger", "names"):
        return Path(str(value))
    kind = float if name == "time_limit" else int
    try:
        number = kind(str(value))
    except ValueError:
        raise StopRun(f"{name} must be a number, not {value!r}") from None
    if number < (0 if name == "workers" else 1):
        raise StopRun(f"{name} = {value} is too small")
    return number


def _convert_columns(value: object) -> dict[str, str]:
    """Columns as a table of the file, a mapping, or "text=body,title=headline"."""
    if isinstance(value, Mapping):
        return {str(key): str(column) for key, column in value.items()}
    pairs = [part.partition("=") for part in str(value).split(",") if part.strip()]
    if any(not sign or not column.strip() for _, sign, column in pairs):
        raise StopRun(f"columns must be like text=body,title=headline, not {value!r}")
    return {key.strip(): column.strip() for key, _, column in pairs}
