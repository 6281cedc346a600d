"""The sound key, by the tables of `tests/data/sounds.yaml`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phonetics import sound_key, sound_string
from bot.domain.text import tokens

Pair = tuple[str, str]
_TABLE = yaml.safe_load((Path(__file__).parents[1] / "data" / "sounds.yaml").read_text(encoding="utf-8"))


def _variants(table: dict[str, str]) -> Iterator[Pair]:
    for right, heard in table.items():
        yield from ((right, spelling) for spelling in dict.fromkeys(heard.split()) if spelling != right)


def _cut() -> Iterator[Pair]:
    for line in _TABLE["cut"]:
        right, _, heard = line.partition(" = ")
        yield from ((right, message) for message in heard.split(" | "))


MEET: list[Pair] = list(_variants(_TABLE["meet"]))
SPELT: list[Pair] = list(_variants(_TABLE["spelt"]))
CUT: list[Pair] = list(_cut())
APART: list[Pair] = [(first, second) for first, _, second in (pair.partition("/") for pair in _TABLE["apart"].split())]


def _said(message: str) -> str:
    """The message cut at spaces, apostrophes and hyphens, nothing written out."""
    return sound_string(re.findall(r"\w+", message))


def test_the_tables_are_large_enough() -> None:
    assert len(MEET) >= 330
    assert len(CUT) >= 60
    assert len(APART) >= 170
    assert len({frozenset(pair) for pair in APART}) == len(APART)


@pytest.mark.parametrize(("right", "heard"), MEET)
def test_a_word_and_the_word_as_heard_sound_alike(right: str, heard: str) -> None:
    assert sound_key(right) == sound_key(heard)


@pytest.mark.parametrize(("first", "second"), APART)
def test_words_of_another_meaning_sound_different(first: str, second: str) -> None:
    assert sound_key(first) != sound_key(second)


@pytest.mark.parametrize(("right", "heard"), CUT)
def test_where_words_are_cut_does_not_matter(right: str, heard: str) -> None:
    assert _said(right) == _said(heard)


@pytest.mark.parametrize(("acronym", "heard"), SPELT)
def test_an_acronym_sounds_the_same_however_its_letters_are_written(acronym: str, heard: str) -> None:
    first = str(_TABLE["spelt"][acronym]).split()[0]
    assert sound_string(first.split("_")) == sound_string(heard.split("_"))


def test_acronyms_sound_different_from_each_other() -> None:
    said = [sound_string(str(heard).split()[0].split("_")) for heard in _TABLE["spelt"].values()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("right", "heard"),
    [
        ("l'assistante sociale", "la sistante sosial"),
        ("c'est quoi", "sé koi"),
        ("j'ai pas reçu la lettre", "gé pa resu la laitre"),
        ("je peux avoir un rendez-vous", "jpeu avwar in randévou"),
    ],
)
def test_elisions_written_out_sound_like_elisions_heard(right: str, heard: str) -> None:
    assert sound_string(tokens(right)) == sound_string(tokens(heard))


def test_keys_are_plain_letters_so_that_runs_of_sounds_can_be_numbered() -> None:
    assert all(sound_key(word).isascii() for pair in MEET + APART for word in pair)


@given(st.text(max_size=60))
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(sound_key(text), str)
    assert isinstance(sound_string([text, text]), str)


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ", max_size=15), max_size=6))
def test_no_sound_is_written_twice_in_a_row(words: list[str]) -> None:
    assert re.search(r"(.)\1", sound_string(words)) is None


def test_a_word_of_one_letter_repeated_is_read() -> None:
    for letter in "aegilnostuxyé":
        assert len(sound_key(letter * 4096)) <= 4096
