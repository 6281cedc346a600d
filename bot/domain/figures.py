"""What staff are told of a period: how many, never who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.domain.periods import Period
from bot.domain.small_cells import Table

# served: an answer at once; choices: two or three offered; danger: the help shown first, whatever else was said.
Outcome = Literal["served", "choices", "unknown", "danger"]
CHANNELS = ("chat", "session", "inline", "page")


@dataclass(frozen=True, slots=True)
class Question:
    """One message that asked for something, as it is counted; no place is ever counted for a danger."""

    outcome: Outcome
    theme: str = ""
    commune: str = ""
    channel: str = "chat"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many questions came to what; a message of danger is not one of the questions."""

    served: int = 0
    choices: int = 0
    unknown: int = 0
    danger: int = 0

    @property
    def questions(self) -> int:
        return self.served + self.choices + self.unknown

    def __add__(self, other: Outcomes) -> Outcomes:
        return Outcomes(
            self.served + other.served,
            self.choices + other.choices,
            self.unknown + other.unknown,
            self.danger + other.danger,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A day or a week of the period."""

    start: date
    end: date
    outcomes: Outcomes


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a list, as people read it."""

    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Delays:
    """Hours from a question without an answer to its answer, over the answers of the period."""

    answered: int = 0
    median: int | None = None
    nine_in_ten: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything of one period; `until` is the last day counted. `places` tells themes by communes."""

    period: Period
    until: date
    channels: Mapping[str, Outcomes]
    previous: Outcomes
    parts: tuple[Part, ...]
    helped: int
    refused: int
    topics: tuple[Counted, ...]
    refused_topics: tuple[Counted, ...]
    missing: tuple[Counted, ...]
    waiting: int
    delays: Delays
    places: Table | None
    overdue: int
    entries: int
    total: Outcomes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.channels.values(), Outcomes()))


def delays(hours: list[int]) -> Delays:
    """The middle of the waiting times, and the time within which nine in ten were answered."""
    if not hours:
        return Delays()
    ordered = sorted(hours)
    return Delays(len(ordered), ordered[(len(ordered) - 1) // 2], ordered[-(-9 * len(ordered) // 10) - 1])
