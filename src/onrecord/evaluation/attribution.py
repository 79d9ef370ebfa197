"""PolNeAR-like gold articles + a model -> how well it finds who said what.

Three measures: CofeNet's per role on paragraphs, relation F1 on whole articles, content token F1; each also
for direct, mixed and indirect quotation and with and without a source. Only attributions that stand in no
other one (`parent == -1`) are scored, as the gold is flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.evaluation.calibration import measure_miscalibration
from onrecord.evaluation.counts import Figures, Measure, bootstrap_interval, measure_counts
from onrecord.evaluation.pairing import (
    PairedArticle,
    TokenAttribution,
    agree_heads,
    count_content,
    count_relations,
    pair_article,
)
from onrecord.evaluation.paragraphs import (
    ROLES,
    CharAttribution,
    RoleScore,
    Run,
    label_tokens,
    pool_roles,
    read_runs,
    score_paragraph,
    sort_runs,
)
from onrecord.evaluation.spans import (
    Chars,
    classify_quotation,
    count_overlap,
    cut_tokens,
    find_covered,
    find_head,
    guess_head,
    mark_quoted,
)
from onrecord.records import Annotation

VIEWS = ("direct", "mixed", "indirect", "source", "no source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One CofeNet instance: tokens as offsets into the article, and the gold labels."""

    tokens: tuple[Chars, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One article with its gold attributions, and what silver parse and paragraphs there are."""

    id: str
    text: str
    attributions: tuple[CharAttribution, ...]
    tokens: tuple[Chars, ...] = ()
    """Silver tokens; our neutral ones are cut when there are none."""
    heads: tuple[int, ...] = ()
    """Silver heads, one a token."""
    paragraphs: tuple[Paragraph, ...] = field(default=())


def read_attributions(annotation: Annotation, *, nested: bool = False) -> tuple[CharAttribution, ...]:
    """The outermost attributions of an annotation, in characters; with `nested` all of them, in order."""
    starts, ends = annotation.starts.tolist(), annotation.ends.tolist()

    def locate(ranges: tuple[tuple[int, int], ...]) -> tuple[Chars, ...]:
        return tuple((starts[first], ends[after - 1]) for first, after in ranges if first < after)

    return tuple(
        CharAttribution(locate(each.speaker), locate(each.cue), locate(each.content), each.score)
        for each in annotation.attributions
        if nested or each.parent == -1
    )


def project_article(gold: GoldArticle, predicted: Sequence[CharAttribution]) -> PairedArticle:
    """Both sides over the article's tokens, paired one to one."""
    tokens = list(gold.tokens) or cut_tokens(gold.text)
    words = [gold.text[start:end] for start, end in tokens]
    quoted = mark_quoted(gold.text)

    def find_top(covered: frozenset[int]) -> int | None:
        return find_head(covered, gold.heads) if gold.heads else guess_head(covered, words)

    def project(each: CharAttribution) -> TokenAttribution:
        source, cue, content = (find_covered(part, tokens) for part in each[:3])
        return TokenAttribution(
            source=source,
            cue=cue,
            content=content,
            source_head=find_top(source),
            cue_head=find_top(cue),
            quotation=classify_quotation(each.content, gold.text, quoted),
        )

    return pair_article([project(each) for each in predicted], [project(each) for each in gold.attributions])


def score_paragraphs(
    gold: GoldArticle, predicted: Sequence[CharAttribution]
) -> dict[str, dict[str, RoleScore]]:
    """CofeNet's scores of one article's paragraphs: `{view: {role: score}}`, view "all" among them."""
    quoted = mark_quoted(gold.text)
    found: dict[str, list[dict[str, RoleScore]]] = {view: [] for view in ("all", *VIEWS)}
    for paragraph in gold.paragraphs:
        true = read_runs(paragraph.labels)
        said = read_runs(label_tokens(predicted, paragraph.tokens))
        found["all"].append(score_paragraph(said, true))
        for form in (_name_form, _name_source):
            views = [
                [form(run, paragraph, side, (gold.text, quoted)) for run in runs]
                for runs, side in ((said, predicted), (true, gold.attributions))
            ]
            by_view = sort_runs(said, true, predicted_views=views[0], gold_views=views[1])
            for view, (ours, theirs) in by_view.items():
                found[view].append(score_paragraph(ours, theirs))
    return {view: pool_roles(scores) for view, scores in found.items()}


def _find_owner(run: Run, paragraph: Paragraph, side: Sequence[CharAttribution]) -> CharAttribution | None:
    place = [(paragraph.tokens[run.start][0], paragraph.tokens[run.end - 1][1])]
    return max(side, key=lambda each: count_overlap(place, getattr(each, run.role)), default=None)


def _name_form(
    run: Run, paragraph: Paragraph, side: Sequence[CharAttribution], text: tuple[str, bytearray]
) -> str:
    owner = _find_owner(run, paragraph, side)
    return classify_quotation(owner.content, *text) if owner else "indirect"


def _name_source(
    run: Run, paragraph: Paragraph, side: Sequence[CharAttribution], _text: tuple[str, bytearray]
) -> str:
    owner = _find_owner(run, paragraph, side)
    return "source" if owner and owner.source else "no source"


def score_attribution(
    gold: Sequence[GoldArticle],
    predicted: Mapping[str, Sequence[CharAttribution]],
    *,
    data: str,
    system: str = "model",
) -> Figures:
    """All measures of attribution, pooled over articles, with bootstrap intervals by article.

    `predicted` gives each article's outermost attributions by article id.
    """
    notes = []
    measures: list[Measure] = []
    paragraphs = [score_paragraphs(each, predicted[each.id]) for each in gold if each.paragraphs]
    if paragraphs:
        measures += _measure_paragraphs(paragraphs)
    else:
        notes.append("no paragraph instances: exact, begin and Jaccard are not measured")
    measures += _measure_articles([project_article(each, predicted[each.id]) for each in gold])
    answers = judge_attributions(gold, predicted)
    error = measure_miscalibration(answers)
    measures.append(Measure(name="calibration error", value=error, gold=len(answers)))
    bare = sum(not each.heads for each in gold)
    if bare:
        notes.append(f"{bare} of {len(gold)} articles have no parse: their head tokens are guessed by rule")
    return Figures(task="attribution", data=data, system=system, measures=tuple(measures), notes=tuple(notes))


def judge_attributions(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[CharAttribution]]
) -> list[tuple[float, bool]]:
    """For each predicted attribution its score and whether it is a hit (right content, source and cue heads):
    what a reliability table is made of (see `calibration`).
    """
    answers = []
    for each in gold:
        article = project_article(each, predicted[each.id])
        hits = {i for i, j in article.pairs if agree_heads(article.predicted[i], article.gold[j])}
        answers += [(one.score, i in hits) for i, one in enumerate(predicted[each.id])]
    return answers


