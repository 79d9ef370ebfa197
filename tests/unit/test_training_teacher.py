"""Learning from a teacher: nothing to learn from oneself, something from another."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
pytest.importorskip("onnx")

from tests.unit.test_training_network import make_batch  # noqa: E402
from training.network import Network  # noqa: E402
from training.teacher import Teacher, compare  # noqa: E402


def save(network: Network, path: Path) -> str:
    torch.save({"weights": network.state_dict(), "relations": ["a"]}, path)
    return str(path)


def test_one_learns_from_others_only(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network, other = Network(relations=1).eval(), Network(relations=1).eval()
    batch = make_batch()
    itself = Teacher([save(network, tmp_path / "a.pt")], network)
    assert compare(network, network(batch), batch, itself(batch)).item() == pytest.approx(0, abs=1e-4)
    both = Teacher([save(network, tmp_path / "a.pt"), save(other, tmp_path / "b.pt")], network)
    loss = compare(network, network(batch), batch, both(batch))
    assert loss.item() > 1e-3
    loss.backward()
    assert network.upos[0].weight.grad is not None
    assert all(weight.grad is None for member in both.members for weight in member.parameters())
