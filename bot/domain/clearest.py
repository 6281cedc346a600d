"""Chooses, among the wordings of one need, the one that a reader understands at first sight."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.cards import Wording
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.text import strip_accents, tokens

_BEST_LENGTH = 8  # words: shorter ones leave out what is wanted, longer ones tell a life
_MASK = "["


def clearest(wordings: Iterable[Wording]) -> list[Wording]:
    """The wordings, clearest first; equal ones, the most frequent and the latest first."""
    return sorted(wordings, key=lambda one: (-clarity(one.text), -one.count, -one.last.toordinal(), one.text))


def clarity(text: str) -> float:
    """From 0 to 1: the share of well-spelt words, less for a message that is very short, very long or masked."""
    said = tokens(text, 60)
    if not said:
        return 0.0
    written = [strip_accents(word) for word in said]
    known = sum(map(LEXICON.is_ordinary, written)) / len(written)
    away = abs(len(said) - _BEST_LENGTH) / (_BEST_LENGTH if len(said) < _BEST_LENGTH else 30)
    return known * max(0.2, 1.0 - 0.5 * away) * (0.8 if _MASK in text else 1.0)