def _measure_paragraphs(articles: Sequence[Mapping[str, Mapping[str, RoleScore]]]) -> Iterable[Measure]:
    for view in ("all", *VIEWS):
        tail = "" if view == "all" else f", {view}"
        for role in ROLES:
            units = [article[view][role] for article in articles]
            if view == "no source" and role == "source":
                continue
            yield measure_counts(f"exact {role}{tail}", [unit.exact for unit in units])
            if view == "all":
                yield measure_counts(f"begin {role}", [unit.begin for unit in units])
                low, high = bootstrap_interval(units, _pool_jaccard)
                value, count = _pool_jaccard(units), sum(unit.exact.gold for unit in units)
                yield Measure(name=f"jaccard {role}", value=value, low=low, high=high, gold=count)


def _pool_jaccard(units: Sequence[RoleScore]) -> float:
    count = sum(unit.jaccard_count for unit in units)
    return sum(unit.jaccard_sum for unit in units) / count if count else 1.0


def _measure_articles(articles: Sequence[PairedArticle]) -> Iterable[Measure]:
    for view in ("all", *VIEWS):
        tail = "" if view == "all" else f", {view}"
        relations = [count_relations(article, view=view) for article in articles]
        yield measure_counts(f"relation{tail}", relations)
        if view == "all":
            yield measure_counts("relation precision", relations, score="precision")
            yield measure_counts("relation recall", relations, score="recall")
        strict = [count_relations(article, view=view, strict=True) for article in articles]
        yield measure_counts(f"relation strict{tail}", strict)
        yield measure_counts(
            f"content tokens{tail}", [count_content(article, view=view) for article in articles]
        )
