"""The places where residents find help, and how they are put in order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.models import Source
from bot.domain.positions import Position

# Kinds of places that receive anybody, whatever the question: what is shown when no need was named.
WELCOMING = frozenset({"france-services", "mairie", "ccas", "centre-social", "mediation-numerique"})
_CONFIDENCE_ORDER = {"haute": 0, "moyenne": 0, "basse": 1}
_DIGITS = re.compile(r"\d(?:[ .]?\d)+")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: where it is, how to reach it, what it helps with, and what is still to be confirmed."""

    id: str
    name: str
    button: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    address: str | None = None
    address_more: str | None = None
    commune: str | None = None
    postal_code: str | None = None
    position: Position | None = None
    rough_position: Position | None = None
    phone: str | None = None
    ask_through: str | None = None
    emails: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    hours: str | None = None
    hours_read: str | None = None
    note: str | None = None
    sources: tuple[Source, ...] = ()
    checked_on: date = date.min
    review_after_months: int = 1
    confidence: str = "basse"
    to_check: tuple[str, ...] = ()

    @property
    def where(self) -> Position | None:
        """The best position there is to measure from; only `position` is the place itself."""
        return self.position or self.rough_position

    @property
    def full_address(self) -> str | None:
        """Street, postal code and commune, as far as they are known."""
        town = " ".join(filter(None, (self.postal_code if self.address else None, self.commune)))
        return ", ".join(filter(None, (self.address, self.address_more, town))) or None

    @property
    def review_on(self) -> date:
        """The day from which its facts must be confirmed again."""
        month = self.checked_on.month - 1 + self.review_after_months
        year, month = self.checked_on.year + month // 12, month % 12 + 1
        return date(year, month, min(self.checked_on.day, calendar.monthrange(year, month)[1]))

    @property
    def is_sure(self) -> bool:
        """Whether one may send somebody there without asking first."""
        return self.confidence != "basse"


@dataclass(frozen=True, slots=True)
class Found:
    """A place with its distance from where one asked; None when that cannot be told."""

    place: Place
    kilometres: float | None = None


def phone_digits(text: str) -> frozenset[str]:
    """Every number of three digits or more in a text, without spaces."""
    found = {re.sub(r"\D", "", match.group()) for match in _DIGITS.finditer(text)}
    return frozenset(digits for digits in found if len(digits) >= 3)


def doubted_phone(phone: str | None, to_check: Iterable[str]) -> str | None:
    """The remark that a number is still to be checked; None when nobody doubts it."""
    digits = re.sub(r"\D", "", phone or "")
    return next((remark for remark in to_check if digits and digits in phone_digits(remark)), None)


def nearest(places: Iterable[Place], origin: Position) -> list[Found]:
    """Nearest first; places that may not exist come after the sure ones, those without a position last."""
    found = [Found(place, place.where.distance_km(origin) if place.where else None) for place in places]
    return sorted(found, key=lambda one: (_CONFIDENCE_ORDER.get(one.place.confidence, 1), *_by_distance(one)))


def helping_with(places: Iterable[Place], topic: str) -> Iterator[Place]:
    """The places that help with a topic."""
    return (place for place in places if topic in place.topics)


def welcoming(places: Iterable[Place]) -> Iterator[Place]:
    """The places that receive anybody and can be found: an address is known and the place is sure."""
    return (place for place in places if place.address and place.is_sure and WELCOMING & set(place.kinds))


def _by_distance(found: Found) -> tuple[bool, float, bool, bool, str]:
    place, kilometres = found.place, found.kilometres
    unreachable = not (place.address or place.phone)
    return kilometres is None, kilometres or 0.0, place.position is None, unreachable, place.id
