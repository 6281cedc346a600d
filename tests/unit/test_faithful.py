"""A translation keeps every number, command and placeholder of its French text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import Clues, Language
from bot.knowledge_base.faithful import differences, numbers
from handlers.render.languages import isolated

ARABIC = Language("ar", "arabe", "arabe", "", "", "", "", "", Clues())


@pytest.mark.parametrize(
    ("french", "other", "said"),
    [
        ("Appelez le 15.", "اتصل بالرقم 15.", []),
        ("Appelez le 05 53 35 86 00.", "Call 05 53 35 86 00.", []),
        ("Appelez le 15.", "Call 16.", ["il manque le nombre 15", "le nombre 16 n'est pas dans le texte français"]),
        ("Le 119 ou le 119.", "119.", ["il manque le nombre 119"]),
        ("Appelez.", "Call 3919.", ["le nombre 3919 n'est pas dans le texte français"]),
        ("Pour cela : /themes", "For this: /lieux", ["les commandes ne sont pas celles du texte français"]),
        ("SMS au {numero}", "SMS to {number}", ["les mots entre accolades ne sont pas ceux du texte français"]),
    ],
)
def test_what_differs_is_said(french: str, other: str, said: list[str]) -> None:
    assert differences(french, other) == said


@given(st.text(max_size=80))
def test_a_text_is_faithful_to_itself(text: str) -> None:
    assert differences(text, text) == []


@given(st.text(alphabet="0123456789 .:/+aéا", max_size=40), st.text(alphabet="0123456789", min_size=1, max_size=4))
def test_a_number_more_is_always_seen(text: str, number: str) -> None:
    assert differences(text, f"{text} : {number}")
    assert numbers(f"{text} : {number}").total() == numbers(text).total() + 1


@given(st.text(max_size=120))
def test_isolating_changes_nothing_but_the_marks_and_closes_each(text: str) -> None:
    clean = text.replace("\u2068", "").replace("\u2069", "")
    shown = isolated(clean, ARABIC)
    assert shown.replace("\u2068", "").replace("\u2069", "") == clean
    assert shown.count("\u2068") == shown.count("\u2069")
