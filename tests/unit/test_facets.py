"""Precise questions after an answer, and subjects that must not be swallowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facets import Cues, FacetFinder
from bot.services.recent_topics import KEPT_SECONDS, RecentTopics

FINDER = FacetFinder(
    Cues(
        {
            "ou": ("c'est où", "quelle adresse"),
            "papiers": ("quels papiers", "il faut apporter quoi"),
            "cout": ("c'est combien", "c'est gratuit"),
            "sans_internet": ("sans internet", "j'ai pas internet"),
        },
        relatives=("mon fils", "ma mère"),
        neutral=("et", "pour", "faut", "besoin"),
    )
)


@pytest.mark.parametrize(
    ("message", "facet"),
    [
        ("c'est où ?", "ou"), ("cé ou", "ou"), ("c ou svp", "ou"), ("quels papiers ?", "papiers"),
        ("kel papié il fo", "papiers"), ("c combien", "cout"), ("et sans internet ?", "sans_internet"),
        ("jé pa internet", "sans_internet"), ("et pour mon fils ?", None), ("et ma mère", None),
    ],
)  # fmt: skip
def test_follow_ups(message: str, facet: str | None) -> None:
    found = FINDER.find(message)
    assert found.alone
    assert found.facet == facet


@pytest.mark.parametrize(
    "message",
    ["quels papiers pour le passeport", "mon fils veut un vélo", "c'est où la piscine", "bonjour", "",
     "je n'ai pas internet chez moi et je voudrais savoir comment faire pour ma retraite"],
)  # fmt: skip
def test_a_new_subject_is_never_swallowed(message: str) -> None:
    assert not FINDER.find(message).alone


def test_a_facet_in_a_first_message_is_seen() -> None:
    assert FINDER.find("quels papiers pour le passeport").facet == "papiers"


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    FINDER.find(text)


def test_recent_topics_are_forgotten_after_half_an_hour() -> None:
    now = [0.0]
    recent = RecentTopics(lambda: now[0])
    recent.remember(1, "rsa")
    assert recent.last(1) == "rsa"
    assert recent.last(2) is None
    now[0] = KEPT_SECONDS + 1
    assert recent.last(1) is None


def test_recent_topics_are_bounded() -> None:
    recent = RecentTopics(lambda: 0.0)
    for chat in range(10_050):
        recent.remember(chat, "rsa")
    assert recent.last(0) is None
    assert recent.last(10_049) == "rsa"
