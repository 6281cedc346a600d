"""CSV as French spreadsheets open it: semicolons, and where asked a mark that says UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from bot.services.spreadsheets.cells import Cell, safe

MARK = "\ufeff"


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    """One line after the other, ready to be written."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole file, for what is small."""
    return (MARK + "".join(csv_lines(rows))).encode()
