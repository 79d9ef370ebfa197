"""Padded batch of subwords -> scores of every task: MiniLM encoder (plain torch) and word-level heads."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.language.candidates import BONDS, GROUPS, MATCHES
from onrecord.language.coreference import GAPS, Tables
from onrecord.language.features import COLUMNS, KNOWN, SHAPES
from training.cases import ENTITY, KIND, ROLE, UPOS

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
SHAPE_WIDTH, LINE_WIDTH = 32, 8
TABLE_SCALE = 15.0
"""What the tables of pairs of mentions are multiplied by: their few numbers are seen in one batch of seven
and would not get anywhere at the rate of the others."""
WORD = HIDDEN + SHAPE_WIDTH + LINE_WIDTH
ARC, RELATION, ROLE_WIDTH, CHAIN = 256, 192, 160, 128
DISTANCES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, 48, 64, 96)
"""Edges of the distance classes between a cue and a word, the same on both sides."""


class Scores(NamedTuple):
    """Everything the heads say of a batch, before the roles (which need anchors)."""

    upos: Tensor
    entity: Tensor
    sentence: Tensor
    arc: Tensor
    rel_dep: Tensor
    rel_head: Tensor
    anchor_top: Tensor
    anchor_any: Tensor
    coref_query: Tensor
    coref_key: Tensor
    mention: Tensor
    kind: Tensor
    words: Tensor
    present: Tensor


def drop_rows(x: Tensor, share: float, training: bool) -> Tensor:
    """Return dropout with one mask a sequence: on a CPU the usual one takes a tenth of a step."""
    if not training or share == 0:
        return x
    shape = (x.shape[0],) + (1,) * (x.dim() - 2) + (x.shape[-1],)
    mask = torch.empty(shape, device=x.device).bernoulli_(1 - share).div_(1 - share)
    return x * mask.to(x.dtype)


class Layer(nn.Module):
    """One encoder layer; plain products, as the fused attention is slower on a CPU."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.norm_output = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, _ = x.shape
        parts = self.qkv(x).view(rows, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        weights = torch.matmul(parts[0], parts[1].transpose(2, 3)) * (HIDDEN // HEADS) ** -0.5
        weights = torch.softmax(weights + bias.to(weights.dtype), -1)
        mixed = torch.matmul(weights.to(parts.dtype), parts[2]).transpose(1, 2).reshape(rows, length, HIDDEN)
        x = self.norm_attention(x + drop_rows(self.out(mixed), self.dropout, self.training))
        inner = self.narrow(F.gelu(self.wide(x)))
        return self.norm_output(x + drop_rows(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """MiniLM with embeddings of word shape, spacing and line starts added to its input."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.kind = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        self.glued = nn.Embedding(3, HIDDEN)
        self.line = nn.Embedding(2, HIDDEN)
        self.known = nn.Embedding(KNOWN, HIDDEN)
        for table in (self.shape, self.glued, self.line, self.known):
            nn.init.normal_(table.weight, std=0.01)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def load_minilm(self, path: Path) -> None:
        """Take the published weights (safetensors of all-MiniLM-L6-v2)."""
        old = load_file(path)
        new = {
            "word.weight": old["embeddings.word_embeddings.weight"],
            "position.weight": old["embeddings.position_embeddings.weight"],
            "kind.weight": old["embeddings.token_type_embeddings.weight"],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        places = {
            "out": "attention.output.dense",
            "norm_attention": "attention.output.LayerNorm",
            "wide": "intermediate.dense",
            "narrow": "output.dense",
            "norm_output": "output.LayerNorm",
        }
        for index in range(LAYERS):
            for part in ("weight", "bias"):
                source = f"encoder.layer.{index}."
                three = [old[f"{source}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                new[f"layers.{index}.qkv.{part}"] = torch.cat(three)
                for name, place in places.items():
                    new[f"layers.{index}.{name}.{part}"] = old[f"{source}{place}.{part}"]
        missing, extra = self.load_state_dict(new, strict=False)
        assert not extra and all(key.split(".")[0] in COLUMNS for key in missing)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Return a vector a subword, [rows, subwords, HIDDEN]."""
        ids, mask = batch["ids"], batch["mask"]
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.kind.weight[0]
        x = x + self.shape(batch["shape"]) + self.glued(batch["glued"]) + self.line(batch["line"])
        x = x + self.known(batch["known"])
        x = drop_rows(self.norm(x), self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


class RoleTagger(nn.Module):
    """Tags every word of a window as part of one given cue's attribution (nested ones come out apart)."""

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.of_word = nn.Linear(WORD, 2 * ROLE_WIDTH)
        self.of_cue = nn.Linear(WORD, 2 * ROLE_WIDTH)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 1, ROLE_WIDTH)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.mixes = nn.ModuleList(nn.Linear(5 * ROLE_WIDTH, ROLE_WIDTH) for _ in range(layers))
        self.tag = nn.Linear(ROLE_WIDTH, len(ROLE))
        self.register_buffer("edges", torch.tensor(DISTANCES), persistent=False)

    def forward(self, words: Tensor, present: Tensor, anchors: Tensor) -> Tensor:
        """Return role scores [anchors, words, tags]; `anchors` holds (row, word) pairs."""
        row, cue = anchors[:, 0], anchors[:, 1]
        plain, product = self.of_word(words)[row].chunk(2, -1)
        cue_plain, cue_product = self.of_cue(words[row, cue]).chunk(2, -1)
        gap = torch.arange(words.shape[1], device=words.device)[None, :] - cue[:, None]
        size = (gap.abs()[:, :, None] >= self.edges).sum(-1)
        near = self.distance(size * torch.sign(gap) + len(DISTANCES))
        x = F.gelu(plain + cue_plain[:, None] + near + product * cue_product[:, None])
        x = drop_rows(x, 0.1, self.training)
        here = present[row][:, :, None].to(x.dtype)
        for mix in self.mixes:
            wide = F.pad(x * here, (0, 0, 2, 2))
            around = [wide[:, 0:-4], wide[:, 1:-3], wide[:, 2:-2], wide[:, 3:-1], wide[:, 4:]]
            x = x + F.gelu(mix(torch.cat(around, -1)))
        return self.tag(drop_rows(x, 0.1, self.training))


class ChainScorer(nn.Module):
    """Scores each candidate for each one before it as its antecedent; see `language.coreference`."""

    def __init__(self) -> None:
        super().__init__()
        self.of_word = nn.Linear(WORD, 2 * CHAIN)
        self.query = nn.Linear(2 * CHAIN, CHAIN)
        self.key = nn.Linear(2 * CHAIN, CHAIN)
        self.mention = nn.Linear(2 * CHAIN, 1)
        self.kind = nn.Linear(2 * CHAIN, len(KIND))
        sizes = {"groups": GROUPS, "gaps": len(GAPS) + 1, "matches": MATCHES, "bonds": BONDS}
        self.tables = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(GROUPS, size)) for name, size in sizes.items()}
        )

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return query and key [rows, words, CHAIN], mention [rows, words] and the kind of thing, which is
        learnt beside (more mentions have it than antecedents) and not exported.
        """
        x = drop_rows(F.gelu(self.of_word(words)), 0.2, self.training)
        return self.query(x), self.key(x), self.mention(x).squeeze(-1), self.kind(x)

    def score_pairs(self, scores: Scores, batch: dict[str, Tensor]) -> Tensor:
        """Return the score [n, n] of each candidate (row) for each antecedent (column)."""
        row, word = batch["chain_words"].unbind(1)
        query, key = scores.coref_query[row, word].float(), scores.coref_key[row, word].float()
        mention = scores.mention[row, word].float()
        mine, theirs = batch["chain_groups"][:, None], batch["chain_groups"][None]
        return (
            query @ key.T * CHAIN**-0.5 + mention[:, None] + mention[None]
            + TABLE_SCALE * (
                self.tables["groups"][mine, theirs] + self.tables["gaps"][mine, batch["chain_gap"]]
                + self.tables["matches"][mine, batch["chain_match"]]
                + self.tables["bonds"][mine, batch["chain_bond"]]
            )
        )  # fmt: skip


class Network(nn.Module):
    """Encoder and all heads; words are pooled from their first subword, word 0 is the root."""

    def __init__(self, relations: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.shape = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.line = nn.Embedding(2, LINE_WIDTH)
        self.upos = make_head(len(UPOS))
        self.entity = make_head(len(ENTITY))
        self.anchor = make_head(2)
        self.sentence = nn.Linear(WORD, 1)
        self.arc_dep = nn.Linear(WORD, ARC)
        self.arc_head = nn.Linear(WORD, ARC)
        self.arc_product = nn.Linear(ARC, ARC, bias=False)
        self.arc_prior = nn.Linear(ARC, 1)
        self.rel_dep = nn.Linear(WORD, RELATION)
        self.rel_head = nn.Linear(WORD, RELATION)
        self.relation = nn.Linear(RELATION, relations)
        self.roles = RoleTagger()
        self.chains = ChainScorer()
        self.dropout = dropout

    def forward(self, batch: dict[str, Tensor]) -> Scores:
        """Return the scores of every head but the roles."""
        x = self.encoder(batch)
        first = batch["first"]
        words = torch.gather(x, 1, first[:, :, None].expand(-1, -1, HIDDEN))
        shape = self.shape(torch.gather(batch["shape"], 1, first)).to(words.dtype)
        line = self.line(torch.gather(batch["line"], 1, first)).to(words.dtype)
        words = drop_rows(torch.cat([words, shape, line], -1), self.dropout, self.training)
        dependent = drop_rows(F.gelu(self.arc_dep(words)), 0.33, self.training)
        head = drop_rows(F.gelu(self.arc_head(words)), 0.33, self.training)
        arc = torch.matmul(self.arc_product(dependent), head.transpose(1, 2)) * ARC**-0.5
        anchor = self.anchor(words)
        query, key, mention, kind = self.chains(words)
        return Scores(
            upos=self.upos(words),
            entity=self.entity(words),
            sentence=self.sentence(words).squeeze(-1),
            arc=arc + self.arc_prior(head).transpose(1, 2),
            rel_dep=self.rel_dep(words),
            rel_head=self.rel_head(words),
            anchor_top=anchor[:, :, 0],
            anchor_any=anchor[:, :, 1],
            coref_query=query,
            coref_key=key,
            mention=mention,
            kind=kind,
            words=words,
            present=first > 0,
        )

    def score_relations(self, scores: Scores, heads: Tensor) -> Tensor:
        """Return relation scores [rows, words, relations] of every word under its given head."""
        chosen = torch.gather(scores.rel_head, 1, heads[:, :, None].expand(-1, -1, RELATION))
        return self.relation(drop_rows(F.gelu(scores.rel_dep + chosen), 0.33, self.training))


class HeadDropout(nn.Module):
    """drop_rows as a module."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        return drop_rows(x, self.share, self.training)


def make_head(outputs: int) -> nn.Sequential:
    """Return a two-layer classifier over word vectors."""
    return nn.Sequential(nn.Linear(WORD, HIDDEN), nn.GELU(), HeadDropout(0.2), nn.Linear(HIDDEN, outputs))


def read_tables(network: Network) -> Tables:
    """Return the learnt scores of pairs of mentions as the package takes them."""
    tables = network.chains.tables
    return Tables(*(TABLE_SCALE * tables[name].detach().float().cpu().numpy() for name in Tables._fields))
