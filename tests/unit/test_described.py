"""Descriptions that several persons' roles would fit -> the one of whose class of work they are."""

from __future__ import annotations

from pathlib import Path

from onrecord.ledger import Ledger
from onrecord.settings import Settings

TEXT = """Truce in doubt

Ilse Dorn, a researcher at the Border Institute, said on Monday that the truce was weak.

The head of the Kestarian diplomatic mission in Tolm, Ivo Varga, said that he would stay.

"Nobody keeps this truce," the expert said.
"""


def test_the_expert_is_the_researcher_and_not_the_head_of_a_mission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Ledger.open(tmp_path / "a.db") as ledger:
        ledger.read([tmp_path / "a.txt"], settings=Settings(workers=0))
        found = {view.words: [(one.name, one.role) for one in view.speakers] for view in ledger.statements()}
    assert [speakers for words, speakers in found.items() if "Nobody" in words] == [
        [("Ilse Dorn", "a researcher at the Border Institute")]
    ]
    assert [speakers for words, speakers in found.items() if "stay" in words] == [
        [("Ivo Varga", "The head of the Kestarian diplomatic mission in Tolm")]
    ]
