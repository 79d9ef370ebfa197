"""Network -> the same network in the form that ONNX Runtime runs fastest: one row a run, nothing padded."""

from __future__ import annotations

import copy
from typing import Any

import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.network import DISTANCES, HEADS, HIDDEN, ROLE_WIDTH, Layer, Network, RoleTagger

FARTHEST = max(DISTANCES)
"""Words farther from a cue than this are all of one distance class."""


class Attend(torch.autograd.Function):
    """Attention over a whole row, as the run-time's own operator."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        rows, length, width = query.shape
        split = [part.view(rows, length, HEADS, -1).transpose(1, 2) for part in (query, key, value)]
        return F.scaled_dot_product_attention(*split).transpose(1, 2).reshape(rows, length, width)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        return found.setType(query.type())


class WholeLayer(nn.Module):
    """An encoder layer over one row without padding.

    The row's axis is taken off in between: over three axes ONNX Runtime would make one step of each sum and
    its norm (SkipLayerNormalization) that takes five times as long as both.
    """

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.qkv, self.out, self.wide, self.narrow = layer.qkv, layer.out, layer.wide, layer.narrow
        self.norm_attention, self.norm_output = layer.norm_attention, layer.norm_output

    def forward(self, row: Tensor, _: Tensor) -> Tensor:
        x = row.squeeze(0)
        mixed = Attend.apply(*self.qkv(x).unsqueeze(0).split(HIDDEN, -1)).squeeze(0)
        x = self.norm_attention(x + self.out(mixed))
        return self.norm_output(x + self.narrow(F.gelu(self.wide(x)))).unsqueeze(0)


class WholeRoles(nn.Module):
    """The role tagger over one row without padding; anchors are its words.

    The root word, which is never present, is left out of what the mixes see.
    """

    def __init__(self, roles: RoleTagger) -> None:
        super().__init__()
        self.of_word, self.of_cue, self.distance = roles.of_word, roles.of_cue, roles.distance
        self.mixes, self.tag = roles.mixes, roles.tag
        gap = torch.arange(-FARTHEST, FARTHEST + 1)
        size = (gap.abs()[:, None] >= roles.edges).sum(-1)
        self.register_buffer("classes", size * torch.sign(gap) + len(DISTANCES), persistent=False)

    def forward(self, words: Tensor, _: Tensor, anchors: Tensor) -> Tensor:
        cue = anchors[:, 1]
        plain, product = self.of_word(words).split(ROLE_WIDTH, -1)
        cue_plain, cue_product = self.of_cue(words[0][cue])[:, None].split(ROLE_WIDTH, -1)
        gap = torch.arange(words.shape[1], device=words.device)[None, :] - cue[:, None]
        near = self.distance(self.classes[gap.clamp(-FARTHEST, FARTHEST) + FARTHEST])
        x = F.gelu(product * cue_product + (near + cue_plain) + plain)
        for mix in self.mixes:
            wide = F.pad(x[:, 1:], (0, 0, 3, 2))
            around = [wide[:, 0:-4], wide[:, 1:-3], wide[:, 2:-2], wide[:, 3:-1], wide[:, 4:]]
            x = x + F.gelu(mix(torch.cat(around, -1)))
        return self.tag(x)


def make_whole(network: Network) -> Network:
    """Return a copy of the network for one row a run: no masks, attention as one operator."""
    whole = copy.deepcopy(network).eval()
    whole.encoder.layers = nn.ModuleList(WholeLayer(layer) for layer in whole.encoder.layers)
    whole.roles = WholeRoles(whole.roles)
    return whole


def quantize_early(model: onnx.ModelProto) -> int:
    """Quantise what is cut, shifted and joined before that, not after it; return how many joins changed.

    A quarter of the bytes move. The result is the same: a join holds every value of its source, so its scale
    is the source's.
    """
    nodes = {node.output[0]: node for node in map(copy.copy, model.graph.node)}
    order = list(nodes)
    changed = 0
    for quantize in [node for node in nodes.values() if node.op_type == "DynamicQuantizeLinear"]:
        cuts = find_cuts(nodes, quantize.input[0])
        if not cuts:
            continue
        join, joined, early = nodes[quantize.input[0]], quantize.output[0], f"{quantize.output[0]}_early"
        order[order.index(join.output[0])], place = joined, order.index(joined)
        del order[place]
        quantize.input[0], quantize.output[0], join.output[0] = cuts[0].input[0], early, joined
        nodes[early], nodes[joined] = quantize, join
        order.insert(min(order.index(cut.output[0]) for cut in cuts), early)
        for cut in cuts:
            cut.input[0] = early
        changed += 1
    ordered = [nodes[name] for name in order]
    del model.graph.node[:]
    model.graph.node.extend(ordered)
    del model.graph.value_info[:]
    return changed


def find_cuts(nodes: dict[str, onnx.NodeProto], name: str) -> list[onnx.NodeProto]:
    """Return the cuts of one source that are joined under this name; none where it is anything else."""
    join = nodes.get(name)
    if join is None or join.op_type != "Concat":
        return []
    cuts = [nodes[part] for part in join.input if part in nodes]
    alike = all(cut.op_type == "Slice" for cut in cuts) and len({cut.input[0] for cut in cuts}) == 1
    return cuts if alike and len(cuts) == len(join.input) else []
