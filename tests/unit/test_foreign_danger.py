"""Danger told in a foreign language only is seen; ordinary needs in it, and French in any spelling, are not danger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.danger.foreign import ForeignDangerFinder
from bot.domain.language import Languages
from handlers.render.html import to_plain
from handlers.render.outcome import danger_screen
from tests.support.assistant import small_understanding
from tests.unit.test_language import CODES, DATA, LANGUAGES, SHARED, rows

FINDER = ForeignDangerFinder(LANGUAGES)
MESSAGES = rows(DATA / "foreign-danger.jsonl")


@pytest.mark.parametrize("code", CODES)
def test_each_is_seen_with_its_kind_and_language(code: str) -> None:
    said = [row for row in MESSAGES if row["language"] == code and row["id"]]
    assert len(said) >= 9
    found = [(row["q"], FINDER.find(str(row["q"]))) for row in said]
    told = [(text, one.kind, one.language.code) if one else (text, None, None) for text, one in found]
    assert told == [(row["q"], row["id"], code) for row in said]


def test_ordinary_needs_are_none() -> None:
    calm = [str(row["q"]) for row in MESSAGES if row["id"] is None]
    calm += [str(row["q"]) for row in rows(DATA / "languages.jsonl")]
    assert len(calm) > 400
    assert [text for text in calm if FINDER.find(text)] == []


@pytest.mark.parametrize("name", ["questions", "danger", "danger-fresh", "danger-learning", "dev"])
def test_french_is_left_to_the_french_rules(name: str) -> None:
    path = SHARED if name == "dev" else DATA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("this file is not here")
    said = [str(row["q"]) for row in rows(path)]
    assert [text for text in said if FINDER.find(text)] == []


def test_the_reading_puts_it_before_everything_and_keeps_the_language() -> None:
    understanding = small_understanding()
    understood = understanding.read("hello, my husband hits me and I want to apply for RSA")
    assert understood.danger is not None
    assert understood.danger.kind == "violences-conjugales"
    assert understood.danger.certain
    assert understood.language is not None
    assert understood.told_abroad
    assert understanding.danger("quiero morir") is not None  # what never waits, too
    assert understanding.danger("quiero un médico") is None


def test_danger_in_french_is_answered_in_french() -> None:
    understood = small_understanding().read("au secours il me frappe avec un marteau, he hits me")
    assert understood.danger is not None
    assert not understood.told_abroad


def test_the_numbers_stand_first_in_that_language() -> None:
    understanding = small_understanding()
    understood = understanding.read("أريد أن أموت")
    assert understood.danger is not None
    screen = danger_screen(understanding.knowledge, understood.danger, understood.language)
    lines = to_plain(screen.parts[0]).replace("\u2068", "").replace("\u2069", "").splitlines()
    assert understood.language is not None
    assert lines[0] == understood.language.emergency
    assert any(line.startswith("3114") for line in lines[1:4])
    assert understood.language.human in lines


@given(st.text(max_size=3000))
def test_nothing_raises(text: str) -> None:
    FINDER.find(text)


@pytest.mark.parametrize("text", ["", "he " * 2000, "a" * 4096, "́" * 4096, "İ" * 4096, "my husband hits " * 300])
def test_extreme_messages_are_read(text: str) -> None:
    FINDER.find(text)
    assert ForeignDangerFinder(Languages()).find(text) is None
