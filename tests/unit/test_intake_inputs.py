"""Files, folders and globs: what is listed, in which order, and why something is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.intake.inputs import list_inputs


def fill(folder: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.txt",
        "sub/deep/d.html",
        ".hidden.txt",
        "sub/.DS_Store",
        ".git/config",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", encoding="utf-8")


def test_a_folder_is_walked_by_name_with_relative_paths(tmp_path: Path) -> None:
    fill(tmp_path)
    found = list(list_inputs([tmp_path]))
    assert [item.relative for item in found] == [
        ".hidden.txt",
        "a.txt",
        "b.txt",
        "sub/c.txt",
        "sub/deep/d.html",
    ]
    assert [item.relative for item in found if item.problem] == [".hidden.txt"]


def test_each_file_comes_once_in_the_order_of_the_arguments(tmp_path: Path) -> None:
    fill(tmp_path)
    found = list(list_inputs([tmp_path / "b.txt", tmp_path / "sub", str(tmp_path)]))
    assert [item.relative for item in found if not item.problem] == ["b.txt", "c.txt", "deep/d.html", "a.txt"]


def test_globs_are_expanded_here(tmp_path: Path) -> None:
    fill(tmp_path)
    assert [item.relative for item in list_inputs([tmp_path / "*.txt"]) if not item.problem] == [
        "a.txt",
        "b.txt",
    ]
    assert [item.relative for item in list_inputs([tmp_path / "**" / "*.html"])] == ["sub/deep/d.html"]
    assert [item.relative for item in list_inputs([tmp_path / "s*"])] == ["sub/c.txt", "sub/deep/d.html"]
    (none,) = list_inputs([tmp_path / "*.xyz"])
    assert none.problem and "no file matches" in none.problem


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    (tmp_path / "story [1].txt").write_text("words", encoding="utf-8")
    (found,) = list_inputs([tmp_path / "story [1].txt"])
    assert found.problem is None and found.relative == "story [1].txt"


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    (found,) = list_inputs([tmp_path / "gone.txt"])
    assert found.problem and "no file or folder" in found.problem


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    fill(tmp_path)
    (found,) = list_inputs([tmp_path / ".hidden.txt"])
    assert found.problem is None


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text("words", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("words", encoding="utf-8")
    try:
        (inside / "out.txt").symlink_to(tmp_path / "secret.txt")
        (inside / "same.txt").symlink_to(inside / "a.txt")
        (inside / "loop").symlink_to(inside)
        (inside / "z.txt").symlink_to(tmp_path / "nowhere")
    except (OSError, NotImplementedError):
        pytest.skip("this system makes no links")
    found = {item.relative: item.problem for item in list_inputs([inside])}
    assert found["a.txt"] is None and found["same.txt"] is None
    assert "out of the folder" in (found["out.txt"] or "")
    assert "nowhere" in (found["z.txt"] or "")
    assert "link to a folder" in (found["loop"] or "")
