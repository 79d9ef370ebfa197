"""What the shipped weights find in a text of ours; a change of the golden file is a change of behaviour.

Scores are left out, they move with every training. To accept a change: `python -m tests.golden.test_language`.
"""

from __future__ import annotations

from pathlib import Path

from onrecord.language import load_model
from onrecord.records import Annotation, TokenRange

FOLDER = Path(__file__).parent / "language"


def list_findings(text: str, annotation: Annotation) -> str:
    """Entities, then attributions with their outer one, then clusters, a line each."""

    def words(ranges: tuple[TokenRange, ...]) -> str:
        spans = (text[annotation.starts[first] : annotation.ends[last - 1]] for first, last in ranges)
        return " … ".join(" ".join(span.split()) for span in spans)

    lines = [f"{entity.label}\t{words(((entity.start, entity.end),))}" for entity in annotation.entities]
    lines.append("")
    for index, found in enumerate(annotation.attributions):
        place = f"{index} in {found.parent}" if found.parent >= 0 else str(index)
        lines.append("\t".join((place, words(found.speaker), words(found.cue), words(found.content))))
    lines.append("")
    lines += [" = ".join(words((mention,)) for mention in cluster) for cluster in annotation.clusters]
    return "\n".join(lines) + "\n"


def read_text() -> str:
    """The article, which was written for this test."""
    return (FOLDER / "bridge.txt").read_text(encoding="utf-8")


def test_findings_are_the_golden_ones() -> None:
    text = read_text()
    golden = (FOLDER / "bridge.tsv").read_text(encoding="utf-8")
    assert list_findings(text, load_model().annotate([text])[0]) == golden


if __name__ == "__main__":
    article = read_text()
    findings = list_findings(article, load_model().annotate([article])[0])
    (FOLDER / "bridge.tsv").write_text(findings, encoding="utf-8")
