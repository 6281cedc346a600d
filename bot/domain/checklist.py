"""The papers of a topic with those that somebody has already: a value made from a button and given back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Checklist:
    """Papers in the order of the topic, and the ticked ones as bits, the first paper being the lowest."""

    papers: tuple[str, ...]
    ticks: int = 0

    @property
    def valid(self) -> bool:
        """Whether the ticks are of this list: a forged button may say anything."""
        return bool(self.papers) and 0 <= self.ticks < 1 << len(self.papers)

    @property
    def missing(self) -> int:
        """How many papers are not there yet."""
        return len(self.papers) - self.ticks.bit_count()

    def has(self, index: int) -> bool:
        return bool(self.ticks >> index & 1)

    def ticked(self, index: int, *, there: bool) -> Checklist:
        """The list with one paper there, or not."""
        bit = 1 << index
        return replace(self, ticks=self.ticks | bit if there else self.ticks & ~bit)
