"""`acces-droits needs`: the questions that nobody could answer, for staff."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.domain.needs import Need
from bot.errors import AccesDroitsError
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.needs import NeedStore

_COLUMNS = ("jour", "question", "raison", "sujet refusé", "sujets proches", "canal", "langue")
_REASONS = {"unknown": "inconnu", "none": "aucune de ces réponses", "refused": "ce n'est pas ça"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DayError(AccesDroitsError):
    """A day cannot be read."""


def run(options: argparse.Namespace) -> int:
    since = _day(options.since)
    needs = asyncio.run(_read(since))
    if options.format == "table":
        _print_table(needs)
        return 0
    text = _as_json(needs) if options.format == "json" else _as_csv(needs)
    if options.output:
        try:
            Path(options.output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise AccesDroitsError(f"le fichier {options.output} ne peut pas être écrit ({error.strerror})") from None
    else:
        sys.stdout.write(text)
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DayError(f"« {text} » n'est pas un jour : écrivez par exemple 2026-11-01") from None


async def _read(since: date | None) -> list[Need]:
    path = read_settings().database
    if not path.exists():
        raise AccesDroitsError(f"la base de données {path} n'existe pas encore")
    database = await Database.open(path)
    try:
        return await NeedStore(database).since(since)
    finally:
        await database.close()


def _row(need: Need) -> list[str]:
    near = ", ".join(f"{one.topic} {one.score:.2f}" for one in need.candidates)
    reason, language = _REASONS[need.reason], need.language or "fr"
    return [need.day.isoformat(), need.text, reason, need.topic or "", near, need.channel, language]


def _print_table(needs: list[Need]) -> None:
    table = Table(title=f"Questions sans réponse : {len(needs)}")
    for column in _COLUMNS:
        table.add_column(column)
    for need in needs:
        table.add_row(*_row(need))
    Console(width=None if sys.stdout.isatty() else 160).print(table, markup=False)


def _as_csv(needs: list[Need]) -> str:
    """CSV for a spreadsheet: a cell that a spreadsheet would run as a formula starts with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for need in needs:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in _row(need)])
    return buffer.getvalue()


def _as_json(needs: list[Need]) -> str:
    rows = [
        {"day": n.day.isoformat(), "text": n.text, "reason": n.reason, "topic": n.topic, "channel": n.channel,
         "language": n.language, "candidates": [{"topic": c.topic, "score": c.score} for c in n.candidates]}
        for n in needs
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
