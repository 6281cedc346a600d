"""XLSX files. XlsxWriter is imported here only: by the command line, or in a child of the assistant (`apart`)."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from bot.services.spreadsheets.cells import Cell, safe

Sheet = tuple[str, Iterable[Sequence[Cell]]]  # a name, and rows of which the first is the header
_WIDTHS = (12, 60)
_SAMPLE = 200
_MOST_ROWS = 1_048_576


def write_workbook(target: Path | io.BytesIO, sheets: Iterable[Sheet]) -> None:
    """Write the sheets row by row: a file of many rows takes no more memory than one of few."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target if isinstance(target, io.BytesIO) else str(target), options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                if number == 0:
                    for column, cell in enumerate(row):
                        sheet.set_column(column, column, _WIDTHS[cell in ("question", "intitulé")] + len(str(cell)))
                if number < _MOST_ROWS:
                    _write(sheet, number, row, head if number == 0 else None)


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[Cell], style: object) -> None:
    for column, cell in enumerate(row):
        shown = safe(cell)
        if isinstance(shown, int):
            sheet.write_number(number, column, shown, style)
        else:
            sheet.write_string(number, column, shown, style)


def main() -> None:
    """In the child: sheets as JSON on standard input, the file on standard output."""
    buffer = io.BytesIO()
    write_workbook(buffer, json.load(sys.stdin.buffer))
    sys.stdout.buffer.write(buffer.getvalue())


if __name__ == "__main__":
    main()
