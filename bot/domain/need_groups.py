"""Puts needs that say the same on one card, one by one as they come, and keeps to what people decided about cards.

A need is compared with the wordings of every card; it joins the nearest one when that is near enough, else it opens a
card of its own. Cards that nobody touched may be put together later (`need_regrouping.py`); apart from that a need
never leaves its card by itself: only a person splits and merges, and both hold for ever, since a later need that says
the same follows the wordings that were moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from bot.domain.need_features import Features, NeedReader
from bot.domain.need_index import ChannelWeights, NeedIndex, Rarity
from bot.domain.need_regrouping import Regrouping

MOST_WORDINGS = 40  # kept of one card: enough to know what is said alike
MOST_KEPT = 12_000  # of all cards, most recent first: some 10 MB


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on one half of the labelled groups by `tests/benchmarks/need_groups.py`; figures in docs/understanding.md.

    A need on the wrong card is lost to sight, a card too many costs one tap ("Fusionner"): of values with about the
    same F1, the one with more precision stands.
    """

    join: float = 0.2  # likeness from which a need joins a card
    merge: float = 0.09  # mean likeness of their wordings from which two cards that nobody touched are one
    nearest: float = 0.0  # how much of a card's likeness is that of its nearest wording; the rest, of its best three
    channels: ChannelWeights = field(default_factory=ChannelWeights)


@dataclass(frozen=True, slots=True)
class Near:
    """A card and how alike it is, from 0 to 1."""

    card: int
    likeness: float


class NeedGroups:
    """Knows the wordings of every card. Cards are numbers that the caller gives."""

    def __init__(self, reader: NeedReader, thresholds: Thresholds | None = None) -> None:
        self._reader = reader
        self._thresholds = thresholds or Thresholds()
        self._rarity = Rarity()
        self._index = NeedIndex(self._rarity, self._thresholds.channels)
        self._exact: dict[int, int] = {}
        self._held: dict[int, list[int]] = {}
        self._keys: list[int] = []
        self._stems: set[str] = set()

    def learn_background(self, texts: Iterable[str]) -> None:
        """Learn from topics' phrases and messages outside them which words are common. Before the first need."""
        for text in texts:
            self._stems.update(self._reader.stems(text))
            self._rarity.learn(self._reader.read(text))

    def finish_background(self) -> None:
        """All topics are learnt: misspelt words are mended towards their words from now on."""
        self._reader.know(self._stems)
        self._stems = set()

    def near(self, text: str, limit: int = 3) -> tuple[Near, ...]:
        """The cards that are most alike, best first."""
        return self._near(self._reader.read(text), limit)

    def find(self, text: str) -> int | None:
        """The card that a need belongs to; None when it opens one of its own."""
        features = self._reader.read(text)
        exact = self._exact.get(features.key)
        if exact is not None:
            return exact
        best = self._near(features, 1)
        return best[0].card if best and best[0].likeness >= self._thresholds.join else None

    def add(self, text: str, card: int) -> None:
        """Put a need's wording on a card."""
        features = self._reader.read(text)
        if features.key in self._exact:
            return
        self._exact[features.key] = card
        if len(self._held.get(card, [])) >= MOST_WORDINGS or self._index.size >= MOST_KEPT:
            return
        self._rarity.learn(features)
        self._held.setdefault(card, []).append(self._index.add(features, card))
        self._keys.append(features.key)

    def merge(self, gone: int, into: int) -> None:
        """All wordings of a card are another one's from now on."""
        moved = self._held.pop(gone, [])
        self._index.move(moved, into)
        self._held.setdefault(into, []).extend(moved)
        for key in [key for key, card in self._exact.items() if card == gone]:
            self._exact[key] = into

    def regroup(self, free: Collection[int]) -> Regrouping:
        """What could be put together of these cards, which nobody touched; `merge` then does it."""
        self._index.weigh_again()
        held = {card: tuple(numbers) for card, numbers in self._held.items() if card in free and numbers}
        return Regrouping(self._index, held, self._thresholds.merge)

    def split(self, texts: Iterable[str], card: int) -> None:
        """These wordings are another card's from now on, and so is what will be said like them."""
        for text in texts:
            features = self._reader.read(text)
            old = self._exact.pop(features.key, None)
            numbers = [n for n in self._held.get(old, []) if self._keys[n] == features.key] if old else []
            if old is not None and numbers:
                self._held[old] = [number for number in self._held[old] if number not in numbers]
                self._index.move(numbers, card)
                self._held.setdefault(card, []).extend(numbers)
                self._exact[features.key] = card
            else:
                self.add(text, card)

    def _near(self, features: Features, limit: int) -> tuple[Near, ...]:
        likeness = self._index.likeness(features)
        if not likeness.size:
            return ()
        cards = self._index.cards
        order = np.lexsort((-likeness, cards))
        sorted_cards, sorted_likeness = cards[order], likeness[order]
        starts = np.flatnonzero(np.r_[True, sorted_cards[1:] != sorted_cards[:-1]])
        ends = np.r_[starts[1:], sorted_cards.size]
        best = sorted_likeness[starts]
        summed = np.zeros(starts.size)
        counted = np.minimum(ends - starts, 3)
        for place in range(3):
            there = counted > place
            summed[there] += sorted_likeness[starts[there] + place]
        nearest = self._thresholds.nearest
        value = nearest * best + (1.0 - nearest) * summed / counted
        first = np.argsort(-value, kind="stable")[:limit]
        return tuple(Near(int(sorted_cards[starts[place]]), float(value[place])) for place in first)
