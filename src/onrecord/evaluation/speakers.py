"""gold attributions with the cluster of their source + a model's clusters -> right cluster, wrong person.

Of the gold attributions with `speaker_entity` that are found (paired by content, token F1 at least one half):
does the predicted source lead to that entity? What counts is the predicted cluster that holds it, else the
source alone. Predicted and gold mentions are one when their head tokens are (`spans.guess_head`, both sides).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from onrecord.evaluation.attribution import GoldArticle, project_article, read_attributions
from onrecord.evaluation.attribution_gold import build_article, read_lines
from onrecord.evaluation.counts import Counts, Figures, Measure, measure_counts
from onrecord.evaluation.pairing import ENOUGH, TokenAttribution, score_tokens
from onrecord.evaluation.spans import Chars, cut_tokens, find_covered, guess_head
from onrecord.records import Annotation

PRONOUNS: Final = frozenset(
    "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its"
    " itself we us our ours ourselves they them their theirs themselves who whom whose which that this these"
    " those one".split()
)
Verdict = Literal["right", "wrong", "wrong person", "no answer"]


class Mention(NamedTuple):
    """One mention over the article's tokens."""

    tokens: frozenset[int]
    head: int
    pronoun: bool


class Entity(NamedTuple):
    """One gold cluster."""

    id: str
    person: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerArticle:
    """One gold article, its clusters, and the one of each attribution's source (None: it has none)."""

    article: GoldArticle
    speakers: tuple[str | None, ...]
    entities: Mapping[str, Entity]

    def list_known(self) -> list[tuple[Mention, str]]:
        """Each gold mention with the id of its entity."""
        return [(mention, entity.id) for entity in self.entities.values() for mention in entity.mentions]


class Judged(NamedTuple):
    """What became of one gold attribution's speaker: None when the attribution was not found."""

    verdict: Verdict | None
    pronoun: bool
    """The predicted source is a pronoun."""
    majority: Verdict | None = None
    """The same by the plain majority of the cluster's mentions, pronouns among them."""


def build_mention(spans: Sequence[Chars], text: str, tokens: Sequence[Chars]) -> Mention | None:
    """A mention of some characters; None when they hold no token."""
    covered = find_covered(spans, tokens)
    if not covered:
        return None
    words = {index: text[tokens[index][0] : tokens[index][1]] for index in covered}
    head = guess_head(covered, [words.get(index, "") for index in range(max(covered) + 1)])
    pronoun = len(covered) == 1 and words[min(covered)].lower() in PRONOUNS
    return Mention(covered, min(covered) if head is None else head, pronoun)


def read_speakers(path: Path) -> list[SpeakerArticle]:
    """The gold articles of a file of GUM's attributions."""
    return [build_speakers(row) for row in read_lines(path)]


def build_speakers(row: Mapping[str, Any]) -> SpeakerArticle:
    """One gold article from its line."""
    article = build_article(row)
    tokens = cut_tokens(article.text)
    entities = {}
    for key, each in row["entities"].items():
        mentions = [build_mention([(start, end)], article.text, tokens) for start, end in each["mentions"]]
        entities[key] = Entity(key, each["etype"] == "person", tuple(m for m in mentions if m is not None))
    speakers = tuple(each.get("speaker_entity") for each in row["attributions"])
    return SpeakerArticle(article=article, speakers=speakers, entities=entities)


def read_clusters(annotation: Annotation, text: str) -> list[list[Mention]]:
    """An annotation's clusters as mentions over the neutral tokens of the text."""
    tokens = cut_tokens(text)
    starts, ends = annotation.starts.tolist(), annotation.ends.tolist()
    clusters = []
    for cluster in annotation.clusters:
        found = [build_mention([(starts[first], ends[after - 1])], text, tokens) for first, after in cluster]
        clusters.append([mention for mention in found if mention is not None])
    return clusters


def find_nearest(mention: Mention, others: Iterable[tuple[Mention, str]]) -> str | None:
    """The label of the mention with the same head that shares most tokens; None without one."""
    same = [
        (score_tokens(mention.tokens, other.tokens), label)
        for other, label in others
        if other.head == mention.head
    ]
    return max(same)[1] if same else None


def find_cluster(source: Mention, clusters: Sequence[Sequence[Mention]]) -> Sequence[Mention]:
    """The cluster that holds a predicted source; empty without one."""
    places = [(mention, str(index)) for index, cluster in enumerate(clusters) for mention in cluster]
    found = find_nearest(source, places)
    return () if found is None else clusters[int(found)]


