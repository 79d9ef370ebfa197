"""Hand-computed cases of the CoNLL 2018 alignment and of entity scores."""

import numpy as np
import pytest

from onrecord.evaluation.entities import (
    Name,
    build_sentence,
    count_names,
    fold_four,
    fold_nine,
    fold_three,
    locate_tokens,
    read_names,
    score_entities,
)
from onrecord.evaluation.syntax import ParsedText, align_words, score_document, score_syntax
from onrecord.evaluation.trees import TreeWord, build_documents
from onrecord.records import Annotation, EntitySpan

CONLLU = """# newdoc id = made-1
# newpar
# sent_id = made-1-1
1\tShe\tshe\tPRON\t_\t_\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\t_\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_
4\tsing\tsing\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4.1\tsing\tsing\tVERB\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

# sent_id = made-1-3
1\tGood\tgood\tADJ\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t_\t_\t1\tpunct\t_\t_

# newdoc id = made-2
# sent_id = made-2-1
1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_

# newpar
# sent_id = made-2-2
1\tNo\tno\tINTJ\t_\t_\t0\troot:x\t_\t_
"""


def read_made():
    return build_documents(CONLLU.splitlines(keepends=True))


def annotate(text, spans, heads, upos, deprels, sentences=(0,)):
    return Annotation(
        starts=np.array([a for a, _ in spans], np.int32),
        ends=np.array([b for _, b in spans], np.int32),
        sentences=np.array(sentences, np.int32),
        upos=tuple(upos),
        lemmas=tuple(text[a:b] for a, b in spans),
        heads=np.array(heads, np.int32),
        deprels=tuple(deprels),
    )


def test_raw_text_is_rebuilt():
    first, second = read_made()
    assert first.text == "She doesn't sing. Good! "
    assert second.text == "Yes \n\nNo "
    assert first.sentences == (0, 5)
    assert [word.head for word in first.words] == [3, 3, 3, -1, 3, -1, 5]
    assert [first.text[slice(*word.chars)] for word in first.words[1:3]] == ["doesn't", "doesn't"]
    assert (first.gaps, second.gaps) == (1, 0)


def copy_gold(document):
    return ParsedText(document.words, document.sentences)


def test_gold_against_itself_is_perfect():
    for document in read_made():
        scores = score_document(copy_gold(document), copy_gold(document), document.text)
        assert {score.f1 for score in scores.values()} == {1.0}


def test_contraction_cut_apart_is_aligned_by_form():
    document = read_made()[0]
    spans = [(0, 3), (4, 8), (8, 11), (12, 16), (16, 17), (18, 22), (22, 23)]
    annotation = annotate(
        document.text,
        spans,
        [3, 3, 3, -1, 3, -1, 5],
        ["PRON", "AUX", "PART", "NOUN", "PUNCT", "ADJ", "PUNCT"],
        ["nsubj:pass", "aux", "advmod", "root", "dep", "root", "punct"],
        (0, 5),
    )
    figures = score_syntax([document], {"made-1": annotation}, data="made up")
    assert figures.value("words") == figures.value("sentences") == figures.value("UAS") == 1.0
    assert figures.value("UPOS") == pytest.approx(6 / 7)
    assert figures.value("LAS") == pytest.approx(6 / 7)  # the subtype of nsubj is dropped


def test_words_cut_wrongly_cost_their_neighbours_heads():
    document = read_made()[0]
    spans = [(0, 3), (4, 11), (12, 17), (18, 22), (22, 23)]
    annotation = annotate(
        document.text,
        spans,
        [2, 2, -1, -1, 3],
        ["PRON", "AUX", "VERB", "ADJ", "PUNCT"],
        ["nsubj", "aux", "root", "root", "punct"],
        (0, 3),
    )
    figures = score_syntax([document], {"made-1": annotation}, data="made up")
    assert figures.value("words") == pytest.approx(2 * 3 / 12)  # She, Good, !
    assert figures.value("UAS") == pytest.approx(2 * 2 / 12)  # the head of "She" is no gold word
    assert figures.value("sentences") == 1.0


