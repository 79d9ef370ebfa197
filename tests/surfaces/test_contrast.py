"""The page's colours reach WCAG 2.2 AA: 4.5 to 1 for every text on every ground it stands on."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = files("onrecord.surfaces").joinpath("page.css").read_text("utf-8")
TEXTS = {
    "paper": ("ink", "soft", "faint", "speaker", "cue", "link", "warn"),
    "panel": ("ink", "soft", "faint", "speaker", "link", "asserts", "denies", "commits", "requests"),
    "direct": ("ink", "speaker", "cue"), "indirect": ("ink", "speaker", "cue"),
    "deeper": ("ink", "speaker", "cue"), "deeper-indirect": ("ink", "speaker", "cue"),
    "warn-paper": ("ink", "warn"),
}  # fmt: skip


def read_colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def measure_light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def measure_contrast(one: str, other: str) -> float:
    dark, light = sorted((measure_light(one), measure_light(other)))
    return (light + 0.05) / (dark + 0.05)


BLOCKS = [block for block in re.findall(r":root \{(.*?)\n *\}", CSS, re.DOTALL) if "--paper" in block]


@pytest.mark.parametrize("number", range(3), ids=("light", "dark", "print"))
def test_every_text_can_be_read_on_its_ground(number: int) -> None:
    colours = read_colours(BLOCKS[0]) | read_colours(BLOCKS[number])
    weak = {
        (text, ground): round(measure_contrast(colours[text], colours[ground]), 2)
        for ground, texts in TEXTS.items()
        for text in texts
        if measure_contrast(colours[text], colours[ground]) < 4.5
    }
    assert not weak


def test_known_contrast() -> None:
    assert measure_contrast("#fff", "#000000") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
