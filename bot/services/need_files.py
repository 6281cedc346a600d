"""The needs that are kept as a file: for the command line, and for the assistant in a child process."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import date
from pathlib import Path

from bot.services.apart import run_apart
from bot.services.knowledge import KnowledgeService
from bot.services.need_rows import COLUMNS, need_row
from bot.services.spreadsheets.text_file import MARK, csv_lines
from bot.storage.database import Database
from bot.storage.needs import NeedStore

_SECONDS = 300.0


class NeedFileService:
    """Makes the files apart: a hundred thousand needs never pass through the assistant's memory one by one."""

    def __init__(self, database: Path, knowledge: KnowledgeService) -> None:
        self._database = database
        self._knowledge = knowledge

    async def make(self, kind: str) -> bytes:
        """The file as CSV or XLSX; raises ApartError."""
        names = {commune.insee: commune.name for commune in self._knowledge.current.places.communes}
        given = json.dumps({"database": str(self._database.resolve()), "kind": kind, "communes": names})
        return await run_apart(__name__, given=given.encode(), seconds=_SECONDS)


async def needs_csv(
    store: NeedStore, since: date | None, communes: Mapping[str, str], told: Callable[[], None] = lambda: None
) -> AsyncIterator[str]:
    """The lines of a CSV file; `told` is called after each need."""
    for line in csv_lines([COLUMNS]):
        yield line
    async for need in store.each(since):
        for line in csv_lines([need_row(need, communes)]):
            yield line
        told()


async def needs_xlsx(
    store: NeedStore,
    since: date | None,
    communes: Mapping[str, str],
    target: Path | io.BytesIO,
    told: Callable[[], None] = lambda: None,
) -> None:
    """Write an XLSX file; `told` is called after each need."""
    from bot.services.spreadsheets.workbook import Workbook  # noqa: PLC0415 (never in the assistant's own process)

    with Workbook(target) as book:
        book.sheet("Questions")
        book.row(COLUMNS)
        async for need in store.each(since):
            book.row(need_row(need, communes))
            told()


async def _child(database: Path, kind: str, communes: Mapping[str, str]) -> bytes:
    opened = await Database.open(database)
    try:
        store = NeedStore(opened)
        if kind == "csv":
            return (MARK + "".join([line async for line in needs_csv(store, None, communes)])).encode()
        buffer = io.BytesIO()
        await needs_xlsx(store, None, communes, buffer)
        return buffer.getvalue()
    finally:
        await opened.close()


def main() -> None:
    """In the child: what to do as JSON on standard input, the file on standard output."""
    wanted = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(asyncio.run(_child(Path(wanted["database"]), wanted["kind"], wanted["communes"])))


if __name__ == "__main__":
    main()
