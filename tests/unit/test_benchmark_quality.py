"""The quality command from end to end, on a made-up corpora folder and a made-up model."""

import json

import numpy as np
import pytest

from benchmarks import quality
from onrecord.records import Annotation


class Silent:
    """A model that cuts words at blanks and finds nothing."""

    def __init__(self, digest):
        self.digest = digest

    def annotate(self, texts, litter=()):
        return [self.cut(text) for text in texts]

    def cut(self, text):
        words = text.split()
        starts = [text.index(word) for word in words]
        return Annotation(
            starts=np.array(starts, np.int32),
            ends=np.array([a + len(word) for a, word in zip(starts, words, strict=True)], np.int32),
            sentences=np.array([0], np.int32),
            upos=("X",) * len(words),
            lemmas=("",) * len(words),
            heads=np.full(len(words), -1, np.int32),
            deprels=("root",) * len(words),
        )


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with corpora for one task; floors and figures are written beside them."""
    names = tmp_path / "corpora" / "ner" / "uner_ewt"
    names.mkdir(parents=True)
    rows = [{"tokens": ["so", "it", "is"], "ents": []}, {"tokens": ["Ana", "left"], "ents": [[0, 1, "PER"]]}]
    (names / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setenv("ONRECORD_CORPORA", str(tmp_path / "corpora"))
    tasks = [task._replace(gold=task.gold.removesuffix(".gz")) for task in quality.TASKS]
    monkeypatch.setattr(quality, "TASKS", tasks)
    monkeypatch.setattr(quality, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(quality, "FIGURES", tmp_path / "figures.json")
    monkeypatch.setattr(quality, "GOLD", tmp_path)
    set_weights(monkeypatch, "w1")
    return tmp_path


def set_weights(monkeypatch, digest):
    monkeypatch.setattr(quality, "load_systems", lambda: {"model": Silent(digest), "rules": Silent("r")})


def test_without_floors_it_fails_and_with_them_it_holds(place, capsys, monkeypatch):
    assert quality.main([]) == 1
    shown = capsys.readouterr()
    assert "syntax: syntax/ewt/dev.conllu is not here: not measured" in shown.out
    assert "has no floor" in shown.err
    assert quality.main(["--update"]) == 0
    floors = json.loads((place / "floors.json").read_text(encoding="utf-8"))
    assert floors["model_digest"] == "w1"
    assert floors["tasks"]["entities uner_ewt/dev"]["floors"]["F1, 3 classes"]["floor"] == 0.0
    figures = json.loads((place / "figures.json").read_text(encoding="utf-8"))
    assert [each["system"] for each in figures["figures"]] == ["model", "rules"]
    assert quality.main([]) == 0
    set_weights(monkeypatch, "w2")
    assert quality.main([]) == 1
    assert "the weights are w2" in capsys.readouterr().err


def test_without_corpora_the_weights_are_still_checked(place, capsys, monkeypatch):
    quality.main(["--update"])
    capsys.readouterr()
    monkeypatch.setenv("ONRECORD_CORPORA", str(place / "none"))
    assert quality.main(["--quick"]) == 0
    assert capsys.readouterr().out.count("not measured") == len(quality.TASKS) + 1  # and own nested gold
    set_weights(monkeypatch, "w2")
    assert quality.main(["--quick"]) == 1


def test_own_nested_gold_is_measured_part_by_part(place, capsys):
    rows = [
        {"id": part, "part": part, "kind": "flat", "text": "So it is", "attributions": []}
        for part in ("a", "b")
    ]
    (place / "language").mkdir()
    (place / "language" / "nested.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert quality.main(["--task", "nesting", "--update"]) == 0
    figures = json.loads((place / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert [(each["task"], each["data"], each["system"]) for each in figures] == [
        (task, f"own/nested {part}", system)
        for part in ("a", "b")
        for task, system in (("nesting", "model"), ("nesting", "rules"), ("calibration", "model"))
    ]
    assert "false pairs in flat texts" in capsys.readouterr().out


def test_samples_never_become_the_shipped_figures(place):
    assert quality.main(["--quick", "--update"]) == 0
    assert not (place / "figures.json").exists()
    floors = json.loads((place / "floors.json").read_text(encoding="utf-8"))
    assert list(floors["tasks"]) == ["entities uner_ewt/dev quick"]


def test_figures_of_the_same_weights_are_kept_when_only_one_task_is_measured(place, monkeypatch):
    quality.main(["--update"])
    quality.main(["--update", "--task", "syntax"])
    figures = json.loads((place / "figures.json").read_text(encoding="utf-8"))
    assert [each["task"] for each in figures["figures"]] == ["entities", "entities"]
    set_weights(monkeypatch, "w2")
    quality.main(["--update", "--task", "syntax"])
    figures = json.loads((place / "figures.json").read_text(encoding="utf-8"))
    assert figures["model_digest"] == "w1"  # nothing was measured with the new weights


def test_a_floor_falls_only_with_a_reason(place, capsys):
    quality.main(["--update"])
    floors = json.loads((place / "floors.json").read_text(encoding="utf-8"))
    floors["tasks"]["entities uner_ewt/dev"]["floors"]["F1, 3 classes"]["floor"] = 0.9
    (place / "floors.json").write_text(json.dumps(floors), encoding="utf-8")
    assert quality.main([]) == 1
    assert "F1, 3 classes is 0.0000, its floor 0.9000" in capsys.readouterr().err
    assert quality.main(["--update"]) == 1
    assert "floors would fall" in capsys.readouterr().err
    assert quality.main(["--update", "--lower", "a made-up reason"]) == 0
    assert quality.main([]) == 0
