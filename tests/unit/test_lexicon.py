"""The quick look-up says what LemmInflect says, of every word of its table."""

from lemminflect import getAllLemmas
from lemminflect.core.Lemmatizer import Lemmatizer

from onrecord.language.lexicon import Lexicon

TAGS = ("VERB", "NOUN", "ADJ", "ADV")


def test_every_word_has_the_lemma_of_lemminflect() -> None:
    lexicon = Lexicon()
    own = Lemmatizer()
    words = {word.lower() for word in (*own._getLemmaDict(), *own._getOverridesDict())}
    assert len(words) > 50_000
    for word in (*sorted(words)[::7], *own._getOverridesDict()):
        for tag in TAGS:
            found = getAllLemmas(word, upos=tag)
            assert lexicon.find_lemma(word.lower(), tag) == (found[tag][0] if tag in found else None), (
                word,
                tag,
            )


def test_unknown_words_have_none_or_a_guess() -> None:
    lexicon = Lexicon()
    for low in ("foozlings", "", ",", "a,noun", "\n", "é", "~~~"):
        assert lexicon.find_lemma(low, "NOUN") is None
    assert lexicon.guess_lemma("foozlings", "NOUN") == "foozling"
