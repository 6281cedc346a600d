"""The figures of a period as files: CSV, XLSX, and a picture for the telephone."""

from __future__ import annotations

import json

from bot.domain.figures import Figures
from bot.services.apart import run_apart
from bot.services.figure_rows import HEADER, figure_rows
from bot.services.spreadsheets.text_file import csv_bytes

_LISTED = 5


def figures_csv(figures: Figures) -> bytes:
    """One table of all rows."""
    return csv_bytes([HEADER, *(row for rows in figure_rows(figures).values() for row in rows)])


async def figures_xlsx(figures: Figures) -> bytes:
    """One sheet a heading; raises ApartError."""
    sheets = [(heading, [HEADER, *rows]) for heading, rows in figure_rows(figures).items()]
    return await run_apart("bot.services.spreadsheets.workbook", given=json.dumps(sheets).encode())


async def figures_picture(figures: Figures, title: str) -> bytes:
    """A PNG as high as a telephone; raises ApartError."""
    drawn = {
        "title": title,
        "questions": figures.total.questions,
        "outcomes": [figures.total.served, figures.total.choices, figures.total.unknown],
        "parts": [
            [part.start.isoformat(), part.outcomes.served, part.outcomes.choices, part.outcomes.unknown]
            for part in figures.parts
        ],
        "by_week": figures.period.span != "s",
        "topics": [[one.label, one.n] for one in figures.topics[:_LISTED]],
        "missing": [[one.label, one.n] for one in figures.missing[:_LISTED]],
    }
    return await run_apart("bot.services.figure_picture", given=json.dumps(drawn).encode())
