"""Tells keyboard noise from a question: it gets a kind reply and is not kept as a need."""

from __future__ import annotations

import re

from bot.domain.text import strip_accents, tokens

_LONGEST = 4  # words
_VOWEL = re.compile(r"[aeiouy]")
_HARD_RUN = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ROW_RUN = 4


def is_noise(text: str, explained: float) -> bool:
    """Whether a short message holds no word: `explained` is the share of it that the knowledge base knows."""
    said = [strip_accents(word) for word in tokens(text, _LONGEST + 1)]
    if not said:
        return True
    if len(said) > _LONGEST or explained >= 0.5:
        return False
    return all(map(_not_a_word, said))


def _not_a_word(word: str) -> bool:
    if len(word) < 3:
        return True
    if not _VOWEL.search(word) or _HARD_RUN.search(word):
        return True
    if len(word) > 3 and len(set(word)) <= 2:
        return True
    return any(row[start : start + _ROW_RUN] in word for row in _ROWS for start in range(len(row) - _ROW_RUN + 1))
