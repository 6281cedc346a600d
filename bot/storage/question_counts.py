"""Counts questions: by what they came to, and by commune when they were no danger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import aiosqlite

from bot.domain.figures import Question


async def add_questions(connection: aiosqlite.Connection, questions: Sequence[tuple[date, Question]]) -> None:
    """Add each to its day, in the transaction of whoever asks."""
    await connection.executemany(
        "INSERT INTO question_counts (day, outcome, theme, channel, n) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (day, outcome, theme, channel) DO UPDATE SET n = n + 1",
        [(day.isoformat(), one.outcome, one.theme, one.channel) for day, one in questions],
    )
    await connection.executemany(
        "INSERT INTO commune_counts (day, theme, commune, n) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (day, theme, commune) DO UPDATE SET n = n + 1",
        [(day.isoformat(), one.theme, one.commune) for day, one in questions if one.outcome != "danger"],
    )
