"""Reports: figures beside peers and people, as a table and as plain values."""

import json
from dataclasses import replace

import numpy as np
import pytest

from onrecord.errors import StopRun
from onrecord.evaluation.counts import Figures, Measure, Table
from onrecord.evaluation.published import HUMAN, find_peers, list_peers
from onrecord.evaluation.report import (
    evaluate_task,
    figures_from_json,
    figures_to_json,
    format_figures,
    format_published,
    format_value,
    published_table,
)
from onrecord.evaluation.tasks import list_tasks, name_data, take_stride
from onrecord.records import Annotation, Attribution, EntitySpan

MODEL = Figures(
    task="attribution",
    data="polnear/dev",
    system="model",
    measures=(
        Measure(name="exact cue", value=0.7, low=0.65, high=0.75, gold=100),
        Measure(name="relation, direct", value=0.5),
    ),
    notes=("a note",),
)
RULES = Figures(
    task="attribution", data="polnear/dev", system="rules", measures=(Measure(name="exact cue", value=0.4),)
)


def test_tables_set_systems_beside_peers_and_people():
    lines = format_figures([MODEL, RULES]).splitlines()
    assert lines[0] == "attribution: polnear/dev"
    assert "70.0 (65.0-75.0)" in lines[2] and "40.0" in lines[2]
    assert "75.3 CofeNet-BERT [P]" in lines[2] and "70.7 [M]" in lines[2]
    assert lines[3] == "  note: a note"
    assert "relation, direct" in format_figures([MODEL], views=True)


def test_values_are_printed_as_per_cent_or_count():
    assert (format_value(0.8321), format_value(1.0)) == ("83.2", "100.0")
    wrong = Measure(name="wrongly sure", value=1.0, gold=32, counted=True)
    dates = Figures(task="dates", data="html/gold", system="intake", measures=(wrong,))
    assert format_figures([dates]).splitlines()[2].split() == ["wrongly", "sure", "1", "32"]


def test_figures_survive_json():
    again = figures_from_json(json.loads(json.dumps(figures_to_json(MODEL))))
    assert again == MODEL
    assert "tables" not in figures_to_json(MODEL)


def test_tables_survive_json_and_are_printed_with_the_views():
    table = Table(name="by threshold", columns=("score", "count", "precision"), rows=((0.9, 0, None),))
    figures = replace(MODEL, tables=(table,))
    assert figures_from_json(json.loads(json.dumps(figures_to_json(figures)))) == figures
    assert "by threshold" not in format_figures([figures])
    lines = format_figures([figures], views=True).splitlines()
    assert lines[-3:] == ["  by threshold:", "    score  count  precision", "    90.0   0      –"]


def test_every_published_figure_has_a_mark_and_a_source():
    for peer in list_peers():
        assert peer.mark in ("P", "M", "S") and peer.source and 0 < peer.value <= 1, peer


def test_peers_come_best_first():
    peers = find_peers("attribution", "polnear/dev", "exact source")
    assert [peer.system for peer in peers[:2]] == ["CofeNet-BERT", HUMAN]
    assert find_peers("attribution", "gum/dev", "exact source") == []


def test_published_table_holds_every_peer():
    rows = published_table()
    assert {row["system"] for row in rows} >= {peer.system for peer in list_peers()}
    assert all(row["mark"] in "PMS" for row in rows)
    assert "development parts" in format_published()
    assert "calibration: " not in format_published()


class OneName:
    """A model that finds one attribution and one name in any text: words 0, 1 and the rest."""

    digest = "one"

    def annotate(self, texts, litter=()):
        found = []
        for text in texts:
            spans, place = [], 0
            for word in text.split():
                start = text.index(word, place)
                place = start + len(word)
                spans.append((start, place))
            count = len(spans)
            found.append(
                Annotation(
                    starts=np.array([a for a, _ in spans], np.int32),
                    ends=np.array([b for _, b in spans], np.int32),
                    sentences=np.array([0], np.int32),
                    upos=("X",) * count,
                    lemmas=("",) * count,
                    heads=np.array([-1, *range(count - 1)], np.int32),
                    deprels=("root", *["dep"] * (count - 1)),
                    entities=(EntitySpan(0, 1, "person", 1.0),),
                    attributions=(Attribution(((0, 1),), ((1, 2),), ((2, count),), -1, 1.0, 1.0),),
                )
            )
        return found


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_tasks_run_from_files(tmp_path):
    article = {
        "id": "a",
        "text": "Ana denied it",
        "attributions": [{"source": [[0, 3]], "cue": [[4, 10]], "content": [[11, 13]]}],
    }
    figures = evaluate_task("attribution", write_lines(tmp_path / "dev.jsonl", [article]), OneName())
    assert figures.value("relation strict") == 1.0
    assert figures.data == f"{tmp_path.name}/dev"

    sentences = [
        {"tokens": ["Ana", "left"], "ents": [[0, 1, "PER"]]},
        {"tokens": ["so", "it", "is"], "ents": []},
    ]
    figures = evaluate_task("entities", write_lines(tmp_path / "names.jsonl", sentences), OneName())
    assert figures.value("F1, 3 classes") == pytest.approx(2 / 3)
    figures = evaluate_task("entities", tmp_path / "names.jsonl", OneName(), stride=2)
    assert figures.value("F1, 3 classes") == 1.0

    trees = tmp_path / "trees.conllu"
    trees.write_text(
        "1\tGo\tgo\tX\t_\t_\t0\troot\t_\t_\n2\ton\ton\tX\t_\t_\t1\tdep\t_\t_\n\n", encoding="utf-8"
    )
    assert evaluate_task("syntax", trees, OneName()).value("LAS") == 1.0


def test_unknown_tasks_and_files_stop_with_a_remedy(tmp_path):
    with pytest.raises(StopRun, match="attribution, calibration, coreference, entities, "):
        evaluate_task("speling", tmp_path, OneName())
    with pytest.raises(StopRun, match="no gold file"):
        evaluate_task("syntax", tmp_path / "none", OneName())
    assert set(list_tasks()) >= {"attribution", "coreference", "nesting", "speakers", "syntax"}


def test_samples_and_names(tmp_path):
    assert take_stride([1, 2, 3, 4, 5], 2) == [1, 3, 5]
    assert take_stride([1, 2], 0) == [1, 2]
    assert name_data(tmp_path / "dev.conllu.gz") == f"{tmp_path.name}/dev"
