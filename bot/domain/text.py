"""What a message says once spelling games are put aside: clean characters, whole words, stems.

The order matters: characters are cleaned once, words are cut with their accents (the sound key needs them),
and accents go last. Nothing here knows the knowledge base; `Speller` carries what the vocabulary adds.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import snowballstemmer

from bot.domain.grammar import CLITICS, EMOJI_WORDS, NEGATIONS, SHORTHAND, STOP_WORDS

__all__ = [
    "NEGATIONS",
    "STOP_WORDS",
    "clean",
    "cut_once",
    "fold",
    "readable",
    "stem",
    "strip_accents",
    "tokens",
    "words",
]

MAX_CHARACTERS = 4096  # Telegram's limit for a message; what follows is never read
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘´`ʹ′‛＇", "'"))
_MOST_LETTERS = 100  # of one "word": even a sentence without spaces has said enough
_PIECE = 512
_MOST_MARKS = 4  # on one letter; putting a thousand in order would take their square
_KEPT_MARKS = frozenset("\u0300\u0301\u0302\u0308\u0327")  # grave, acute, circumflex, diaeresis, cedilla
# What nearly every message is made of: nothing in it needs the slow road.
_PLAIN = re.compile(r"[\n !-~à-öø-ÿÀ-ÖØ-ÞœŒ€«»–—…]*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_DOTTED = re.compile(r"\b(?:[a-zà-ÿ]\.\s?){2,}(?:[a-zà-ÿ]\b)?")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_THREE_ALIKE = re.compile(r"(.)\1\1")
_DIGIT = re.compile(r"\d")
_NUMBER_AND_LETTERS = re.compile(r"(?<=\d)(?=[a-z]{3,})|(?<=[a-zà-ÿ]{3})(?=\d)")
_J_AND_CONSONANT = re.compile(r"^j(?=[bcdfghklmnpqrstvwxz]+[aeiouyà-ÿ])")
_stemmer = snowballstemmer.stemmer("french")


class _AtHand(threading.local):
    """What was cleaned and cut while `cut_once` lasts; None outside."""

    cleaned: dict[str, str] | None = None
    cut: dict[str, list[str]] | None = None


_at_hand = _AtHand()


@contextmanager
def cut_once() -> Iterator[None]:
    """While a message is read or a base built, a text is cleaned and cut once; after it nothing is remembered."""
    before = _at_hand.cleaned, _at_hand.cut
    _at_hand.cleaned, _at_hand.cut = {}, {}
    try:
        yield
    finally:
        _at_hand.cleaned, _at_hand.cut = before


def clean(text: str) -> str:
    """Lower-case text in composed characters, without invisible marks; emojis that carry meaning become words."""
    known = _at_hand.cleaned
    if known is None:
        return _clean(text)
    found = known.get(text)
    if found is None:
        found = known[text] = _clean(text)
    return found


def _clean(text: str) -> str:
    text = text[:MAX_CHARACTERS].translate(_APOSTROPHES)
    if _PLAIN.fullmatch(text):
        return " ".join(text.lower().replace("œ", "oe").replace("æ", "ae").split())
    text = _compatible(_unstacked(text))
    for emoji, word in EMOJI_WORDS.items():
        if emoji in text:
            text = text.replace(emoji, f" {word} ")
    apart = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join(unicodedata.normalize("NFC", "".join(map(_kept, apart))).split())


def _compatible(text: str) -> str:
    """NFKC, a piece at a time until there is enough: one Arabic ligature becomes eighteen letters."""
    pieces: list[str] = []
    for start in range(0, len(text), _PIECE):
        pieces.append(unicodedata.normalize("NFKC", text[start : start + _PIECE]))
        if sum(map(len, pieces)) >= MAX_CHARACTERS:
            break
    return "".join(pieces)[:MAX_CHARACTERS]


def _unstacked(text: str) -> str:
    """The text without the marks that nobody could read on one letter."""
    marks = list(map(unicodedata.combining, text))
    if not any(marks):
        return text
    kept: list[str] = []
    run = 0
    for character, mark in zip(text, marks, strict=True):
        run = run + 1 if mark else 0
        if run <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


@lru_cache(maxsize=8192)
def _kept(character: str) -> str:
    """The character itself, a space for blanks and control marks, nothing for invisible marks and stacked accents."""
    category = unicodedata.category(character)
    if category == "Cf" or (category == "Mn" and character not in _KEPT_MARKS):
        return ""
    return " " if category[0] in "ZC" else character


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    if len(text) == 1 and unicodedata.is_normalized("NFD", text):
        return "" if unicodedata.category(text) == "Mn" else text
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=8192)
def strip_accents(word: str) -> str:
    """The same letters without their accents ("déclaré" → "declare"). For words: they are remembered."""
    return _without_accents(word)


def fold(text: str) -> str:
    """Clean text without accents: what two spellings of one sentence have in common."""
    # Not through the cache: whole messages are not to be remembered.
    return " ".join(_without_accents(clean(text)).split())


def tokens(text: str, most: int | None = None) -> list[str]:
    """Words in lower case with their accents; elisions, shorthand and glued pronouns written out; the first `most`."""
    known = _at_hand.cut
    if known is None:
        return _cut(text)[:most]
    found = known.get(text)
    if found is None:
        found = known[text] = _cut(text)
    return found[:most]


def _cut(text: str) -> list[str]:
    text = clean(text)
    # Most texts hold none of these: looking for a sign is many times faster than trying an expression everywhere.
    if "." in text:
        text = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text)
    if _THREE_ALIKE.search(text):
        text = _REPEATED.sub(r"\1", text)
    if _DIGIT.search(text):
        text = _NUMBER_AND_LETTERS.sub(" ", text)
    return [word for raw in _WORD.findall(text) for word in _expand(raw[:_MOST_LETTERS])]


@lru_cache(maxsize=8192)
def _expand(raw: str) -> tuple[str, ...]:
    """One written word as the words it stands for."""
    if "'" not in raw or raw in SHORTHAND:
        return _written_out(raw)
    *heads, last = raw.split("'")
    found: list[str] = []
    for head in filter(None, heads):
        opened = CLITICS.get(strip_accents(head))
        found.extend((opened,) if opened else _written_out(head))
    return (*found, *(_written_out(last) if last else ()))


def _written_out(word: str) -> tuple[str, ...]:
    for form in (word, strip_accents(word)):  # "é" and "e", "à" and "a" are different words
        if form in SHORTHAND:
            return SHORTHAND[form]
    if len(word) > 2 and _J_AND_CONSONANT.match(strip_accents(word)):
        # No French word begins with j and a consonant: "jpeu" is "je peu".
        return ("je", *SHORTHAND.get(word[1:], (word[1:],)))
    return (word,)


def words(text: str) -> list[str]:
    """Words in lower case without accents, written out as in `tokens`."""
    return [strip_accents(token) for token in tokens(text)]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The Snowball stem of one word, without accents; numbers and words of three letters or fewer stay whole."""
    if len(word) <= 3 or not word.isalpha():
        return strip_accents(word)
    return strip_accents(_stemmer.stemWord(word))


def readable(text: str) -> bool:
    """Whether the text holds at least one word of two letters, so that an answer may be looked for."""
    return any(len(word) >= 2 and word.isalpha() for word in map(strip_accents, tokens(text)))
