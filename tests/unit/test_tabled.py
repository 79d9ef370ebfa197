"""Names that the tables know, where the language layer cuts them short or takes them for other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.settings import Settings


def read(folder: Path, text: str) -> tuple[list[tuple[str, str]], set[str]]:
    """Speakers as worded with the names of their actors, and the names of all actors."""
    (folder / "a.txt").write_text(f"Talks\n\n{text}\n", encoding="utf-8")
    with Ledger.open(folder / "a.db") as ledger:
        ledger.read([folder / "a.txt"], settings=Settings(workers=0))
        speakers = [
            (one.exact, one.actor.name if one.actor else one.name)
            for view in ledger.statements()
            for one in view.speakers
        ]
        return speakers, {one.name for one in ledger.actors()}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Pakistani Taliban denied on Monday that they had any role.", "Pakistani Taliban"),
        ("The Afghan Taliban denied on Monday that they had any role.", "Afghan Taliban"),
        ("IS said on Monday that its fighters had taken the bridge.", "IS"),
        ("South Sudan said on Monday that it would open the bridge.", "South Sudan"),
    ],
)
def test_the_longest_known_name_speaks(tmp_path: Path, text: str, speaker: str) -> None:
    speakers, _ = read(tmp_path, text)
    assert [name for _, name in speakers] == [speaker]


def test_the_taliban_and_the_pakistani_taliban_are_two(tmp_path: Path) -> None:
    text = "The Pakistani Taliban denied any role. The Taliban said that they had none either."
    speakers, names = read(tmp_path, text)
    assert [name for _, name in speakers] == ["Pakistani Taliban", "Taliban"]
    assert {"Pakistani Taliban", "Taliban"} <= names


def test_a_state_is_not_the_person_of_its_name_who_is_named_later(tmp_path: Path) -> None:
    text = "Jordan said on Monday that it would send observers. Michael Jordan said that he was glad."
    speakers, _ = read(tmp_path, text)
    assert [exact for exact, _ in speakers] == ["Jordan", "Michael Jordan"]
    assert speakers[0][1] == "Jordan"


def test_is_the_verb_is_no_name(tmp_path: Path) -> None:
    _, names = read(tmp_path, "The minister said on Monday that the bridge IS open, and it is.")
    assert "IS" not in names


def test_two_groups_that_share_a_head_are_two(tmp_path: Path) -> None:
    text = (
        "The Taliban said on Monday that they were ready. "
        "The Afghan and the Pakistani Taliban said that they would not meet."
    )
    speakers, _ = read(tmp_path, text)
    assert [name for _, name in speakers] == ["Taliban", "Taliban", "Pakistani Taliban"]
