"""The flat tree of the danger rules says what a tree of dictionaries would, and slips lead back to their word."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.danger.slips import Slips
from bot.domain.danger.sound_tree import ROOT, Branch, Ending, SoundTree

_KEYS = st.lists(st.text("abk*…", max_size=6), max_size=30)


def _grown(keys: list[str]) -> Branch:
    root = Branch()
    for number, key in enumerate(keys):
        node = root
        for letter in key:
            node = node.setdefault(letter, Branch())
        node.ending = Ending((*node.ending.labels, str(number)), star=number % 2 == 0)
    return root


def _agree(tree: SoundTree, node: int, branch: Branch) -> None:
    assert tree.ending(node) == branch.ending
    for letter in "abk*…z中":
        child = tree.child(node, letter)
        assert (child >= 0) == (letter in branch)
        if child >= 0:
            _agree(tree, child, branch[letter])


@given(_KEYS)
def test_the_flat_tree_is_the_grown_one(keys: list[str]) -> None:
    branch = _grown(keys)
    _agree(SoundTree(branch), ROOT, branch)
    _agree(pickle.loads(pickle.dumps(SoundTree(branch))), ROOT, branch)  # noqa: S301 - our own bytes


def test_a_slip_leads_to_its_word() -> None:
    slips = Slips(["suicide", "frapper"], excepted=lambda slip: slip == "fraper")
    assert slips.mend("suicde") == "suicide"
    assert slips.mend("suiicde") == "suicide"
    assert slips.mend("frpaper") == "frapper"
    assert slips.mend("fraper") is None
    assert slips.mend("suicide") is None
    assert slips.mend("") is None


def test_a_slip_of_two_words_is_of_the_last() -> None:
    assert Slips(["morsure", "moisure"], excepted=lambda _: False).mend("mosure") == "moisure"
    assert Slips(["moisure", "morsure"], excepted=lambda _: False).mend("mosure") == "morsure"


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert Slips(["suicide"], excepted=lambda _: False).mend(text) in {None, "suicide"}
    assert Slips(["suicide"], excepted=lambda _: False).mend(text + "\ud800") is None
