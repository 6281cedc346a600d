"""Mends a misspelt word towards the words that the knowledge base knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from bot.domain.text import stem

# Weakest likeness of two stems that still counts, on rapidfuzz's 0–100 `ratio` (Indel similarity). 75 with the
# weight (s/100)² gave the best top-1 of the single channels in the study behind docs/understanding.md.
LIKENESS_FLOOR = 75.0
_CANDIDATES = 3
_MOST_EDITS = 1.0 - LIKENESS_FLOOR / 100.0  # what that floor allows for each letter of the two words
_SHORTEST = 4  # "apl" and "apa" are one letter apart and worlds apart: short words are never mended


class WordMender:
    """Finds the known stems nearest to an unknown one, best first."""

    def __init__(self, known: Iterable[str], never_bridged: Iterable[tuple[str, str]] = ()) -> None:
        usable = {word for word in known if len(word) >= _SHORTEST and word.isalpha()}
        self._words = sorted(usable, key=lambda word: (len(word), word))
        self._lengths = np.asarray([len(word) for word in self._words], dtype=np.int64)
        self._letters = np.asarray([_letters(word) for word in self._words], dtype=np.uint64)
        self._never = {frozenset((stem(one), stem(other))) for one, other in never_bridged}
        self._remember()

    def _remember(self) -> None:
        self.mend = lru_cache(maxsize=8_192)(self._mend)

    def __getstate__(self) -> dict[str, object]:
        """What crosses to another process: not what was remembered of messages."""
        return {name: value for name, value in self.__dict__.items() if name != "mend"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def _mend(self, unknown: str) -> tuple[tuple[str, float], ...]:
        """Known stems and their weights in ]0, 1]; none for a word too short to be mended safely."""
        if len(unknown) < _SHORTEST or not unknown.isalpha() or len(unknown) > 30:
            return ()
        reach = max(1, len(unknown) // 3)
        low, high = np.searchsorted(self._lengths, (len(unknown) - reach, len(unknown) + reach + 1))
        apart = np.bitwise_count(self._letters[low:high] ^ np.uint64(_letters(unknown)))
        near = np.flatnonzero(apart <= (self._lengths[low:high] + len(unknown)) * _MOST_EDITS)
        choices = [self._words[low + place] for place in near.tolist()]
        found = process.extract(
            unknown, choices, scorer=fuzz.ratio, processor=None, limit=_CANDIDATES, score_cutoff=LIKENESS_FLOOR
        )
        return tuple(
            (word, (score / 100.0) ** 2) for word, score, _ in found if frozenset((unknown, word)) not in self._never
        )


def _letters(word: str) -> int:
    """Which letters a word holds, and which twice, as bits: words differ by at least as many edits as by bits.

    That bound spares nine comparisons in ten and changes no result.
    """
    bits = 0
    for letter in word:
        place = ord(letter) - ord("a")
        if not 0 <= place < 26:
            bits |= 1 << (52 + place % 12)
        elif bits >> place & 1:
            bits |= 1 << (26 + place)
        else:
            bits |= 1 << place
    return bits
