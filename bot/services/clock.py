"""The one clock: passed in, so that tests can move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
Clock = Callable[[], datetime]


def paris_now() -> datetime:
    """Now, as a wall clock in Périgueux shows it."""
    return datetime.now(PARIS)


def paris_day(clock: Clock) -> date:
    """Today's date in Périgueux."""
    return clock().astimezone(PARIS).date()