def judge_source(
    source: Mention | None, clusters: Sequence[Sequence[Mention]], gold: SpeakerArticle, speaker: Entity
) -> Verdict:
    """What a predicted source says of the speaker whose cluster is given.

    No answer: no source; or a pronoun in no cluster or in one of pronouns only, where the gold one has more
    than pronouns. Wrong person: more of the names and descriptions in its cluster are another person's than
    the speaker's. Right: the source is a mention of the speaker, or more mentions of its cluster are
    than of anybody else; a pronoun's cluster must also hold a name or description of the speaker, where the
    gold has one.
    """
    if source is None:
        return "no answer"
    members = find_cluster(source, clusters) or [source]
    named = any(not mention.pronoun for mention in speaker.mentions)
    if source.pronoun and named and all(mention.pronoun for mention in members):
        return "no answer"
    known = gold.list_known()
    owners = [(mention, find_nearest(mention, known)) for mention in members]
    votes = Counter(owner for _, owner in owners if owner is not None)
    names = Counter(owner for mention, owner in owners if owner is not None and not mention.pronoun)
    if any(gold.entities[other].person and count > names[speaker.id] for other, count in names.items()):
        return "wrong person"
    mine = find_nearest(source, known) == speaker.id or _leads(votes, speaker.id)
    return "right" if mine and (names[speaker.id] or not (source.pronoun and named)) else "wrong"


def judge_majority(
    source: Mention | None, clusters: Sequence[Sequence[Mention]], gold: SpeakerArticle, speaker: Entity
) -> Verdict:
    """What the cluster of a predicted source says, names and pronouns alike: whose are most of its mentions?

    No answer: no source, or a pronoun in no cluster that is not the speaker's only mention.
    """
    if source is None:
        return "no answer"
    cluster = find_cluster(source, clusters)
    if not cluster and source.pronoun and len(speaker.mentions) > 1:
        return "no answer"
    known = gold.list_known()
    votes = Counter(
        owner for mention in cluster or [source] if (owner := find_nearest(mention, known)) is not None
    )
    if _leads(votes, speaker.id):
        return "right"
    other = next((key for key, _ in votes.most_common() if key != speaker.id), None)
    return "wrong person" if other is not None and gold.entities[other].person else "wrong"


def _leads(votes: Mapping[str, int], key: str) -> bool:
    rivals = (count for other, count in votes.items() if other != key)
    return votes.get(key, 0) > max(rivals, default=0)


def judge_article(gold: SpeakerArticle, annotation: Annotation) -> list[Judged]:
    """The verdict on each gold attribution whose source has a cluster."""
    text = gold.article.text
    tokens = cut_tokens(text)
    predicted = read_attributions(annotation, nested=True)
    clusters = read_clusters(annotation, text)
    paired = project_article(gold.article, predicted)
    partner = {j: i for i, j in paired.pairs if _share_content(paired.predicted[i], paired.gold[j])}
    judged = []
    for index, key in enumerate(gold.speakers):
        if key is None or key not in gold.entities:
            continue
        if index not in partner:
            judged.append(Judged(None, False))
            continue
        source = build_mention(predicted[partner[index]].source, text, tokens)
        speaker = gold.entities[key]
        verdict = judge_source(source, clusters, gold, speaker)
        majority = judge_majority(source, clusters, gold, speaker)
        judged.append(Judged(verdict, source is not None and source.pronoun, majority))
    return judged


def _share_content(ours: TokenAttribution, theirs: TokenAttribution) -> bool:
    return score_tokens(ours.content, theirs.content) >= ENOUGH


def score_speakers(articles: Sequence[Sequence[Judged]], *, data: str, system: str = "model") -> Figures:
    """Shares of the attributions found, with bootstrap intervals by article; also where the source found is a
    pronoun, and where it is none.
    """
    asked = [Counts(sum(each.verdict is not None for each in one), 0, len(one)) for one in articles]
    measures = [
        measure_counts("found", asked, score="recall"),
        *_measure_verdicts(articles, ""),
        *_measure_majority(articles),
        *_measure_verdicts([[e for e in one if e.pronoun] for one in articles], ", pronouns"),
        *_measure_verdicts([[e for e in one if not e.pronoun] for one in articles], ", others"),
    ]
    return Figures(task="speakers", data=data, system=system, measures=tuple(measures))


def _measure_majority(articles: Sequence[Sequence[Judged]]) -> Iterator[Measure]:
    found = [Counter(each.majority for each in one if each.majority is not None) for one in articles]
    named: tuple[tuple[str, Verdict], ...] = (
        ("majority right", "right"),
        ("majority another person", "wrong person"),
    )
    for name, verdict in named:
        yield _measure_share(name, [one[verdict] for one in found], [one.total() for one in found])


def _measure_verdicts(articles: Sequence[Sequence[Judged]], tail: str) -> Iterator[Measure]:
    found = [Counter(each.verdict for each in one if each.verdict is not None) for one in articles]
    answered = [one.total() - one["no answer"] for one in found]
    right = [one["right"] for one in found]
    wrong = [one["wrong person"] for one in found]
    totals = [one.total() for one in found]
    yield _measure_share(f"right cluster{tail}", right, totals)
    yield _measure_share(f"answered{tail}", answered, totals)
    yield _measure_share(f"right of answered{tail}", right, answered)
    yield _measure_share(f"wrong person{tail}", wrong, totals)


def _measure_share(name: str, hits: Sequence[int], of: Sequence[int]) -> Measure:
    """What share of some attributions of each article are hits."""
    units = [Counts(hit, 0, total) for hit, total in zip(hits, of, strict=True)]
    return measure_counts(name, units, score="recall")
