"""Open data: numbers by whole month, no text, nothing under five, and nothing by which it could be worked out.

Months are told once they are over and never change, so that two files compared say no more than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from bot.domain.periods import Period, Span, period_of
from bot.domain.small_cells import Table, protect
from bot.services.figure_rows import HIDDEN, Row
from bot.services.retention import COMMUNES
from bot.storage.figures import FigureStore

HEADER: Row = ("mois", "tableau", "theme", "insee", "commune", "issue", "canal", "questions")
_ALL = "tous"
_OUTCOMES = {"served": "reponse", "choices": "choix", "unknown": "sans_reponse", _ALL: _ALL}


async def open_data_rows(store: FigureStore, communes: Mapping[str, str], since: date | None, today: date) -> list[Row]:
    """Every month that is over, from the one of `since` on; dangers are in none of the numbers."""
    rows, first = [HEADER], await store.first_day()
    if first is None:
        return rows
    month = period_of(Span.MONTH, max(first, since or first))
    if month.start < date.fromisoformat(
        COMMUNES.oldest(datetime.combine(today, time(), tzinfo=UTC), today)
    ):  # a month half forgotten
        month = month.after
    while month.end < today:
        rows += await _month(store, month, communes)
        month = month.after
    return rows


async def _month(store: FigureStore, month: Period, communes: Mapping[str, str]) -> list[Row]:
    name = f"{month.start:%Y-%m}"
    places = protect(await store.communes(month.start, month.end))
    outcomes = protect(await store.outcomes(month.start, month.end))
    rows: list[Row] = []
    for theme, insee, n in _cells(places):
        rows.append((name, "theme_commune", theme, insee, communes.get(insee, ""), "", "", n))
    for outcome, channel, n in _cells(outcomes):
        rows.append((name, "issue_canal", "", "", "", _OUTCOMES[outcome], channel, n))
    return rows


def _cells(table: Table | None) -> list[tuple[str, str, int | str]]:
    if table is None:
        return []
    return [
        (row, column, HIDDEN if n is None else n)
        for row, line in zip([*table.rows, _ALL], table.cells, strict=True)
        for column, n in zip([*table.columns, _ALL], line, strict=True)
        if n != 0
    ]
