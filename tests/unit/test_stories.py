"""Local groups of several documents of one story: what ties them, and what keeps them apart."""

from __future__ import annotations

from onrecord.assembly.stories import LocalGroup, Story, resolve_story
from onrecord.wordings import Weights, Wording, load_weights


def noun(head: str, *tie: str, many: bool = False) -> Wording:
    ties = frozenset({(tie[0], "nsubj")}) if tie else frozenset()
    return Wording(form="noun", head=head, words=head, article="the", many=many, ties=ties)


def name(words: str) -> Wording:
    folded = tuple(words.lower().split())
    return Wording(form="name", head=folded[-1], words=words.lower(), name=folded, label="person")


def local(document: str, number: int, *wordings: Wording) -> LocalGroup:
    return LocalGroup(document_id=document, local_id=str(number), wordings=wordings)


HE = Wording(form="he", head="he", words="he", many=False, gender="m")
GROUPS = [
    local("a", 0, name("Ivo Varga"), noun("gunman", "shoot")),
    local("a", 1, noun("mayor")),
    local("b", 0, noun("gunman", "shoot")),
    local("b", 1, noun("mayor")),
    local("c", 0, name("Ivo Varga"), HE),
    local("c", 1, name("Ilse Dorn")),
]


def test_a_name_and_what_an_article_calls_it_are_one_in_the_story() -> None:
    found = resolve_story(GROUPS, load_weights("story"))
    members = [group.members for group in found]
    assert (0, 2, 4) in members or ((0, 4) in members and (2,) in members)
    assert (1, 3) in members
    assert (5,) in members
    tied = next(group for group in found if group.members == (1, 3))
    assert tied.reason is not None
    assert "'mayor' taken for 'mayor'" in tied.reason


def test_pronouns_alone_are_never_tied_across_documents() -> None:
    found = resolve_story([local("a", 0, HE), local("b", 0, HE)], load_weights("story"))
    assert [group.members for group in found] == [(0,), (1,)]


def test_groups_of_one_document_stay_apart() -> None:
    groups = [local("a", 0, noun("mayor")), local("a", 1, noun("mayor"))]
    assert len(resolve_story(groups, load_weights("story"))) == 2


def test_a_story_tells_which_words_go_together() -> None:
    story = Story(GROUPS, Weights(0.0, {}))
    clues = story.find_clues(noun("gunman"), name("Ivo Varga"), 0.5)
    assert clues["words ever together Nn"] == 1.0
    assert clues["alike"] == 0.5
    apart = story.find_clues(noun("gunman"), noun("mayor"), 0.5)
    assert apart["words apart nn"] == 1.0, "both articles that have the two words tell of two things"


def test_the_order_of_documents_does_not_matter() -> None:
    weights = load_weights("story")
    forth = resolve_story(GROUPS, weights)
    order = [4, 5, 2, 3, 0, 1]
    back = resolve_story([GROUPS[each] for each in order], weights)
    ties = {frozenset(order[each] for each in group.members) for group in back}
    assert ties == {frozenset(group.members) for group in forth}


def test_nothing_at_all_is_no_group() -> None:
    assert resolve_story([], load_weights("story")) == []
