"""candidates, pairs and clusters, on hand-made trees and scores."""

import numpy as np

from onrecord.language.candidates import (
    BONDS,
    GROUPS,
    MATCHES,
    find_bonds,
    find_candidates,
    find_matches,
    number_plain,
)
from onrecord.language.coreference import (
    GAPS,
    REACH,
    MentionScores,
    Phrases,
    Tables,
    find_antecedents,
    find_clusters,
)

# "Mayor Ilse Brandt, who left, said that she trusts the mayor's crew."
FORMS = "Mayor Ilse Brandt , who left , said that she trusts the mayor 's crew .".split()
UPOS = "NOUN PROPN PROPN PUNCT PRON VERB PUNCT VERB SCONJ PRON VERB DET NOUN PART NOUN PUNCT".split()
HEADS = [1, 7, 1, 1, 5, 1, 1, -1, 10, 10, 7, 12, 14, 12, 10, 7]
DEPRELS = "compound nsubj flat punct nsubj acl:relcl punct root mark nsubj ccomp det nmod:poss case obj punct".split()


def make_tables() -> Tables:
    sizes = (GROUPS, len(GAPS) + 1, MATCHES, BONDS)
    return Tables(*(np.zeros((GROUPS, size), np.float32) for size in sizes))


def make_scores(places: list[int], width: int = 4) -> MentionScores:
    """Every candidate at arm's length from every other: nothing is linked but by the tables."""
    blank = np.zeros((len(places), width), np.float32)
    return MentionScores(np.array(places), blank, blank, np.full(len(places), -1, np.float32))


def test_candidates_are_pronouns_names_and_nouns() -> None:
    candidates = find_candidates(FORMS, UPOS, HEADS, DEPRELS)
    words = [FORMS[place] for place in candidates.places]
    assert words == ["Mayor", "Ilse", "who", "she", "the", "mayor", "crew"]
    assert candidates.groups.tolist() == [10, 9, 8, 1, 8, 10, 10]
    assert candidates.parts[1] == {"mayor", "brandt"}


def test_ties_are_words_in_common_and_the_tree() -> None:
    candidates = find_candidates(FORMS, UPOS, HEADS, DEPRELS)
    count = len(candidates.places)
    plain = number_plain(candidates)
    assert plain[5] == plain[0]  # mayor, Mayor
    assert len(set(plain[1:].tolist())) == count - 1
    assert find_matches(candidates) == {}
    bonds = {divmod(pair, count): kind for pair, kind in find_bonds(candidates).items()}
    assert bonds == {
        (1, 0): 1,
        (5, 4): 1,
        (6, 5): 1,
        (6, 3): 3,
    }  # "crew" holds "mayor", "she" hangs beside it
    assert find_bonds(candidates, 6) == {6 * count + 3: 3, 6 * count + 5: 1}


def test_an_acronym_matches_the_name_it_stands_for() -> None:
    forms = "the Harbour Workers Union struck and HWU won".split()
    upos = "DET PROPN PROPN PROPN VERB CCONJ PROPN VERB".split()
    heads, deprels = [3, 3, 3, 4, -1, 7, 7, 4], "det compound compound nsubj root cc nsubj conj".split()
    candidates = find_candidates(forms, upos, heads, deprels)
    places = candidates.places.tolist()
    assert find_matches(candidates)[places.index(6) * len(places) + places.index(3)] == 7


def test_a_candidate_takes_the_best_antecedent_that_scores_above_none() -> None:
    tables = make_tables()
    tables.groups[1, 9] = 3.5  # "she" and a name
    (cluster,) = find_clusters(FORMS, UPOS, HEADS, DEPRELS, make_scores(list(range(16))), tables=tables)
    assert [" ".join(FORMS[first:last]) for first, last in cluster] == ["Mayor Ilse Brandt , who left", "she"]
    none = find_clusters(FORMS, UPOS, HEADS, DEPRELS, make_scores(list(range(16))), tables=tables, least=2)
    assert none == ()


def test_a_span_holds_what_belongs_to_its_word() -> None:
    spans = Phrases(HEADS, DEPRELS, FORMS)
    assert " ".join(FORMS[slice(*spans[1])]) == "Mayor Ilse Brandt , who left"
    assert " ".join(FORMS[slice(*spans[12])]) == "the mayor 's"
    assert " ".join(FORMS[slice(*spans[14])]) == "the mayor 's crew"
    assert spans[9] == (9, 10)


def test_long_texts_are_linked_piece_by_piece_alike() -> None:
    count = 2 * REACH + 50
    forms, upos = ["She"] * count, ["PRON"] * count
    heads, deprels = [-1] * count, ["root"] * count
    tables = make_tables()
    tables.groups[1, 1] = 3.0
    (cluster,) = find_clusters(forms, upos, heads, deprels, make_scores(list(range(count))), tables=tables)
    assert len(cluster) == count


def test_a_score_is_the_sum_of_its_parts() -> None:
    candidates = find_candidates(FORMS, UPOS, HEADS, DEPRELS)
    tables, count = make_tables(), len(candidates.places)
    tables.groups[1, 9] = 2
    tables.gaps[1, 4] = 1  # seven words or more
    query = np.ones((count, 4), np.float32)
    best, top = find_antecedents(candidates, (query, query, np.ones(count, np.float32)), tables)
    assert (best[3], top[3]) == (1, 4 * 4**-0.5 + 1 + 1 + 2 + 1)
    assert top[0] == -np.inf  # nothing stands before the first one
