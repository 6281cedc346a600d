"""Finds cards that say the same among those that nobody touched: the two whose wordings are most alike in the mean
become one, again and again, until none are alike enough.

A need that comes is compared with what came before it; wordings that lie between two cards often come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.need_index import NeedIndex

Means = NDArray[np.float32]
MOST_CARDS = 1_500  # the latest: a table of 9 MB while it lasts


class Regrouping:
    """Works a few milliseconds at a time: messages go first. `found` holds the pairs once the steps are over."""

    def __init__(self, index: NeedIndex, held: Mapping[int, Sequence[int]], least: float) -> None:
        self._index = index
        self._cards = sorted(held)[-MOST_CARDS:]
        self._held = [tuple(held[card]) for card in self._cards]
        self._least = least
        self.found: list[tuple[int, int]] = []

    def steps(self) -> Iterator[None]:
        """Compare every wording with all others, then put cards together in thought."""
        if len(self._cards) < 2:
            return
        sizes: Means = np.asarray([len(numbers) for numbers in self._held], np.float32)
        means: Means = np.zeros((len(self._cards),) * 2, np.float32)
        places = np.full(self._index.size, len(self._cards))
        for place, numbers in enumerate(self._held):
            places[list(numbers)] = place
        for place, numbers in enumerate(self._held):
            for number in numbers:
                alike = self._index.likeness_of(number)[: places.size]
                means[place] += np.bincount(places, alike, len(self._cards) + 1)[:-1]
                yield
            means[place] /= sizes[place] * sizes
        means = np.asarray((means + means.T) / 2, np.float32)  # a wording's own related words count from its side only
        np.fill_diagonal(means, -1.0)
        yield from self._put_together(means, sizes)

    def _put_together(self, means: Means, sizes: Means) -> Iterator[None]:
        while True:
            into, gone = sorted(divmod(int(means.argmax()), len(sizes)))
            if means[into, gone] < self._least:
                return
            self.found.append((self._cards[gone], self._cards[into]))
            both = sizes[into] + sizes[gone]
            joined = (means[into] * sizes[into] + means[gone] * sizes[gone]) / both
            joined[means[into] < 0] = -1.0
            joined[[into, gone]] = -1.0
            sizes[into] = both
            means[into], means[:, into] = joined, joined
            means[gone], means[:, gone] = -1.0, -1.0
            yield
