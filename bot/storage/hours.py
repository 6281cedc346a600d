"""Moments as the database holds them for figures: UTC, to the hour and no finer."""

from __future__ import annotations

from datetime import UTC, datetime

_HOUR = "%Y-%m-%dT%H"


def hour_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_HOUR)


def moment_of(hour: str) -> datetime:
    return datetime.strptime(hour, _HOUR).replace(tzinfo=UTC)
