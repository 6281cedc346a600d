"""A card of the staff desk: needs that say the same, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

State = Literal["new", "open", "done", "ignored", "postponed"]
Kind = Literal["unknown", "refused", "language", "expired"]
STATES: tuple[State, ...] = ("new", "open", "done", "ignored", "postponed")
KINDS: tuple[Kind, ...] = ("unknown", "refused", "language", "expired")


@dataclass(frozen=True, slots=True)
class Card:
    """One line of the queue. `this_month` and `last_month` are the needs of the last 30 days and of the 30 before."""

    id: int
    state: State
    since: date
    count: int = 0
    last: date | None = None
    this_month: int = 0
    last_month: int = 0
    unknown: int = 0
    refused: int = 0
    foreign: int = 0
    waiting: int = 0
    nearest: str | None = None
    topic: str | None = None
    until: date | None = None
    holder: str | None = None
    title: str = ""
    language: str | None = None

    @property
    def kinds(self) -> frozenset[Kind]:
        """What sort of trouble it tells of; a card may tell of several."""
        counted: dict[Kind, int] = {"unknown": self.unknown, "refused": self.refused, "language": self.foreign}
        found = {kind for kind, number in counted.items() if number}
        return frozenset(found | ({"expired"} if self.topic else set()))

    @property
    def growth(self) -> int:
        return self.this_month - self.last_month


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards to show; None lets all through. Without a state: what is still to be done."""

    state: State | None = None
    kind: Kind | None = None
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a need was told, how often, and where it came from."""

    text: str
    count: int
    last: date
    channels: tuple[str, ...] = ()
    language: str | None = None
    need_ids: tuple[int, ...] = field(default=())


def chosen(cards: Iterable[Card], wanted: Wanted, themes: dict[str, str]) -> list[Card]:
    """The cards that fit, what matters most first: who waits, how many asked, how fast it grows, how old it is.

    `themes` gives the theme of each topic.
    """
    open_states = ("new", "open")
    found = [
        card
        for card in cards
        if (card.count or card.topic)
        and (card.state == wanted.state if wanted.state else card.state in open_states)
        and (wanted.kind is None or wanted.kind in card.kinds)
        and (wanted.theme is None or themes.get(card.topic or card.nearest or "") == wanted.theme)
    ]
    return sorted(found, key=lambda card: (-card.waiting, -card.count, -card.growth, card.since, card.id))
