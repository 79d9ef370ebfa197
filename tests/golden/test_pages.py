"""Scraped pages written for the project: which of their lines are litter, credits and title.

Every line of `pages/*.txt` carries its mark: A article, T title, L litter, C credit. A change of these files is
a change of behaviour and reviewed as one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.intake.cleaning import find_litter

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def mark_lines(text: str) -> list[str]:
    """The lines with the marks that cleaning gives them."""
    cleaning = find_litter(text)
    litter = {span.start for span in cleaning.litter}
    credits = {span.start for span in cleaning.credits}
    marked, start = [], 0
    for line in text.split("\n"):
        title = cleaning.title_span is not None and cleaning.title_span.start == start
        mark = "L" if start in litter else "C" if start in credits else "T" if title and line else "A"
        marked.append(f"{mark}|{line}")
        start += len(line) + 1
    return marked


def test_there_are_pages() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_marks_of_page(page: Path) -> None:
    marked = page.read_text(encoding="utf-8").rstrip("\n").split("\n")
    text = "\n".join(line[2:] for line in marked)
    assert mark_lines(text) == marked
