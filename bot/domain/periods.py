"""The periods that figures are told for: a week from Monday, a month, a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Span(StrEnum):
    """How long a period is."""

    WEEK = "s"
    MONTH = "m"
    QUARTER = "t"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included."""

    span: Span
    start: date
    end: date

    @property
    def before(self) -> Period:
        """The period that ends the day before this one begins."""
        return period_of(self.span, self.start - timedelta(days=1))

    @property
    def after(self) -> Period:
        return period_of(self.span, self.end + timedelta(days=1))

    def parts(self, until: date) -> list[tuple[date, date]]:
        """Its days, or its weeks for what is longer, up to a day; the first and the last one may be shorter."""
        found: list[tuple[date, date]] = []
        start, last = self.start, min(self.end, until)
        while start <= last:
            end = start if self.span is Span.WEEK else min(start + timedelta(days=6 - start.weekday()), last)
            found.append((start, end))
            start = end + timedelta(days=1)
        return found


def period_of(span: Span, day: date) -> Period:
    """The period that a day is in."""
    if span is Span.WEEK:
        start = day - timedelta(days=day.weekday())
        return Period(span, start, start + timedelta(days=6))
    months = 1 if span is Span.MONTH else 3
    first = (day.month - 1) // months * months + 1
    year, month = divmod(first - 1 + months, 12)
    return Period(span, date(day.year, first, 1), date(day.year + year, month + 1, 1) - timedelta(days=1))
