"""Compares one need with all that were met before, a channel at a time: flat arrays that grow at their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.inverted_index import Floats
from bot.domain.need_features import CHANNELS, SLOTS, Features, Places, synonym_weight

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ChannelWeights:
    """How much each channel counts, in the order of CHANNELS."""

    stems: float = 1.0
    sounds: float = 1.0
    characters: float = 1.0
    sound_runs: float = 1.0

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
        return iter((self.stems, self.sounds, self.characters, self.sound_runs))


class Rarity:
    """In how many texts (phrases of topics, messages outside them, needs) each feature stands: what is common tells
    little.
    """

    def __init__(self) -> None:
        self._counts = [np.zeros(SLOTS, np.int32) for _ in CHANNELS]
        self._texts = 0

    def learn(self, text: Features) -> None:
        """Count one more text."""
        self._texts += 1
        for counts, places in zip(self._counts, text.channels, strict=True):
            counts[places] += 1

    def weights(self, channel: int, places: Places) -> Floats:
        """The fourth power of the inverse text frequency of each feature: each of two texts gives its square."""
        counts = self._counts[channel][places]
        idf = np.log1p((self._texts - counts + 0.5).clip(0.5) / (counts + 0.5))
        return np.asarray(idf**4, dtype=np.float64)


class _Channel:
    """The features of all texts in one channel, end to end."""

    def __init__(self) -> None:
        self.places = np.empty(1 << 12, np.uint16)
        self.starts = np.empty(1 << 8, np.int64)
        self.size = 0

    def of(self, number: int, texts: int) -> Places:
        """The features of one of the texts."""
        end = int(self.starts[number + 1]) if number + 1 < texts else self.size
        return self.places[int(self.starts[number]) : end]

    def add(self, number: int, places: Places) -> None:
        """A text without features holds one that nothing matches, so that every text has a beginning."""
        needed = self.size + max(places.size, 1)
        if needed > self.places.size:
            self.places = np.resize(self.places, max(needed, 2 * self.places.size))
        if number >= self.starts.size:
            self.starts = np.resize(self.starts, 2 * self.starts.size)
        self.starts[number] = self.size
        self.places[self.size : needed] = places if places.size else 0
        self.size = needed


class NeedIndex:
    """Texts with their card; `likeness` of a new one to each of them, from 0 to 1."""

    def __init__(self, rarity: Rarity, weights: ChannelWeights) -> None:
        self._rarity = rarity
        self._weights = tuple(weights)
        self._channels = [_Channel() for _ in CHANNELS]
        self._cards = np.empty(1 << 8, np.int64)
        self._norms = np.empty((len(CHANNELS), 1 << 8))
        self.size = 0

    @property
    def cards(self) -> Numbers:
        """The card of each text."""
        return self._cards[: self.size]

    def add(self, features: Features, card: int) -> int:
        """Keep a text; its number."""
        number = self.size
        if number >= self._cards.size:
            self._cards = np.resize(self._cards, 2 * self._cards.size)
            self._norms = np.hstack([self._norms, np.empty_like(self._norms)])
        self._cards[number] = card
        for place, channel in enumerate(self._channels):
            channel.add(number, features.channels[place])
            total = self._rarity.weights(place, features.channels[place]).sum()
            self._norms[place, number] = np.sqrt(total) or np.inf
        self.size += 1
        return number

    def likeness_of(self, number: int) -> Floats:
        """How alike each text is to one that was kept."""
        channels = tuple(channel.of(number, self.size) for channel in self._channels)
        return self.likeness(Features(0, channels, np.empty(0, np.uint16)))

    def weigh_again(self) -> None:
        """What was rare when a text came may be common by now."""
        if not self.size:
            return
        for place, channel in enumerate(self._channels):
            weights = self._rarity.weights(place, channel.places[: channel.size])
            totals = np.sqrt(np.add.reduceat(weights, channel.starts[: self.size]))
            self._norms[place, : self.size] = np.where(totals > 0, totals, np.inf)

    def move(self, numbers: Sequence[int], card: int) -> None:
        """Put texts on another card."""
        self._cards[list(numbers)] = card

    def likeness(self, features: Features) -> Floats:
        """How alike each text is: the cosine of every channel, weighed."""
        total = np.zeros(self.size)
        if not self.size:
            return total
        for place, channel in enumerate(self._channels):
            asked = np.zeros(SLOTS, np.float32)
            own = features.channels[place]
            weights = self._rarity.weights(place, own)
            if place == 0 and features.related.size:
                asked[features.related] = self._rarity.weights(0, features.related) * synonym_weight()
            asked[own] = weights
            norm = np.sqrt(weights.sum())
            if not norm:
                continue
            sums = np.add.reduceat(asked[channel.places[: channel.size]], channel.starts[: self.size])
            total += self._weights[place] * sums / (norm * self._norms[place, : self.size])
        return np.asarray(np.minimum(total / sum(self._weights), 1.0), dtype=np.float64)
