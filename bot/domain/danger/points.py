"""What no rule foresaw: words, pairs of neighbouring words and findings each worry or reassure; their sum decides.

A linear model over rarity-weighted features (TF-IDF with logistic regression, as in Salton & Buckley 1988 and Fan et
al. 2008), learnt from labelled messages by `python -m tests.benchmarks.danger --fit`. It can only make the assistant
ask, never claim that it knows. Features are kept as numbers: thirty thousand of them in well under a megabyte.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.domain.danger.sounds import Word

FEWEST_WORDS = 3  # one or two words are a keyword search: the rules alone judge them


@dataclass(frozen=True, slots=True)
class PointRow:
    """One feature: how rare it is, how far it worries (below zero: reassures), and towards which kinds it leans."""

    feature: str
    rarity: float
    worry: float
    kinds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Worry:
    """How far the words of a message worry, towards which dangers, and which words weigh most."""

    points: float
    kinds: dict[str, float]
    words: tuple[str, ...]


NO_WORRY = Worry(float("-inf"), {}, ())


def features(words: Sequence[Word], labels: Collection[str]) -> Counter[str]:
    """What a message is judged on: the sounds of its words and of neighbours together, and the labels found in it."""
    sounds = [word.sound for word in words if word.sound]
    counted = Counter(sounds)
    counted.update(f"{first} {second}" for first, second in pairwise(sounds))
    counted.update(f"<{label}>" for label in labels)
    return counted


def amounts(counted: Counter[str]) -> NDArray[np.float32]:
    """A word said four times is not four times the evidence."""
    return 1 + np.log(np.fromiter(counted.values(), np.float32, len(counted)))


def _codes(names: Iterable[str]) -> NDArray[np.uint32]:
    return np.asarray([zlib.crc32(name.encode()) for name in names], np.uint32)


class DangerPoints:
    """The points of every known feature, ready to weigh messages."""

    def __init__(self, rows: Sequence[PointRow], kinds: Sequence[str], *, base: float, threshold: float) -> None:
        codes = _codes(row.feature for row in rows)
        codes, first = np.unique(codes, return_index=True)
        self._codes: NDArray[np.uint32] = codes
        self._rarity = np.asarray([rows[place].rarity for place in first], np.float16)
        self._worry = np.asarray([rows[place].worry for place in first], np.float16)
        self._leaning = np.asarray([rows[place].kinds for place in first], np.float16).reshape(len(first), len(kinds))
        self._kinds = tuple(kinds)
        self._base = base
        self.threshold = threshold

    def weigh(self, words: Sequence[Word], labels: Collection[str]) -> Worry:
        """The worry of a message; without known words, none."""
        counted = features(words, labels)
        if len(words) < FEWEST_WORDS or not counted or not self._codes.size:
            return NO_WORRY
        codes = _codes(counted)
        places = np.minimum(np.searchsorted(self._codes, codes), self._codes.size - 1)
        known = self._codes[places] == codes
        if not known.any():
            return NO_WORRY
        places = places[known]
        strength = amounts(counted)[known] * self._rarity[places].astype(np.float32)
        strength /= np.sqrt(np.square(strength).sum())
        parts = strength * self._worry[places].astype(np.float32)
        kinds = strength @ self._leaning[places].astype(np.float32)
        names = [name for name, is_known in zip(counted, known.tolist(), strict=True) if is_known]
        heaviest = sorted(zip(parts.tolist(), names, strict=True), key=lambda one: (-one[0], one[1]))[:4]
        return Worry(
            self._base + float(parts.sum()),
            dict(zip(self._kinds, kinds.tolist(), strict=True)),
            tuple(name for part, name in heaviest if part > 0),
        )
