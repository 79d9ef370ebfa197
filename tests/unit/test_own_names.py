"""a user's file of names -> a look-up in which its rows win."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import StopRun
from onrecord.names import Names, load_names
from onrecord.settings import Settings, load_settings

TABLE = """name,kind,aliases,state,part_of,renamed_to,distinct_from
Varsenian Front,armed group,VF|Front of Varsenia,,,,Tolm League
Tolm League,organisation,IS|TL,,,,
Night Watch,armed group,,,Varsenian Front,,
Taliban,armed group,Students of Tolm,,,,
Hamas,organisation,,,,,
"""
YAML = """# ours
- name: Varsenian Front
  kind: armed group
  aliases: [VF, Front of Varsenia]
  distinct_from: Tolm League
- name: Tolm League
  kind: organisation
  aliases: IS|TL
"""
JSON = """[
\t{"name": "Varsenian Front", "kind": "armed group", "aliases": ["VF"]}
]"""


def load(place: Path, text: str, name: str = "names.csv") -> Names:
    (place / name).write_text(text, "utf-8")
    return load_names(place / name)


def test_rows_of_a_table_are_known(tmp_path: Path) -> None:
    names = load(tmp_path, TABLE)
    (front,) = names.find("Front of Varsenia")
    assert (front.key, front.kind, front.source) == ("armed group:varsenian front", "armed group", "own")
    assert names.find("VF") == names.find("varsenian front") == (front,)
    assert names.find("vf") == ()


def test_a_users_row_wins_for_its_words(tmp_path: Path) -> None:
    names = load(tmp_path, TABLE)
    assert [found.name for found in names.find("IS")] == ["Tolm League"]
    assert [found.name for found in names.find("Daesh")] == ["Islamic State"]
    assert load_names().find("IS")[0].name == "Islamic State"


def test_a_row_for_a_thing_of_ours_adds_to_it(tmp_path: Path) -> None:
    names = load(tmp_path, TABLE)
    (taliban,) = names.find("Students of Tolm")
    assert taliban.key == "armed group:taliban"
    assert names.find("Taleban") == (taliban,) == names.find("Taliban")
    (hamas,) = names.find("Islamic Resistance Movement")
    assert hamas.key == "organisation:hamas"
    assert any(row.key == "organisation:hamas" for row in names.lineage_of(hamas))


def test_relations_come_with_their_line(tmp_path: Path) -> None:
    names = load(tmp_path, TABLE)
    assert names.are_distinct("organisation:tolm league", "armed group:varsenian front")
    watch = names.named("Night Watch")
    assert watch is not None
    (row,) = names.lineage_of(watch)
    assert (row.relation, row.other_key, row.source) == (
        "part of", "armed group:varsenian front", "names.csv, line 4"
    )  # fmt: skip


def test_the_network_sees_none_of_it(tmp_path: Path) -> None:
    assert load(tmp_path, TABLE).class_words() == load_names().class_words()


@pytest.mark.parametrize(
    ("name", "text"),
    [("n.yaml", YAML), ("n.yml", YAML), ("n.json", JSON), ("n.tsv", "name\tkind\taliases\nVarsenian Front\tarmed group\tVF\n"),
     ("n.csv", "\ufeff# a comment\nName;Kind;Aliases\n\nVarsenian Front;Armed Group;VF\n")],
)  # fmt: skip
def test_every_format_says_the_same(tmp_path: Path, name: str, text: str) -> None:
    assert load(tmp_path, text, name).find("VF")[0].key == "armed group:varsenian front"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,kind\nTolm,militia\n", r"line 2: kind is 'militia': it must be one of person,"),
        ("name,kind,alias\nTolm,place,T\n", r"line 1: there is no column 'alias': did you mean aliases"),
        ("name,kind\n\n,place\n", r"line 3: has no name"),
        ("name,kind\nTolm,place,more\n", r"line 2: has 3 cells"),
        ("name,kind,part_of\nA Tolm,organisation,Nobody\n", r"line 2: part_of names 'Nobody'"),
        ("name,kind\n", "holds no names"),
        ('name,kind\n"Tolm|Tolma",place\n', "line 2: name holds several"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(StopRun, match=problem):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- name: A\n  kind: place\n- kind: place\n", "line 3: has no name"),
        ("- name: [\n", "line 2: "),
        ("name: A\n", "line 1: is no list"),
        ("- A\n", "line 1: is no entry"),
        ("- name: A\n  kind: place\n  colour: red\n", "line 3: there is no column 'colour'"),
        ("- name: A\n  kind: place\n  aliases: {a: b}\n", "line 3: aliases must be words"),
    ],
)
def test_what_is_wrong_in_yaml_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(StopRun, match=problem):
        load(tmp_path, text, "names.yaml")


def test_a_file_that_is_not_there_or_no_text_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match="correct its path"):
        load_names(tmp_path / "absent.csv")
    (tmp_path / "noise.csv").write_bytes(b"name,kind\nTolm\xff,place\n")
    with pytest.raises(StopRun, match="line 2: is not UTF-8"):
        load_names(tmp_path / "noise.csv")


def test_a_changed_file_is_read_anew_and_changes_the_runs_digest(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    assert load(tmp_path, "name,kind\nTolm League,organisation\n").find("TL") == ()
    settings = load_settings(folder=tmp_path, environment={"ONRECORD_NAMES": str(path)})
    assert settings.names == path
    before = settings.digest()
    assert before != Settings().digest()
    assert load(tmp_path, "name,kind,aliases\nTolm League,organisation,TL\n").find("TL") != ()
    assert settings.digest() != before
    with pytest.raises(StopRun, match="cannot be read"):
        Settings(names=tmp_path / "absent.csv").digest()
