"""Writes places in a public schema, as CSV that no spreadsheet runs as a formula, or as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any, Literal

from bot.knowledge_base.place_schema import PlaceEntry
from bot.services.place_exchange import lists
from bot.services.place_exchange.cells import protected
from bot.services.place_exchange.exporting import row_of
from bot.services.place_exchange.reading import Value
from bot.services.place_exchange.schemas import OWN_COLUMN, Schema

Format = Literal["csv", "json"]
_NUMBERS = ("latitude", "longitude")


def write_rows(entries: Sequence[PlaceEntry], schema: Schema, form: Format, *, own: bool = True) -> str:
    """The text of a file; `own` adds one last column with what the schema has no place for."""
    rows = [row_of(entry, schema, own=own) for entry in entries]
    return _csv(rows, schema, own=own) if form == "csv" else _json(rows, schema)


def gaps(entries: Iterable[PlaceEntry], schema: Schema) -> dict[str, int]:
    """How many places lack each column that the schema requires."""
    rows = [row_of(entry, schema, own=False) for entry in entries]
    missing = {
        column: sum(not row.get(column) for row in rows) for column in schema.columns if column in schema.required
    }
    return {column: count for column, count in missing.items() if count}


def _columns(rows: Sequence[dict[str, Value]], schema: Schema) -> list[str]:
    foreign = sorted({column for row in rows for column in row} - {*schema.columns, OWN_COLUMN})
    return [*schema.columns, *foreign]


def _csv(rows: Sequence[dict[str, Value]], schema: Schema, *, own: bool) -> str:
    columns = [*_columns(rows, schema), *([OWN_COLUMN] if own else [])]
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(protected, columns))
    for row in rows:
        writer.writerow([protected(_cell(row.get(column, ""))) for column in columns])
    return stream.getvalue()


def _cell(value: Value) -> str:
    return lists.join(value) if isinstance(value, list) else value


def _json(rows: Sequence[dict[str, Value]], schema: Schema) -> str:
    columns = _columns(rows, schema)
    objects = []
    for row in rows:
        one: dict[str, Any] = {column: _json_value(column, row.get(column), schema) for column in columns}
        if OWN_COLUMN in row:
            one[OWN_COLUMN] = json.loads(str(row[OWN_COLUMN]))
        known = {*schema.columns, *row}  # a column of others stands only where it has a value
        objects.append({column: value for column, value in one.items() if column in known})
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _json_value(column: str, value: Value | None, schema: Schema) -> object:
    if value is None:
        return None
    if column in _NUMBERS:
        return float(str(value))
    if isinstance(value, list) and not (schema.arrays_in_json or column not in schema.columns):
        return lists.join(value)
    return value
