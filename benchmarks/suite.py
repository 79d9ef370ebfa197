"""corpora folder -> the tasks that can be measured there, each with its gold file and how it is run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.gate import Measured, digest_files
from benchmarks.quotation_rules import ParseRules
from benchmarks.stories import measure_identities, measure_topics
from onrecord.errors import SkipDocument
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.counts import Figures
from onrecord.evaluation.lines import PageLines, build_page, keep_lines, locate_lines, score_lines
from onrecord.evaluation.pages import FoundDate, count_segments, score_dates, score_text
from onrecord.evaluation.spans import join_spans
from onrecord.evaluation.tasks import evaluate_task, name_data, take_stride
from onrecord.records import Annotation, Document, Span
from onrecord.seams import Model

OTHER_LANGUAGE = "the language is"
"""How intake's reason for skipping a text in another language starts."""

Systems = dict[str, Model]
"""The models to measure by name ("model", "rules"), the one that is gated first."""

MODEL_ALONE = frozenset({"coreference", "calibration"})
"""Tasks of which the rule floor gives nothing: no clusters, and scores that nobody fitted."""


NAME_LISTS = (
    "phoenix_country_actors", "phoenix_armed_groups", "phoenix_international_orgs", "us_legislators",
    "factbook",
)  # fmt: skip
"""The lists whose aliases are compared: none of their persons and few of their bodies ship."""


class Remembered:
    """A model that annotates each text once, however many systems build on it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.known: dict[str, Annotation] = {}

    @property
    def digest(self) -> str:
        """The model's own."""
        return self.model.digest

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """The model's annotations; only texts without litter are remembered."""
        if litter:
            return self.model.annotate(texts, litter)
        for text in texts:
            if text not in self.known:
                self.known[text] = self.model.annotate([text])[0]
        return [self.known[text] for text in texts]


class Task(NamedTuple):
    """One task on one gold file."""

    name: str
    gold: str
    """Path below the corpora folder."""
    beside: tuple[str, ...] = ()
    """Other files that the figures rest on."""
    stride: int = 1
    """With `--quick` every so many-th document (sentence, page) is measured, from the first."""


TASKS = (
    Task(
        "attribution",
        "attribution/polnear/dev.jsonl.gz",
        ("attribution/polnear/dev.corenlp.jsonl.gz", "attribution/polnear/cofenet_dev.jsonl.gz"),
        stride=2,
    ),
    Task("syntax", "syntax/ewt/dev.conllu.gz", stride=3),
    Task("syntax", "syntax/gum_open/dev.conllu.gz", stride=2),
    Task("syntax", "syntax/gum_open/dev_news.conllu.gz"),
    Task("entities", "ner/worldwide/dev.jsonl.gz", stride=2),
    Task("entities", "ner/uner_ewt/dev.jsonl.gz", stride=3),
    Task("coreference", "coref/ontogum/dev.jsonl.gz", ("coref/gum/dev.jsonl.gz",)),
    Task("coreference", "coref/gum/dev.jsonl.gz"),
    Task("stories", "coref/ecbplus/dev.docs.jsonl.gz", ("coref/ecbplus/dev.chains.jsonl.gz",), stride=2),
    Task("stories", "coref/meantime_en/dev.docs.jsonl.gz", ("coref/meantime_en/dev.chains.jsonl.gz",)),
    Task("identities", "coref/gum/dev.jsonl.gz"),
    Task("nesting", "attribution/gum/dev.jsonl.gz"),
    Task("speakers", "attribution/gum/dev.jsonl.gz"),
    Task("calibration", "attribution/gum/dev.jsonl.gz"),
    Task(
        "calibration",
        "attribution/polnear/dev.jsonl.gz",
        ("attribution/polnear/dev.corenlp.jsonl.gz",),
        stride=2,
    ),
    Task(
        "aliases",
        "names/phoenix_country_actors/phoenix_country_actors.jsonl.gz",
        tuple(f"names/{name}/{name}.jsonl.gz" for name in NAME_LISTS if name != "phoenix_country_actors"),
    ),
    Task("lines", "pages/lines/dev.jsonl.gz", stride=2),
    Task("pages", "pages/html/gold.jsonl.gz", stride=4),
)


def run_task(task: Task, corpora: Path, systems: Systems, *, quick: bool) -> list[Measured]:
    """The figures of one task; those of the pages do not depend on the model."""
    path = corpora / task.gold
    digest = digest_files([path, *(corpora / name for name in task.beside)])
    stride = task.stride if quick else 1
    sampled = quick and task.stride > 1
    return [Measured(figures, digest, sampled) for figures in _run(task.name, path, systems, stride)]


