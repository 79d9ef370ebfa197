"""text -> its language, English unless the text shows another clearly."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH_WORDS = frozenset(
    "the of and to in that is was for on with as it by at from be are this have has had not but they his he "
    "she who said were which their will an or would been its more about after than when what there".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SAMPLE_CHARS = 6_000
SHORT_WORDS = 12
"""Below this many words a text in Latin letters tells too little; headlines are read as English."""
ENGLISH_SHARE = 0.12
"""English prose has a third of such words, headlines fewer; other languages next to none."""
SURE = 0.9
FOREIGN_LETTERS = 0.5
NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@lru_cache(maxsize=1)
def _load_identifier() -> LanguageIdentifier:
    """The classifier, made once a process (a tenth of a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def find_language(text: str) -> str:
    """BCP 47 code of the text's language; "en" when the text is too short or mixed to tell."""
    sample = text if len(text) <= SAMPLE_CHARS else text[: SAMPLE_CHARS // 2] + " " + _cut_middle(text)
    words = [word.lower() for word in WORD.findall(sample)]
    letters = sum(len(word) for word in words)
    if not letters:
        return "en"
    latin = sum(character < "\u0250" for word in words for character in word)
    foreign = 1 - latin / letters
    if foreign < FOREIGN_LETTERS:
        if len(words) < SHORT_WORDS:
            return "en"
        if sum(word in ENGLISH_WORDS for word in words) >= ENGLISH_SHARE * len(words):
            return "en"
    language, probability = _load_identifier().classify(sample)
    return language if probability >= SURE or foreign >= FOREIGN_LETTERS else "en"


def _cut_middle(text: str) -> str:
    middle = len(text) // 2
    return text[middle : middle + SAMPLE_CHARS // 2]


def name_language(code: str) -> str:
    """The language's English name with its code, for a reason that a person reads."""
    return f"{NAMES[code]} ({code})" if code in NAMES else code
