"""When an entry must be read again."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.freshness import freshness, review_day, to_check
from bot.domain.models import Topic

TODAY = date(2026, 11, 22)
TOPIC = Topic(
    id="rsa", theme="aides", title="RSA", button="RSA", brief="RSA", answer="", steps=(), documents=(), contacts=(),
    links=(), facets={}, phrases=(), keywords=(), see_also=(), not_with=(), sources=(), checked_on=TODAY,
    review_after_months=3, confidence="haute",
)  # fmt: skip


@pytest.mark.parametrize(
    ("checked", "score"),
    [
        (date(2026, 11, 22), 1.0),
        (date(2026, 6, 1), 1.0),
        (date(2024, 11, 22), 0.0),
        (date(2020, 1, 1), 0.0),
        (date(2025, 8, 22), 0.5),
    ],
)
def test_freshness_is_full_for_six_months_and_nothing_at_two_years(checked: date, score: float) -> None:
    assert freshness(checked, TODAY) == pytest.approx(score, abs=0.01)


def test_review_day_stays_in_its_month() -> None:
    topic = replace(TOPIC, checked_on=date(2026, 11, 30), review_after_months=3)
    assert review_day(topic) == date(2027, 2, 28)


def test_overdue_entries_come_first_and_fresh_ones_not_at_all() -> None:
    stale = replace(TOPIC, id="stale", checked_on=date(2025, 1, 1))
    doubtful = replace(TOPIC, id="doubtful", to_check=("le numéro",))
    found = to_check([TOPIC, doubtful, stale], TODAY)
    assert [entry.topic.id for entry in found] == ["stale", "doubtful"]
    assert [entry.overdue for entry in found] == [True, False]
