"""Counts one question: by what it came to, and by commune when it was no danger."""

from __future__ import annotations

from datetime import date

import aiosqlite

from bot.domain.figures import Question


async def add_question(connection: aiosqlite.Connection, day: date, question: Question) -> None:
    """Add one, in the transaction of whoever asks."""
    await connection.execute(
        "INSERT INTO question_counts (day, outcome, theme, channel, n) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (day, outcome, theme, channel) DO UPDATE SET n = n + 1",
        (day.isoformat(), question.outcome, question.theme, question.channel),
    )
    if question.outcome != "danger":
        await connection.execute(
            "INSERT INTO commune_counts (day, theme, commune, n) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (day, theme, commune) DO UPDATE SET n = n + 1",
            (day.isoformat(), question.theme, question.commune),
        )
