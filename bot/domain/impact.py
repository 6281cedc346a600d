"""What a change to the knowledge base would do to questions that people ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moved:
    """One question that would come to something else.

    `before` and `after` are a topic's id, or `choices`, `unknown`, `smalltalk` or `danger`; `right` the topic that is
    known to be right, None when none is known; `offered` and `offered_after` are the topics of choices.
    """

    text: str
    before: str
    after: str
    right: str | None = None
    offered: tuple[str, ...] = ()
    offered_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What moves: what was right and would be wrong, what would become right, the rest; out of so many questions."""

    regressions: tuple[Moved, ...] = ()
    gains: tuple[Moved, ...] = ()
    other: tuple[Moved, ...] = ()
    questions: int = 0
