"""Losses and the exported graph of the training network, on random weights and made-up batches."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
pytest.importorskip("onnx")

from onrecord.language.features import COLUMNS  # noqa: E402
from training.cases import ENTITY, IGNORED  # noqa: E402
from training.losses import compute_losses, score_allowed  # noqa: E402
from training.network import Network  # noqa: E402


def make_batch(rows: int = 2, words: int = 9) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    size = (rows, words)
    batch = {name: torch.zeros(rows, words + 1, dtype=torch.int64) for name in COLUMNS}
    batch["ids"] = torch.randint(1000, 2000, (rows, words + 1), generator=generator)
    batch["mask"] = torch.ones(rows, words + 1, dtype=torch.int64)
    batch["first"] = torch.arange(words).repeat(rows, 1)
    for name in ("upos", "sentence", "heads", "relations", "kinds", "anchor_top", "anchor_any"):
        batch[name] = torch.zeros(size, dtype=torch.int64)
    batch["entity"] = torch.ones(size, dtype=torch.int64)
    batch["sentence_number"] = torch.ones(size, dtype=torch.int64)
    batch["sentence_weight"] = torch.ones(rows)
    batch["anchors"] = torch.tensor([[0, 3], [1, 5]])
    batch["roles"] = torch.zeros(size, dtype=torch.int64)
    batch["chain_words"] = torch.tensor([[0, 1], [0, 4], [1, 2]])
    batch["chain_groups"] = torch.tensor([9, 1, 10])
    for name in ("chain_gap", "chain_match", "chain_bond"):
        batch[name] = torch.zeros(3, 3, dtype=torch.int64)
    batch["chain_texts"] = torch.zeros(3, dtype=torch.int64)
    batch["chain_right"] = torch.tensor([[0, 0, 0], [1, 0, 0], [0, 0, 0]]).bool()
    return batch


def forget_chains(batch: dict[str, torch.Tensor]) -> None:
    for name in ("chain_words", "chain_groups", "chain_texts"):
        batch[name] = batch[name][:0]
    for name in ("chain_gap", "chain_match", "chain_bond", "chain_right"):
        batch[name] = batch[name][:0, :0]


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(0)
    return Network(relations=5).eval()


def test_every_task_has_a_loss_that_falls_on_unlabelled_batches(network: Network) -> None:
    batch = make_batch()
    losses = compute_losses(network, network(batch), batch)
    assert all(loss.item() > 0 for loss in losses.values())
    for name in ("upos", "sentence", "heads", "relations", "kinds", "anchor_top", "anchor_any"):
        batch[name] = torch.full_like(batch[name], IGNORED)
    batch["entity"] = torch.zeros_like(batch["entity"])
    batch["anchors"], batch["roles"] = torch.zeros(0, 2, dtype=torch.int64), torch.zeros(0, 9)
    forget_chains(batch)
    losses = compute_losses(network, network(batch), batch)
    assert all(abs(loss.item()) < 1e-6 for loss in losses.values())


def test_allowed_tags_share_their_probability() -> None:
    logits = torch.zeros(1, 2, len(ENTITY))
    one = score_allowed(logits, torch.tensor([[1, 1]]))
    two = score_allowed(logits, torch.tensor([[0b11, 0b11]]))
    assert one.item() - two.item() == pytest.approx(0.6931, abs=1e-3)


def test_graph_equals_torch_and_picks_anchors(network: Network, tmp_path: Path) -> None:
    from training.export import compare, export_graph, make_inputs, open_session, run_session

    batch = make_batch()
    export_graph(network, batch, tmp_path / "model.onnx")
    session = open_session(tmp_path / "model.onnx")
    other = make_batch(rows=3, words=14)
    assert set(compare(network, session, [batch, other]).values()) == {100.0}
    assert make_inputs(batch)[-1].shape == (2,)
    none = run_session(session, other, threshold=1.0)
    assert none["anchors"].tolist() == [[0, 0]] and none["roles"].shape == (1, 14, 7)
    every = run_session(session, other, threshold=0.0)
    assert len(every["anchors"]) == 1 + 3 * 13, "the root is no anchor but the dummy"