def test_parts_that_share_a_span_are_aligned_in_order():
    word = TreeWord("doesn't", (0, 7), "X", -1, "root", True)
    gold = [word._replace(form="does"), word._replace(form="n't")]
    assert align_words(gold, [word, word], places=list(range(8))) == [(0, 0), (1, 1)]
    assert align_words(gold, [word._replace(joined=False)], places=list(range(8))) == []


def test_documents_without_gaps_are_scored_apart():
    documents = read_made()
    annotations = {
        "made-1": annotate(documents[0].text, [(0, 23)], [-1], ["X"], ["root"]),
        "made-2": annotate(documents[1].text, [(0, 3), (6, 8)], [-1, -1], ["INTJ"] * 2, ["root"] * 2, (0, 1)),
    }
    figures = score_syntax(documents, annotations, data="made up")
    assert figures.value("LAS, no gaps") == 1.0
    assert figures.value("LAS") == pytest.approx(2 * 2 / (9 + 3))
    assert figures.notes == ("1 of 2 documents (2 words) have no gaps from held-back sentences",)


SENTENCE = {
    "doc": "d1",
    "tokens": ["Ana", "Rell", "paid", "$", "5", "in", "Sarn", "."],
    "text": "Ana Rell paid $5 in Sarn.",
    "ents": [[0, 2, "Person"], [3, 5, "Money"], [6, 7, "Location"]],
}
CLASSES = {"Person": "person", "Money": "money", "Location": "place"}


def name_annotation(text, entities):
    tokens = [(0, 3), (4, 8), (9, 13), (14, 15), (15, 16), (17, 19), (20, 24), (24, 25)]
    annotation = annotate(text, tokens, [-1] * 8, ["X"] * 8, ["dep"] * 8)
    return Annotation(
        **{
            field: getattr(annotation, field)
            for field in ("starts", "ends", "sentences", "upos", "lemmas", "heads", "deprels")
        },
        entities=tuple(EntitySpan(*each, 1.0) for each in entities),
    )


def test_tokens_are_found_in_the_raw_text_or_joined():
    assert locate_tokens(["a", "b"], " ab ") == [(1, 2), (2, 3)]
    assert locate_tokens(["a", "c"], "ab c") is None
    assert locate_tokens(["a"], "a b") is None
    assert build_sentence(SENTENCE).text == SENTENCE["text"]
    assert build_sentence({**SENTENCE, "text": "other"}).text == "Ana Rell paid $ 5 in Sarn ."


def test_names_are_read_over_gold_tokens():
    sentence = build_sentence(SENTENCE, CLASSES)
    annotation = name_annotation(sentence.text, [(0, 2, "person"), (6, 7, "place")])
    assert read_names(annotation, sentence.tokens) == [Name(0, 2, "person"), Name(6, 7, "place")]
    assert read_names(annotation, [(0, 8), (9, 25)]) == [Name(0, 1, "person"), Name(1, 2, "place")]


def test_views_of_the_classes():
    words = SENTENCE["tokens"]
    names = [Name(0, 2, "person"), Name(3, 5, "money"), Name(6, 7, "facility"), Name(5, 6, "date")]
    assert fold_nine(names, words) == set(names)
    assert fold_four(names, words) == {Name(0, 2, "PER"), Name(3, 4, "MISC"), Name(6, 7, "LOC")}
    assert fold_three(names, words) == {Name(0, 2, "PER"), Name(6, 7, "LOC")}
    assert fold_three([Name(0, 1, "ORG"), Name(1, 2, "group")], words) == {Name(0, 1, "ORG")}
    assert count_names(names[:1], names[1:], words, fold_nine) == (0, 1, 3)


def test_entity_f1_by_hand():
    sentence = build_sentence(SENTENCE, CLASSES)
    annotation = name_annotation(sentence.text, [(0, 2, "person"), (6, 7, "organisation")])
    figures = score_entities([sentence], [annotation], folds={"9 classes": fold_nine}, data="made up")
    assert figures.value("F1, 9 classes") == pytest.approx(2 * 1 / (2 + 3))
    assert figures.value("precision, 9 classes") == 0.5
    assert figures.value("F1 person, 9 classes") == 1.0
    assert figures.value("F1 place, 9 classes") == 0.0
