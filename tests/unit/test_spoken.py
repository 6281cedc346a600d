"""What a voice should say: a table of real texts, and whatever people type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spoken import Saying, spoken
from bot.domain.spoken.numbers import cardinal, feminine, ordinal

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> Any:
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts stay texts)


TABLE: list[dict[str, Any]] = read("tests/data/spoken.yaml")
_ACRONYMS = read("knowledge/vocabulaire/sigles.yaml")
SAYING = Saying(_ACRONYMS["sigles"], _ACRONYMS["se_dit"])
SAYABLE = re.compile(r"[^\W\d_ºª]|[ .,;:!?'\n-]")
_BRICKS = [
    "05 53 35 86 00", "3230", "1er", "8 h 30", "31/12/2026", "12,50 €", "caf.fr", "• ", "1. ", "RSA", "C2S", "\n", " ",
    "-", "(", "n°", "0 809 401 401", "24 h", "[[", "<b>", "/", "2e", "m²", "+33", "http://", "@", "...",
]  # fmt: skip


def test_the_table_holds_120_texts() -> None:
    assert len(TABLE) >= 120
    assert len({(row["texte"], *row.get("liens", ())) for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["texte"][:40])
def test_a_text_is_said_as_people_say_it(row: dict[str, Any]) -> None:
    assert spoken(row["texte"], SAYING, row.get("liens", ())) == row["dit"]


@given(st.text() | st.lists(st.sampled_from(_BRICKS) | st.text(max_size=4)).map("".join))
def test_whatever_is_typed_leaves_nothing_to_stumble_over(text: str) -> None:
    said = spoken(text, SAYING, (text[:20],))
    assert all(map(SAYABLE.fullmatch, said)), said
    assert len(said) <= 60 * len(text) + 400
    assert "  " not in said


@given(st.integers(0, 999_999_999))
def test_numbers_in_words_are_told_apart(number: int) -> None:
    assert not re.search(r"\d", cardinal(number))
    assert cardinal(number) != cardinal(number + 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zéro"), (16, "seize"), (21, "vingt et un"), (61, "soixante et un"), (70, "soixante-dix"),
     (71, "soixante et onze"), (80, "quatre-vingts"), (81, "quatre-vingt-un"), (91, "quatre-vingt-onze"),
     (100, "cent"), (101, "cent un"), (200, "deux cents"), (280, "deux cent quatre-vingts"), (1000, "mille"),
     (1100, "mille cent"), (80_000, "quatre-vingt mille"), (200_000, "deux cent mille"),
     (1_000_000, "un million"), (2_000_080, "deux millions quatre-vingts")],
)  # fmt: skip
def test_numbers(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_ordinals_and_feminines() -> None:
    assert [ordinal(n) for n in (1, 2, 4, 5, 9, 11, 21, 80, 100, 1000)] == [
        "premier", "deuxième", "quatrième", "cinquième", "neuvième", "onzième", "vingt et unième",
        "quatre-vingtième", "centième", "millième",
    ]  # fmt: skip
    assert ordinal(1, female=True) == "première"
    assert (feminine(21), feminine(11)) == ("vingt et une", "onze")


def test_every_text_of_the_base_can_be_said() -> None:
    for text in read("knowledge/textes.yaml").values():
        said = spoken(text, SAYING)
        assert said
        assert all(map(SAYABLE.fullmatch, said)), said


@pytest.mark.parametrize("brick", [*_BRICKS, "1 ", "123 ", "a.", "a-", "1h-", "L'", "A.B.", "heures et "])
def test_a_brick_repeated_to_the_limit_is_said(brick: str) -> None:
    said = spoken((brick * 4096)[:4096], SAYING)
    assert all(map(SAYABLE.fullmatch, said))
