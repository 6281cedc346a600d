"""The commune that a question names: counted only when it is sure."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commune_mentions import CommuneMentions
from bot.knowledge_base.place_files import read_directory
from bot.knowledge_base.problems import ProblemList
from tests.support.assistant import ROOT


@cache
def mentions() -> CommuneMentions:
    return read_directory(ROOT / "knowledge", (), ProblemList(ROOT / "knowledge")).mentions


NAMED = {
    "quels papiers pour le chômage, je vis à Trélissac": "24557",
    "g deménagé a boulasac": "24053",
    "une crèche périgueux centre svp": "24322",
    "j'habite st pierre de chignac": "24484",
    "mairie de salon": "24518",
    "on est à la douze": "24156",
}
NOT_NAMED = (
    "une table de salon", "les bus du grand périgueux", "il me faut le change", "je suis à la gare",
    "entre périgueux et trélissac", "la rue saint pierre", "",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_commune_is_found_among_other_words(text: str) -> None:
    assert mentions().find(text) == NAMED[text]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_words_that_look_like_a_commune_are_not_one(text: str) -> None:
    assert mentions().find(text) == ""


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert mentions().find(text) in {"", *mentions().find(text).split()}
