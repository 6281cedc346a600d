"""Weeks, months and quarters."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import Delays, delays
from bot.domain.periods import Span, period_of

DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))


@given(st.sampled_from(Span), DAYS)
def test_a_period_holds_its_day_and_touches_its_neighbours(span: Span, day: date) -> None:
    period = period_of(span, day)
    assert period.start <= day <= period.end
    assert period.before.end + timedelta(days=1) == period.start
    assert period.after.start - timedelta(days=1) == period.end
    assert period.before.after == period == period.after.before


@given(st.sampled_from(Span), DAYS, st.integers(-5, 100))
def test_parts_cover_every_day_once(span: Span, day: date, more: int) -> None:
    period = period_of(span, day)
    until = period.start + timedelta(days=more)
    days = [first + timedelta(days=n) for first, last in period.parts(until) for n in range((last - first).days + 1)]
    wanted = (min(period.end, until) - period.start).days + 1
    assert days == [period.start + timedelta(days=n) for n in range(max(0, wanted))]


def test_known_periods() -> None:
    day = date(2026, 11, 22)
    assert (period_of(Span.WEEK, day).start, period_of(Span.WEEK, day).end) == (date(2026, 11, 16), day)
    assert period_of(Span.MONTH, day).end == date(2026, 11, 30)
    assert (period_of(Span.QUARTER, day).start, period_of(Span.QUARTER, day).end) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert period_of(Span.QUARTER, date(2027, 2, 3)).end == date(2027, 3, 31)


def test_delays_are_the_middle_and_nine_in_ten() -> None:
    assert delays([]) == Delays()
    assert delays([7]) == Delays(1, 7, 7)
    assert delays(list(range(1, 11))) == Delays(10, 5, 9)
