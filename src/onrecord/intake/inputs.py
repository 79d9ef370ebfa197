"""what the user named (files, folders, globs) -> the files in a fixed order, and why one is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

GLOB_MARKS = frozenset("*?[")
SYSTEM_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".git", ".svn", ".hg"})
"""Left by systems, written by nobody: passed over without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file to read; with a `problem` it is to be reported as skipped instead."""

    path: Path
    relative: str
    """Relative to the argument that led to it, with forward slashes; for a file named itself, its name."""
    problem: str | None = None


def list_inputs(paths: Iterable[str | Path]) -> Iterator[InputFile]:
    """The files behind the arguments: in the order of the arguments, within a folder by name; each once.

    Folders are walked with all that is in them. Globs are expanded here, for shells that leave them alone.
    A path that is not there, a hidden file and a link that leads out of its folder come with their `problem`.
    """
    seen: set[str] = set()
    for argument in paths:
        for found in _list_argument(Path(argument)):
            key = os.path.normcase(str(found.path.absolute()))
            if key not in seen:
                seen.add(key)
                yield found


def _list_argument(path: Path) -> Iterator[InputFile]:
    if path.is_dir():
        yield from _walk_folder(path, path)
    elif path.exists() or path.is_symlink():
        yield InputFile(path=path, relative=path.name, problem=_find_problem(path, path.parent, named=True))
    elif GLOB_MARKS & set(str(path)):
        yield from _expand_glob(path)
    else:
        yield InputFile(
            path=path, relative=path.name or str(path), problem=f"there is no file or folder {path}"
        )


def _expand_glob(pattern: Path) -> Iterator[InputFile]:
    """Matches of a pattern, relative to the part of it that comes before the first mark."""
    parts = pattern.parts
    first = next(index for index, part in enumerate(parts) if GLOB_MARKS & set(part))
    root = Path(*parts[:first]) if first else Path()
    found = False
    for path in sorted(root.glob("/".join(parts[first:])), key=_sort_key):
        found = True
        if path.is_dir():
            yield from _walk_folder(path, root)
        else:
            problem = _find_problem(path, root, named=False)
            yield InputFile(path=path, relative=path.relative_to(root).as_posix(), problem=problem)
    if not found:
        yield InputFile(path=pattern, relative=pattern.name, problem=f"no file matches {pattern}")


def _sort_key(path: Path) -> tuple[str, ...]:
    return path.parts


def _walk_folder(folder: Path, root: Path) -> Iterator[InputFile]:
    """Everything under the folder by name, without recursion; links to folders are not followed."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.name.lower() in SYSTEM_NAMES and path != root:
            continue
        relative = path.relative_to(root).as_posix()
        problem = _find_problem(path, root, named=path == root)
        if problem or not path.is_dir():
            yield InputFile(path=path, relative=relative, problem=problem)
            continue
        try:
            waiting.extend(sorted(path.iterdir(), key=_sort_key, reverse=True))
        except OSError as error:
            yield InputFile(
                path=path, relative=relative, problem=f"cannot be listed: {error.strerror or error}"
            )


def _find_problem(path: Path, root: Path, *, named: bool) -> str | None:
    """Why the path is not read; a file that the user named is read even when it is hidden."""
    if not named and path.name.startswith("."):
        return "is hidden (its name starts with a full stop)"
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
            inside = target.is_relative_to(root.resolve())
        except (OSError, RuntimeError):
            return "is a link that leads nowhere"
        if not named and not inside:
            return "is a link that leads out of the folder"
        if not named and target.is_dir():
            return "is a link to a folder that is read anyway"
    return None
