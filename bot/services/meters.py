"""Counts what the running process does, in memory: how much and how fast, never who or what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

# Upper ends, in seconds: fine where an answer should be, coarse where something is wrong.
LIMITS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
OTHER = "other"


@dataclass(slots=True)
class Meters:
    """What `/etat` and the metrics page show; one for each process."""

    since: datetime
    outcomes: Counter[str] = field(default_factory=Counter)  # messages by what they came to
    telegram_errors: Counter[str] = field(default_factory=Counter)  # by kind
    failures: Counter[str] = field(default_factory=Counter)  # errors of ours, by kind
    seconds_total: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(LIMITS) + 1))
    _heard: float = field(default_factory=monotonic)

    def answered(self, seconds: float) -> None:
        """An update was dealt with in that time."""
        self.seconds_total += seconds
        self.buckets[bisect_left(LIMITS, seconds)] += 1

    def telegram_heard(self) -> None:
        """Telegram answered one of our calls."""
        self._heard = monotonic()

    @property
    def silence_seconds(self) -> float:
        """Since Telegram was last heard of."""
        return monotonic() - self._heard

    @property
    def updates(self) -> int:
        return sum(self.buckets)

    def within(self, share: float) -> float | None:
        """A time within which that share of the updates was dealt with (the end of its bucket); None for none yet."""
        total, seen = self.updates, 0
        if not total:
            return None
        for limit, number in zip((*LIMITS, float("inf")), self.buckets, strict=True):
            seen += number
            if seen >= share * total:
                return limit
        return float("inf")
