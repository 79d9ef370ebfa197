"""Configuration -> trained weights, with a log of losses and dev figures; stops and resumes at any batch."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.language.features import Wordpieces
from training.average import read_weights
from training.batches import Window, make_batch, plan_batches
from training.losses import WEIGHTS, compute_losses
from training.mixture import Mixture, make_dev
from training.network import LAYERS, Network, Scores, read_tables
from training.scores import Run, score_dev
from training.teacher import Teacher, compare

FROZEN = ("encoder.word", "encoder.kind")
"""Word embeddings stay as published: half of all weights, and rare words keep their places."""


class Fit:
    """One training run: everything that a checkpoint holds, and the steps."""

    def __init__(self, config: dict[str, Any], mixture: Mixture, dev: dict[str, Any], encoder: Path) -> None:
        self.config = config["fit"]
        self.mixture, self.dev = mixture, dev
        self.folder = Path(config["paths"]["run"])
        self.folder.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.relations = mixture.list_relations()
        torch.set_num_threads(self.config["threads"])
        torch.manual_seed(self.config["seed"])
        self.network = Network(len(self.relations), self.config["dropout"])
        self.fresh: list[str] = []
        self.network.encoder.load_minilm(encoder / "model.safetensors")
        self.start_from(config["fit"].get("start"))
        for name, weight in self.network.named_parameters():
            weight.requires_grad = not name.startswith(FROZEN)
        self.network.to(self.device)
        self.trained = {n: p for n, p in self.network.named_parameters() if p.requires_grad}
        self.average = {name: weight.detach().clone() for name, weight in self.trained.items()}
        self.optimizer = self.make_optimizer()
        teachers = self.config.get("teachers", [])
        self.teacher = Teacher(teachers, self.network) if teachers else None
        self.step, self.epoch, self.done = 0, 0, 0
        self.smooth: dict[str, float] = {}
        self.steps_an_epoch: list[int] = []

    def start_from(self, start: str | None) -> None:
        """Take weights of a run's file or of a shipped folder, where one is given, in place of fresh heads.

        Word embeddings stay those of MiniLM. What the start lacks keeps its fresh values.
        """
        if start is None:
            return
        path = Path(start)
        wanted = self.config.get("start_sha256")
        if wanted is not None:
            digest = hashlib.sha256((path / "model.int8.onnx").read_bytes()).hexdigest()
            if digest != wanted:
                raise ValueError(f"{path} holds other weights ({digest[:12]}) than the configuration names")
        weights, relations = read_weights(path)
        if relations != self.relations:
            raise ValueError(f"{path} knows other relations than the corpora")
        kept = {name: weight for name, weight in weights.items() if not name.startswith(FROZEN)}
        missing, extra = self.network.load_state_dict(kept, strict=False)
        if extra:
            raise ValueError(f"{path} holds weights that the network lacks: {extra}")
        self.fresh = [name for name in missing if not name.startswith(FROZEN)]

    def make_optimizer(self) -> torch.optim.Optimizer:
        """Return AdamW with a rate for the heads and lower ones for the encoder's layers."""
        rates: dict[float, list[torch.nn.Parameter]] = {}
        for name, weight in self.trained.items():
            rates.setdefault(self.find_rate(name), []).append(weight)
        groups = [{"params": weights, "lr": rate, "full": rate} for rate, weights in rates.items()]
        return torch.optim.AdamW(
            groups, weight_decay=self.config["weight_decay"], betas=(0.9, 0.98), fused=True
        )

    def find_rate(self, name: str) -> float:
        """Return the full learning rate of a weight: each layer down learns `layer_decay` times as fast."""
        if not name.startswith("encoder."):
            return float(self.config["fresh_rate" if name in self.fresh else "head_rate"])
        parts = name.split(".")
        depth = LAYERS - 1 - int(parts[2]) if parts[1] == "layers" else LAYERS
        return float(self.config["encoder_rate"] * self.config["layer_decay"] ** depth)

    def plan(self, epoch: int) -> list[list[Window]]:
        """Return the batches of an epoch: the same ones whenever they are asked for."""
        seed = self.config["seed"] * 7919 + epoch
        return plan_batches(self.mixture.pick_epoch(epoch), seed, self.config["subwords_a_step"])

    def set_rate(self) -> float:
        """Set the learning rates for this step: a warm-up, then a straight line down."""
        total = self.config["epochs"] * self.steps_an_epoch[0]
        passed, warm = min(1.0, self.step / total), self.config["warm_up"]
        low = self.config["last_rate"]
        factor = passed / warm if passed < warm else max(low, 1 - (passed - warm) / (1 - warm) * (1 - low))
        for group in self.optimizer.param_groups:
            group["lr"] = group["full"] * max(factor, 1e-3)
        return float(factor)

    def train_batch(self, windows: list[Window], table: dict[str, int]) -> int:
        """Take one step; return the subwords it saw."""
        torch.manual_seed(self.config["seed"] * 1_000_003 + self.step)
        batch = make_batch(windows, table, augment=True, hidden=self.config.get("hidden", 0.0))
        moved = {name: tensor.to(self.device) for name, tensor in batch.items()}
        self.set_rate()
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.config["half"]):
            scores = self.network(moved)
            losses = compute_losses(self.network, scores, moved)
            losses["taught"] = self.learn_from_teacher(windows, table, scores, moved)
        torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(list(self.trained.values()), self.config["clip"])
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.update_average()
        for name, loss in losses.items():
            value = float(loss.detach())
            self.smooth[name] = 0.98 * self.smooth.get(name, value) + 0.02 * value
        return int(batch["mask"].sum())

    def learn_from_teacher(
        self, windows: list[Window], table: dict[str, int], scores: Scores, moved: dict[str, Tensor]
    ) -> Tensor:
        """Return the loss against the teacher, who sees the texts unchanged; 0 without one."""
        if self.teacher is None:
            return scores.words.sum() * 0
        plain = make_batch(windows, table, augment=False)
        soft = self.teacher({name: tensor.to(self.device) for name, tensor in plain.items()})
        return compare(self.network, scores, moved, soft)

    def update_average(self) -> None:
        """Move the average of the weights; it follows fast at first."""
        keep = min(self.config["average"], (1 + self.step) / (10 + self.step))
        averages = list(self.average.values())
        torch._foreach_lerp_(averages, [weight.detach() for weight in self.trained.values()], 1 - keep)

    def run(self) -> None:
        """Train until the last epoch is done."""
        table = {name: index for index, name in enumerate(self.relations)}
        self.network.train()
        while self.epoch < self.config["epochs"]:
            batches = self.plan(self.epoch)
            if len(self.steps_an_epoch) == self.epoch:
                self.steps_an_epoch.append(len(batches))
            batches = batches[: round(len(batches) * min(1.0, self.config["epochs"] - self.epoch))]
            saved = began = time.monotonic()
            seen = 0
            for windows in batches[self.done :]:
                seen += self.train_batch(windows, table)
                self.done += 1
                if self.step % 50 == 0:
                    self.log_step(seen / (time.monotonic() - began), len(batches))
                if time.monotonic() - saved > self.config["checkpoint_seconds"]:
                    self.save()
                    saved = time.monotonic()
            self.epoch, self.done = self.epoch + 1, 0
            self.save()
            self.save_average()
            self.log({"epoch": self.epoch, "step": self.step, "dev": self.score()})

    def log_step(self, speed: float, batches: int) -> None:
        """Write losses and speed."""
        losses = {name: round(value, 4) for name, value in self.smooth.items()}
        done = round(self.epoch + self.done / batches, 3)
        rate = self.optimizer.param_groups[0]["lr"]
        self.log(
            {"step": self.step, "epochs": done, "rate": rate, "subwords_s": round(speed), "loss": losses}
        )

    def log(self, record: dict[str, Any]) -> None:
        """Append a record to the run's log and print it."""
        line = json.dumps({"time": time.strftime("%H:%M:%S", time.gmtime()), **record})
        print(line, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def save(self) -> None:
        """Write a checkpoint; a stop in the middle leaves the one before."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "place": (self.step, self.epoch, self.done),
            "smooth": self.smooth,
            "steps_an_epoch": self.steps_an_epoch,
            "relations": self.relations,
        }
        partial = self.folder / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self.folder / "checkpoint.pt")

    def load(self) -> bool:
        """Go on from the checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        for name, weight in state["average"].items():
            self.average[name].copy_(weight)
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch, self.done = state["place"]
        self.smooth, self.steps_an_epoch = state["smooth"], state["steps_an_epoch"]
        return True

    def averaged_state(self) -> dict[str, Tensor]:
        """Return all weights, the trained ones averaged."""
        state = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        state.update({name: tensor.clone() for name, tensor in self.average.items()})
        return state

    def save_average(self) -> Path:
        """Write what is exported: the averaged weights of the finished epoch and the relations."""
        path = self.folder / f"epoch{self.epoch}.pt"
        torch.save({"weights": self.averaged_state(), "relations": self.relations}, path)
        return path

    def score(self) -> dict[str, float]:
        """Return the dev figures of the averaged weights."""
        network = Network(len(self.relations)).to(self.device)
        network.load_state_dict(self.averaged_state())
        return score_dev(make_run(network, self.device, self.config["half"]), self.dev, self.relations)


def make_run(network: Network, device: torch.device, half: bool) -> Run:
    """Return a function from a batch to the network's outputs as arrays."""
    network.eval()

    def run(batch: dict[str, Tensor]) -> dict[str, Any]:
        moved = {name: tensor.to(device) for name, tensor in batch.items()}
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
            scores = network(moved)
            outputs = {name: getattr(scores, name).float().cpu().numpy() for name in SCORED}
            roles = network.roles(scores.words, scores.present, moved["anchors"])
            outputs["roles"] = roles.float().cpu().numpy()

            def score_relations(heads: Any) -> Any:
                with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
                    chosen = torch.from_numpy(heads).to(device)
                    return network.score_relations(scores, chosen).float().cpu().numpy()

            outputs["score_relations"] = score_relations
            outputs["tables"] = read_tables(network)
        return outputs

    return run


SCORED: Iterable[str] = (
    "upos", "entity", "sentence", "arc", "anchor_top", "anchor_any", "coref_query", "coref_key", "mention"
)  # fmt: skip


def fit(config: dict[str, Any], corpora: Path, encoder: Path) -> Fit:
    """Train as configured, from the last checkpoint where there is one."""
    wordpieces = Wordpieces(encoder / "tokenizer.json")
    mixture = Mixture.read(corpora, config["mix"], wordpieces, config["fit"]["seed"])
    job = Fit(config, mixture, make_dev(corpora, wordpieces), encoder)
    resumed = job.load()
    job.log({"resumed": resumed, "step": job.step, "config": config["fit"], "mix": config["mix"]})
    job.run()
    return job
