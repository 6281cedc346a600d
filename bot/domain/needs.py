"""A need: something that a resident asked and that the assistant could not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# unknown: no topic came close; none: "aucune de ces réponses"; refused: "ce n'est pas ça".
Reason = Literal["unknown", "none", "refused"]
# What was wrong with an answer: not what was asked, not clear, false or out of date, something is missing.
Why = Literal["not_mine", "unclear", "false", "missing"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that came close, with its score from 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Need:
    """One unmet need as it is kept: redacted text, no person."""

    day: date
    text: str
    reason: Reason
    candidates: tuple[Candidate, ...] = ()
    topic: str | None = None
    channel: str = "chat"
    language: str | None = None  # its code when the question was not in French
    why: Why | None = None  # of an answer that was refused, when the person said it
    id: int | None = None
    commune: str | None = None  # its INSEE code, when one was named
    told_at: datetime | None = None  # to the hour
    answered_at: datetime | None = None