def _run(name: str, path: Path, systems: Systems, stride: int) -> Iterator[Figures]:
    if name == "lines":
        yield from measure_lines(path, stride)
    elif name == "pages":
        yield from measure_pages(path, stride)
    elif name == "stories":
        yield from measure_topics(path, stride)
    elif name == "identities":
        yield from measure_identities(path)
    elif name == "aliases":
        yield from measure_aliases(path.parent.parent)
    else:
        systems = {
            system: Remembered(model)
            for system, model in systems.items()
            if system == "model" or name not in MODEL_ALONE
        }
        if name == "attribution":
            systems["parse rules"] = ParseRules(systems["model"])
        for system, model in systems.items():
            yield evaluate_task(name, path, model, system=system, stride=stride)


def measure_lines(path: Path, stride: int = 1) -> Iterator[Figures]:
    """How well the litter marker tells article lines, beside keeping all of them."""
    rows = take_stride(list(read_lines(path)), stride)
    pages = [[(line, bool(label)) for line, label in row["lines"]] for row in rows]
    yield score_lines([mark_page(page) for page in pages], data=name_data(path), system="intake")
    everything = [build_page(page, [True] * len(page)) for page in pages]
    yield score_lines(everything, data=name_data(path), system="keep all")


def measure_aliases(lists: Path) -> Iterator[Figures]:
    """How well the comparison of names tells one actor's names from two actors', on the part that it was
    developed on and on the part that was held out."""
    from onrecord.evaluation.alias_lists import read_entries
    from onrecord.evaluation.alias_pairs import build_pairs
    from onrecord.evaluation.aliases import judge_pairs, score_pairs
    from onrecord.names import load_names

    names = load_names()
    rows = {name: read_lines(lists / name / f"{name}.jsonl.gz") for name in NAME_LISTS}
    pairs = build_pairs(read_entries(rows), names)
    for part in ("dev", "held"):
        of_part = [pair for pair in pairs if pair.part == part]
        yield score_pairs(of_part, judge_pairs(of_part, names), data=f"names/{part}")


def mark_page(lines: Sequence[tuple[str, bool]]) -> PageLines:
    """One page with the decision of the litter marker on each line; credits are no article either."""
    from onrecord.intake.cleaning import find_litter

    words = [line for line, _ in lines]
    found = find_litter("\n".join(words))
    marked = join_spans([(span.start, span.end) for span in (*found.litter, *found.credits)])
    return build_page(lines, keep_lines(locate_lines(words), marked))


def measure_pages(path: Path, stride: int = 1) -> Iterator[Figures]:
    """Main text and publication day of HTML pages, as intake gives them.

    A page that is skipped for its language is left out (the notes say how many), one that is skipped for
    any other reason counts as a page without text and day.
    """
    rows = take_stride(list(read_lines(path)), stride)
    bodies, segments, dates = [], [], []
    skipped: Counter[str] = Counter()
    for row in rows:
        document = read_page(path.parent / row["html"])
        if isinstance(document, SkipDocument):
            skipped[document.reason] += 1
            if document.reason.startswith(OTHER_LANGUAGE):
                continue
            text, day, sure = "", None, False
        else:
            text, day, sure = take_article(document), document.published, document.published_sure
        if row["gold"] == "segments":
            segments.append(count_segments(text, wanted=row["with"], unwanted=row["without"]))
            dates.append(FoundDate(row.get("date") or None, day, sure))
        elif not row.get("empty"):
            bodies.append((text, row["text"]))
    notes = tuple(f"{count} of {len(rows)} pages skipped: {reason}" for reason, count in skipped.items())
    data = name_data(path)
    yield replace(score_text(bodies, segments, data=data, system="intake"), notes=notes)
    yield score_dates(dates, data=data, system="intake")


def read_page(path: Path) -> Document | SkipDocument:
    """The document of one packed page, or why intake skips it."""
    from onrecord.intake import read_articles

    found = next(iter(read_articles(path, relative=path.name)))
    return found if isinstance(found, SkipDocument) else found[0]


def take_article(document: Document) -> str:
    """The document's text without litter and credits, by lines."""
    hidden = join_spans([(span.start, span.end) for span in (*document.litter, *document.credits)])
    kept, place = [], 0
    for start, end in hidden:
        kept.append(document.text[place:start])
        place = end
    return "".join([*kept, document.text[place:]])
