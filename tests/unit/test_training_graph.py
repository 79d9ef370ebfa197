"""The form of the network that ships: row by row it says what the trained network says of a padded batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
onnx = pytest.importorskip("onnx")

from tests.unit.test_training_network import make_batch  # noqa: E402
from training import export, graph  # noqa: E402
from training.network import Network  # noqa: E402

THRESHOLD = 0.45
"""Lets some words through as anchors, on random weights."""


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    return Network(relations=5).eval()


def make_padded() -> dict[str, torch.Tensor]:
    """Three rows of 60, 31 and 2 words."""
    batch = make_batch(rows=3, words=60)
    for row, words in ((1, 31), (2, 2)):
        batch["first"][row, words:] = 0
        batch["mask"][row, words + 1 :] = 0
    return batch


@pytest.fixture(scope="module")
def exported(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    export.export_graph(network, make_padded(), path)
    return path


def test_rows_come_out_as_in_a_padded_batch(network: Network, exported: Path) -> None:
    batch = make_padded()
    found = export.run_session(export.open_session(exported), batch, THRESHOLD)
    with torch.no_grad():
        wanted = export.score_all(network, batch, torch.full((2,), THRESHOLD))
    present = batch["first"].numpy() > 0
    present[:, 0] = True
    assert found["anchors"].tolist() == wanted["anchors"].tolist()
    assert 1 < len(found["anchors"]) < present.sum(), "some words are anchors"
    for name in export.OUTPUTS:
        new, old = found[name], wanted[name].numpy()
        assert new.shape == old.shape, name
        if name == "arc":
            new, old = (
                new
                * present[
                    :,
                    None,
                    :,
                ],
                old * present[:, None, :],
            )
        if name != "anchors":
            real = present[found["anchors"][:, 0]] if name == "roles" else present
            np.testing.assert_allclose(new[real], old[real], atol=2e-4, err_msg=name)


def test_each_kind_of_anchor_has_its_threshold(network: Network, exported: Path) -> None:
    batch = make_padded()
    feeds = export.cut_row(batch, 0)
    session = export.open_session(exported)
    with torch.no_grad():
        scores = network(batch)
    for name, thresholds in (("anchor_top", (THRESHOLD, 1.0)), ("anchor_any", (1.0, THRESHOLD))):
        feeds["thresholds"] = np.array(thresholds, np.float32)
        (anchors,) = session.run(["anchors"], feeds)
        chances = torch.sigmoid(getattr(scores, name)[0]).numpy()
        wanted = [word for word in range(1, 60) if chances[word] > THRESHOLD]
        assert anchors.tolist() == [[0, 0], *([0, word] for word in wanted)]


def test_early_quantisation_changes_no_number(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.quantize(exported, tmp_path / "early.onnx")
    with monkeypatch.context() as patched:
        patched.setattr(export, "quantize_early", lambda model: 0)
        export.quantize(exported, tmp_path / "late.onnx")
    assert graph.quantize_early(onnx.load(str(tmp_path / "late.onnx"))) == 2, "both mixes of the role tagger"
    batch = make_padded()
    early, late = (
        export.run_session(export.open_session(tmp_path / f"{name}.onnx"), batch, THRESHOLD)
        for name in ("early", "late")
    )
    for name in export.OUTPUTS:
        np.testing.assert_array_equal(early[name], late[name], err_msg=name)


def test_sums_and_norms_are_not_fused(exported: Path, tmp_path: Path) -> None:
    options = export.onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "fused.onnx")
    export.onnxruntime.InferenceSession(str(exported), options, providers=["CPUExecutionProvider"])
    kinds = [node.op_type for node in onnx.load(str(tmp_path / "fused.onnx")).graph.node]
    assert "SkipLayerNormalization" not in kinds
    assert kinds.count("MultiHeadAttention") == 6 and "Softmax" not in kinds


def test_the_network_itself_is_left_as_it_was(network: Network) -> None:
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    graph.make_whole(network)
    after = network.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
