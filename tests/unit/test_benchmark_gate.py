"""The quality gate: it fails below a floor and never lowers one by accident."""

import pytest

from benchmarks.gate import Measured, check_floors, digest_files, raise_floors
from onrecord.errors import StopRun
from onrecord.evaluation.counts import Figures, Measure


def measure(value, *, task="attribution", name="relation", data="d1", system="model", quick=False):
    figures = Figures(task=task, data="made/dev", system=system, measures=(Measure(name=name, value=value),))
    return Measured(figures, data, quick)


FLOORS = raise_floors({}, [measure(0.7)], model_digest="w1")


def test_floors_stand_at_what_was_measured():
    assert FLOORS["tasks"]["attribution made/dev"]["floors"] == {"relation": {"floor": 0.7, "margin": 0.005}}
    assert check_floors(FLOORS, [measure(0.696)], model_digest="w1") == []
    assert check_floors(FLOORS, [measure(0.9)], model_digest="w1") == []


def test_a_fall_is_a_miss():
    misses = check_floors(FLOORS, [measure(0.69)], model_digest="w1")
    assert misses == ["attribution made/dev: relation is 0.6900, its floor 0.7000"]


def test_other_weights_and_other_data_are_misses():
    assert "the weights are w2" in check_floors(FLOORS, [], model_digest="w2")[0]
    assert "the weights are w2" in check_floors({}, [], model_digest="w2")[0]
    assert "the data are not those" in check_floors(FLOORS, [measure(0.9, data="d2")], model_digest="w1")[0]


def test_a_sample_has_floors_of_its_own():
    misses = check_floors(FLOORS, [measure(0.9, quick=True)], model_digest="w1")
    assert misses == ["attribution made/dev quick: relation has no floor: measure it with --update"]


def test_rules_and_views_are_not_gated():
    others = [measure(0.1, system="rules"), measure(0.1, name="relation, direct")]
    assert check_floors(FLOORS, others, model_digest="w1") == []


def test_update_refuses_to_lower_without_a_reason():
    with pytest.raises(StopRun, match=r"relation from 0\.7000 to 0\.6000"):
        raise_floors(FLOORS, [measure(0.6)], model_digest="w2")
    lowered = raise_floors(FLOORS, [measure(0.6)], model_digest="w2", reason="honest tokens")
    assert lowered["model_digest"] == "w2"
    assert lowered["tasks"]["attribution made/dev"]["floors"]["relation"]["floor"] == 0.6
    assert lowered["lowered"][0]["reason"] == "honest tokens"
    assert FLOORS["tasks"]["attribution made/dev"]["floors"]["relation"]["floor"] == 0.7


def test_floors_do_not_sink_within_the_margin():
    again = raise_floors(FLOORS, [measure(0.697)], model_digest="w1")
    assert again["tasks"]["attribution made/dev"]["floors"]["relation"]["floor"] == 0.7
    better = raise_floors(FLOORS, [measure(0.703)], model_digest="w1")
    assert better["tasks"]["attribution made/dev"]["floors"]["relation"]["floor"] == 0.703


def test_other_tasks_keep_their_floors_and_new_data_start_anew():
    more = raise_floors(FLOORS, [measure(0.8, task="syntax", name="LAS")], model_digest="w1")
    assert set(more["tasks"]) == {"attribution made/dev", "syntax made/dev"}
    anew = raise_floors(FLOORS, [measure(0.2, data="d2")], model_digest="w1")
    assert anew["tasks"]["attribution made/dev"]["floors"]["relation"]["floor"] == 0.2


def test_ceilings_where_less_is_better():
    ceiling = raise_floors({}, [measure(0.1, task="statements", name="wrong rows")], model_digest="w1")
    assert check_floors(ceiling, [measure(0.2, task="statements", name="wrong rows")], model_digest="w1")
    assert not check_floors(ceiling, [measure(0.05, task="statements", name="wrong rows")], model_digest="w1")
    with pytest.raises(StopRun):
        raise_floors(ceiling, [measure(0.2, task="statements", name="wrong rows")], model_digest="w1")


def test_a_promise_is_not_moved_by_measuring():
    ceiling = raise_floors({}, [measure(1.0, task="dates", name="wrongly sure")], model_digest="w1")
    assert check_floors(ceiling, [measure(1.0, task="dates", name="wrongly sure")], model_digest="w1")
    assert not check_floors(ceiling, [measure(0.0, task="dates", name="wrongly sure")], model_digest="w1")


def test_digest_depends_on_the_bytes_not_on_the_order_given(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    assert digest_files([first, second]) == digest_files([second, first])
    before = digest_files([first])
    first.write_bytes(b"3")
    assert digest_files([first]) != before
