"""Exported folder, data folder, figures -> CARD.md, the model card that ships beside the weights."""

from __future__ import annotations

import hashlib
from pathlib import Path
from string import Template
from typing import Any

from onrecord.language import weights
from training.mixture import FILES, find_file

TREES = "words, tags, trees, sentences"
NO_LICENCE = "none stated; copyrighted articles, the weights carry no text"
DATA = {
    "ewt": ("UD English EWT @ 15d613d", TREES, "CC BY-SA 4.0"),
    "uner_ewt": ("Universal NER on EWT, pre-release train part", "names", "CC BY-SA 4.0"),
    "gum": (
        "UD English GUM v11, open genres",
        TREES,
        "notes CC BY 4.0; texts CC BY, CC BY-SA 3.0 (bio, voyage), public domain",
    ),
    "gum_news": (
        "UD English GUM v11, news and interviews, trees only",
        TREES,
        "notes CC BY 4.0; texts CC BY",
    ),
    "worldwide": ("Worldwide English Newswire NER", "names", NO_LICENCE),
    "wikigold": ("WikiGold", "names", "CC BY 4.0; Wikipedia text CC BY-SA"),
    "polnear": ("PolNeAR 1.0", "attributions; nested ones are made up from it", NO_LICENCE),
    "gum_attributions": (
        "GUM v11 attribution relations, open genres",
        "attributions at any depth",
        "notes CC BY 4.0; texts as gum",
    ),
    "gum_mentions": ("GUM v11, kinds of mentions", "coreference, beside", "notes CC BY 4.0; texts as gum"),
    "ecbplus": ("ECB+, train topics", "coreference in news", "notes CC BY 3.0; copyrighted articles"),
    "ecbplus_chains": ("ECB+, its chains of things", "coreference in news", "CC BY 3.0"),
    "meantime": ("MEANTIME, English, airbus", "coreference in news", "notes CC BY 4.0; Wikinews CC BY 2.5"),
    "meantime_chains": ("MEANTIME, its chains of things", "coreference in news", "CC BY 4.0"),
    "ontogum": ("OntoGUM, open genres of GUM v11", "coreference", "notes CC BY 4.0; texts as gum"),
    "polnear_silver": ("PolNeAR 1.0, CoreNLP parses", "sentence starts (silver)", NO_LICENCE),
}
LAID = ("uner_ewt", "polnear_silver", "gum_attributions", "gum_mentions", "ontogum")
"""Sets whose labels are laid onto the texts of others."""


def digest_files(paths: list[Path]) -> str:
    """Return the SHA-256 of the files' own digests, in the given order."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def write_card(folder: Path, corpora: Path, config: dict[str, Any], report: dict[str, Any]) -> Path:
    """Write the card into the exported folder and return where it is."""
    template = Template((Path(__file__).parent / "card_template.md").read_text(encoding="utf-8"))
    used = list_used(config["mix"])
    text = template.substitute(
        epochs=config["fit"]["epochs"],
        seed=config["fit"]["seed"],
        start=describe_start(config["fit"]),
        steps_note=describe_average(config),
        data=list_data(used),
        figures=list_figures(report["fp32"]["dev"], report["int8"]["dev"]),
        digests=list_digests(folder, [find_file(corpora, corpus, "train") for corpus in used]),
    )
    path = folder / "CARD.md"
    path.write_text(text, encoding="utf-8")
    return path


def describe_start(fit: dict[str, Any]) -> str:
    """Return where the run began, in words."""
    if "start" not in fit:
        return "from MiniLM with fresh heads"
    graph = fit.get("start_sha256", "")[:12]
    return f"from earlier weights of this project (graph `{graph}`), what they lacked fresh"


def describe_average(config: dict[str, Any]) -> str:
    """Return how the weights were averaged, in words."""
    steps = f"average of the weights over steps ({config['fit']['average']})"
    if "average" not in config:
        return steps
    parts = ", ".join(f"{share} {name}" for name, share in config["average"].items())
    return f"{steps}, then over the start and epochs ({parts})"


def list_used(mix: dict[str, Any]) -> list[str]:
    """Return the sets that the mix draws on; what is not drawn by itself is laid onto another."""
    return [corpus for corpus in FILES if corpus in mix or corpus.removesuffix("_chains") in {*mix, *LAID}]


def list_data(used: list[str]) -> str:
    """Return the table of train data with the licence state of each set."""
    rows = ["| set | teaches | licence |", "|---|---|---|"]
    return "\n".join(rows + ["| " + " | ".join(DATA[corpus]) + " |" for corpus in used])


def list_figures(full: dict[str, float], small: dict[str, float]) -> str:
    """Return the table of dev figures of both graphs."""
    rows = ["| figure | fp32 | int8 |", "|---|---|---|"]
    return "\n".join(
        rows
        + [f"| {name} | {full[name]:.2f} | {small.get(name, float('nan')):.2f} |" for name in sorted(full)]
    )


def list_digests(folder: Path, files: list[Path]) -> str:
    """Return the digests of the train data and of each shipped file."""
    data = digest_files(files)
    rows = [f"- train data (digest of the files' digests, in table order): `{data}`"]
    for name in weights.FILES:
        rows.append(f"- `{name}`: `{hashlib.sha256((folder / name).read_bytes()).hexdigest()}`")
    return "\n".join(rows)
