"""`acces-droits needs`: the questions that nobody could answer, for staff; or open data, which holds no text."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.domain.needs import Need
from bot.errors import AccesDroitsError
from bot.knowledge_base.place_files import commune_names
from bot.services.clock import paris_day, paris_now
from bot.services.need_files import needs_csv, needs_xlsx
from bot.services.need_rows import COLUMNS, need_row
from bot.services.open_data import open_data_rows
from bot.services.spreadsheets.text_file import csv_lines
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.figures import FigureStore
from bot.storage.needs import NeedStore

_MANY = 5_000  # needs from which on a file takes long enough for a bar


class DayError(AccesDroitsError):
    """A day cannot be read."""


class FileError(AccesDroitsError):
    """What was asked for cannot be put into a file so."""


def run(options: argparse.Namespace) -> int:
    since = _day(options.since)
    open_data = getattr(options, "open_data", False)
    if options.format == "xlsx" and not options.output:
        raise FileError("un classeur XLSX s'écrit dans un fichier : ajoutez --output FICHIER.xlsx")
    if open_data and options.format != "csv":
        raise FileError("les données ouvertes s'écrivent en CSV : --format csv")
    try:
        asyncio.run(_run(options, since, open_data=open_data))
    except OSError as error:
        if not options.output or isinstance(error, BrokenPipeError):
            raise
        raise FileError(f"le fichier {options.output} ne peut pas être écrit ({error.strerror})") from None
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DayError(f"« {text} » n'est pas un jour : écrivez par exemple 2026-11-01") from None


async def _run(options: argparse.Namespace, since: date | None, *, open_data: bool) -> None:
    settings = read_settings()
    if not settings.database.exists():
        raise AccesDroitsError(f"la base de données {settings.database} n'existe pas encore")
    database = await Database.open(settings.database)
    try:
        names = commune_names(settings.knowledge)
        if open_data:
            rows = await open_data_rows(FigureStore(database), names, since, paris_day(paris_now))
            await _write(_each(csv_lines(rows)), options.output)
            return
        store = NeedStore(database)
        with _Bar(await store.count(since)) as told:
            if options.format == "table":
                await _print_table([need async for need in store.each(since)], names)
            elif options.format == "xlsx":
                await needs_xlsx(store, since, names, Path(options.output), told)
            elif options.format == "csv":
                await _write(needs_csv(store, since, names, told), options.output)
            else:
                await _write(_json_lines(store, since, told), options.output)
    finally:
        await database.close()


async def _write(lines: AsyncIterator[str], output: str | None) -> None:
    if not output:
        async for line in lines:
            sys.stdout.write(line)
        return
    with Path(output).open("w", encoding="utf-8", newline="") as file:  # noqa: ASYNC230 (nothing else waits here)
        async for line in lines:
            file.write(line)


async def _each(lines: Any) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def _json_lines(store: NeedStore, since: date | None, told: Callable[[], None]) -> AsyncIterator[str]:
    """One JSON list, written piece by piece."""
    before = "[\n  "
    async for need in store.each(since):
        yield before + json.dumps(_as_json(need), ensure_ascii=False)
        before = ",\n  "
        told()
    yield "[]\n" if before.startswith("[") else "\n]\n"


def _as_json(need: Need) -> dict[str, Any]:
    return {
        "day": need.day.isoformat(), "text": need.text, "reason": need.reason, "topic": need.topic,
        "channel": need.channel, "language": need.language, "why": need.why, "commune": need.commune,
        "answered_at": need.answered_at.isoformat() if need.answered_at else None,
        "candidates": [{"topic": one.topic, "score": one.score} for one in need.candidates],
    }  # fmt: skip


async def _print_table(needs: list[Need], names: dict[str, str]) -> None:
    table = Table(title=f"Questions sans réponse : {len(needs)}")
    for column in COLUMNS:
        table.add_column(column)
    for need in needs:
        table.add_row(*need_row(need, names))
    Console(width=None if sys.stdout.isatty() else 200).print(table, markup=False)


class _Bar:
    """A progress bar on standard error, for many needs on a terminal."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        self._progress = Progress(console=console, disable=total < _MANY or not console.is_terminal)
        self._task = self._progress.add_task("Questions", total=total)

    def __enter__(self) -> Callable[[], None]:
        self._progress.start()
        return lambda: self._progress.advance(self._task)

    def __exit__(self, *_what: object) -> None:
        self._progress.stop()
