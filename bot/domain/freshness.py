"""How fresh an entry is, and when it must be checked again.

The score is data·inclusion's: full for six months after the last check, then falling evenly to zero at two years.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.models import Topic

FULL_DAYS = 183
ZERO_DAYS = 730


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An entry that staff should read again: past its day, or with points that were never confirmed."""

    topic: Topic
    freshness: float
    overdue: bool


def freshness(checked_on: date, today: date) -> float:
    """From 1 (checked within six months) to 0 (two years ago or more)."""
    age = (today - checked_on).days
    return min(1.0, max(0.0, (ZERO_DAYS - age) / (ZERO_DAYS - FULL_DAYS)))


def review_day(topic: Topic) -> date:
    """The day from which the topic's facts must be confirmed again."""
    month = topic.checked_on.month - 1 + topic.review_after_months
    year, month = topic.checked_on.year + month // 12, month % 12 + 1
    return date(year, month, min(topic.checked_on.day, calendar.monthrange(year, month)[1]))


def to_check(topics: Iterable[Topic], today: date) -> list[ToCheck]:
    """Entries past their day first, the stalest first; then those with unconfirmed points, least sure first."""
    found = [
        ToCheck(topic, freshness(topic.checked_on, today), today > review_day(topic))
        for topic in topics
        if today > review_day(topic) or topic.to_check
    ]
    sure = {"basse": 0, "moyenne": 1, "haute": 2}
    return sorted(found, key=lambda one: (not one.overdue, one.freshness, sure[one.topic.confidence], one.topic.id))
