"""Mends a misspelt word towards the words that the knowledge base knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

# Weakest likeness of two stems that still counts, on rapidfuzz's 0–100 `ratio` (Indel similarity). 75 with the
# weight (s/100)² gave the best top-1 of the single channels in the study behind docs/understanding.md.
LIKENESS_FLOOR = 75.0
_CANDIDATES = 3
_SHORTEST = 4  # "apl" and "apa" are one letter apart and worlds apart: short words are never mended


class WordMender:
    """Finds the known stems nearest to an unknown one, best first."""

    def __init__(self, known: Iterable[str], never_bridged: Iterable[tuple[str, str]] = ()) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(set(known)):
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_length[len(word)].append(word)
        self._never = {frozenset(pair) for pair in never_bridged}
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def _mend(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Known stems and their weights in ]0, 1]; none for a word too short to be mended safely."""
        if len(stem) < _SHORTEST or not stem.isalpha() or len(stem) > 30:
            return ()
        reach = max(1, len(stem) // 3)
        choices = [
            word
            for length in range(len(stem) - reach, len(stem) + reach + 1)
            for word in self._by_length.get(length, ())
        ]
        found = process.extract(
            stem, choices, scorer=fuzz.ratio, processor=None, limit=_CANDIDATES, score_cutoff=LIKENESS_FLOOR
        )
        return tuple(
            (word, (score / 100.0) ** 2) for word, score, _ in found if frozenset((stem, word)) not in self._never
        )
