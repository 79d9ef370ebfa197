"""Short names of bodies in one document -> the one full name they stand for."""

from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.settings import Settings


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    def read_text(text: str) -> tuple[set[str], set[tuple[str, str]]]:
        folder = tmp_path_factory.mktemp("short")
        (folder / "a.txt").write_text(text, encoding="utf-8")
        with Ledger.open(folder / "a.db") as ledger:
            ledger.read([folder / "a.txt"], settings=Settings(workers=0))
            speakers = {(one.exact, one.name) for view in ledger.statements() for one in view.speakers}
            return {one.name for one in ledger.actors()}, speakers

    return read_text


TEXT = (
    "Talks open in Tolm\n\n"
    "The Inland States League said on Monday that talks would open in Tolm. "
    "The envoy of the League asked both sides to stop firing. The League denied that it had taken a side.\n\n"
)


def test_the_league_is_the_only_league_of_the_article(read) -> None:  # type: ignore[no-untyped-def]
    names, speakers = read(TEXT)
    assert names == {"Inland States League", "Tolm"}
    assert ("The League", "Inland States League") in speakers


def test_two_leagues_leave_the_short_name_open(read) -> None:  # type: ignore[no-untyped-def]
    more = (
        "The Harbour Cities League said that it had not been asked. The League denied that talks were open.\n"
    )
    _, speakers = read(TEXT.replace("The League denied that it had taken a side.", "") + more)
    assert ("League", "League") in speakers
