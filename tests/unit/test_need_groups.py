"""Cards hold together whatever comes: a need never leaves its card, and what people split or merge stays so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.models import Vocabulary
from bot.domain.need_features import NeedReader
from bot.domain.need_groups import NeedGroups, Thresholds

_WORDS = st.sampled_from(
    "piscine horaires bébé nageur chien perdu marché ouverture tarif vélo fourrière comment où le la pour mon".split()
)
_TEXTS = st.one_of(st.lists(_WORDS, min_size=1, max_size=6).map(" ".join), st.text(max_size=80))


def groups() -> NeedGroups:
    return NeedGroups(NeedReader(Vocabulary()))


def put(known: NeedGroups, text: str, number: int) -> int:
    """The card of a text, as the desk puts it there."""
    found = known.find(text)
    card = number if found is None else found
    known.add(text, card)
    return card


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=25))
def test_a_need_never_leaves_its_card_by_itself(texts: list[str]) -> None:
    known = groups()
    placed = {text: put(known, text, number) for number, text in reversed(list(enumerate(texts, 1)))}
    assert {text: known.find(text) for text in placed} == placed


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, min_size=2, max_size=15, unique=True), st.lists(_TEXTS, max_size=10))
def test_what_was_merged_stays_together_and_what_was_split_apart(texts: list[str], later: list[str]) -> None:
    known = groups()
    placed = {text: put(known, text, number) for number, text in enumerate(texts, 1)}
    first, second = placed[texts[0]], placed[texts[-1]]
    if first != second:
        known.merge(second, first)
        assert known.find(texts[-1]) == first
    known.split([texts[0]], 999)
    taken = {text for text in texts if known.find(text) == 999}
    for number, text in enumerate(later, 100):
        put(known, text, number)
    assert known.find(texts[0]) == 999
    assert {text for text in texts if known.find(text) == 999} == taken


def test_neighbours_stay_apart_and_spellings_come_together() -> None:
    known = groups()
    hours = put(known, "quels sont les horaires de la piscine", 1)
    swimming = put(known, "inscription cours bébé nageur", 2)
    assert hours != swimming
    assert put(known, "zoraires de la pissine", 3) == hours
    assert put(known, "cour bb nageur inscripsion", 4) in (swimming, 4)
    assert put(known, "HORAIRES DE LA PISCINE !!!", 5) == hours


def test_what_is_said_like_a_split_wording_follows_it() -> None:
    known = groups()
    for number, text in enumerate(
        ("adopter un chien", "adopter un chien âgé au refuge", "je veux adopter un chien"), 1
    ):
        known.add(text, 1)
        assert number
    known.split(["adopter un chien âgé au refuge"], 2)
    assert known.find("adopter chien âgé refuge") == 2
    assert known.find("adopter un chien") == 1


def put_together(known: NeedGroups, free: set[int]) -> list[tuple[int, int]]:
    found = known.regroup(free)
    for _ in found.steps():
        pass
    return found.found


def test_a_wording_that_lies_between_two_cards_puts_them_together_unless_somebody_touched_one() -> None:
    known = NeedGroups(NeedReader(Vocabulary()), Thresholds(merge=0.03))  # little is rare among four texts
    for number, text in enumerate(("cours de tango argentin", "apprendre la valse", "chien perdu vers la gare"), 1):
        assert put(known, text, number) == number
    assert put(known, "cours de valse et de tango", 4) == 1
    assert put_together(known, {1, 3}) == []
    assert put_together(known, {1, 2, 3}) == [(2, 1)]
    known.merge(2, 1)
    assert known.find("apprendre la valse") == 1
    assert known.find("chien perdu vers la gare") == 3


@settings(max_examples=40, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=20, unique=True))
def test_what_is_put_together_is_free_and_goes_once(texts: list[str]) -> None:
    known = groups()
    cards = [put(known, text, number) for number, text in enumerate(texts, 1)]
    free = set(cards[::2])
    found = put_together(known, free)
    gone = [card for card, _ in found]
    assert len(gone) == len(set(gone))
    assert {card for pair in found for card in pair} <= free
    for card, into in found:
        assert into < card
        known.merge(card, into)
    assert all(known.find(text) not in gone for text in texts)
