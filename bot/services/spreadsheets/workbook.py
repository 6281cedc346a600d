"""XLSX files. XlsxWriter is imported here only: by the command line, or in a child of the assistant (`apart`)."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter

from bot.services.spreadsheets.cells import Cell, safe

_WIDE = {"question": 70, "intitulé": 50, "sujets proches": 40}
_NARROW = 14
_MOST_ROWS = 1_048_576  # of a sheet


class Workbook:
    """Sheets written row by row: a file of many rows takes no more memory than one of few."""

    def __init__(self, target: Path | io.BytesIO) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(target if isinstance(target, io.BytesIO) else str(target), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._sheet: Any = None
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._book.close()

    def sheet(self, name: str) -> None:
        """Begin a sheet; its first row is the header."""
        self._sheet, self._next = self._book.add_worksheet(name), 0
        self._sheet.freeze_panes(1, 0)

    def row(self, cells: Sequence[Cell]) -> None:
        """Add a row; what no spreadsheet can hold is left out."""
        number, self._next = self._next, self._next + 1
        if number >= _MOST_ROWS:
            return
        style = None if number else self._head
        for column, cell in enumerate(map(safe, cells)):
            if not number:
                self._sheet.set_column(column, column, _WIDE.get(str(cell), _NARROW))
            if isinstance(cell, int):
                self._sheet.write_number(number, column, cell, style)
            else:
                self._sheet.write_string(number, column, cell, style)


def main() -> None:
    """In the child: sheets as JSON on standard input, the file on standard output."""
    buffer = io.BytesIO()
    with Workbook(buffer) as book:
        for name, rows in json.load(sys.stdin.buffer):
            book.sheet(name)
            for row in rows:
                book.row(row)
    sys.stdout.buffer.write(buffer.getvalue())


if __name__ == "__main__":
    main()
