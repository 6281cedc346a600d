"""Reads a CSV or JSON file of either schema into rows of text, within limits; every mistake has its line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

from bot.errors import AccesDroitsError
from bot.services.place_exchange import lists
from bot.services.place_exchange.cells import forbidden, tidy, unprotected
from bot.services.place_exchange.schemas import OWN_COLUMN, Schema, guess_schema

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 150
MAX_CELL_CHARACTERS = 50_000
MAX_DEPTH = 6
Value = str | list[str]


class ExchangeError(AccesDroitsError):
    """A file cannot be read or written as a whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the file: its line (or rank, in JSON), its columns, or why it cannot be read."""

    line: int
    values: dict[str, Value]
    problem: str | None = None


def read_rows(path: Path, schema: Schema | None = None) -> tuple[Schema, list[Row]]:
    """The rows of a file, its schema guessed when none is given; raises ExchangeError when it is none at all."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ExchangeError(f"{path} est trop gros : {MAX_BYTES // 1_000_000} Mo au plus")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ExchangeError(f"{path} n'existe pas") from None
    except OSError as error:
        raise ExchangeError(f"{path} ne peut pas être lu ({error.strerror or error})") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{path} n'est pas enregistré en UTF-8") from error
    return parse_rows(text, str(path), schema)


def parse_rows(text: str, name: str, schema: Schema | None = None) -> tuple[Schema, list[Row]]:
    """The rows of a file's text; JSON when it begins like JSON."""
    is_json = text.lstrip()[:1] in ("[", "{")
    columns, found = _json_rows(text, name) if is_json else _csv_rows(text, name)
    used = schema or guess_schema(columns)
    if used is None:
        raise ExchangeError(
            f"{name} n'a pas les colonnes d'un schéma connu : il faut au moins « id » et « nom », "
            "et les colonnes de « Lieux de médiation numérique » ou de data·inclusion"
        )
    rows: list[Row] = []
    for line, cells, problem in found:
        if len(rows) >= MAX_ROWS:
            raise ExchangeError(f"{name} a trop de lignes : {MAX_ROWS} au plus")
        rows.append(_row(line, cells, problem, used))
    return used, rows


def _row(line: int, cells: dict[str, Any], problem: str | None, schema: Schema) -> Row:
    values: dict[str, Value] = {}
    for raw_name, cell in cells.items():
        name = schema.aliases.get(raw_name, raw_name)
        try:
            value = _value(name, cell, schema)
        except ValueError as error:
            problem = problem or f"« {name} » : {error}"
            continue
        if value:
            values[name] = value
    return Row(line, values, problem)


def _value(name: str, cell: object, schema: Schema) -> Value:
    if isinstance(cell, list) and all(isinstance(item, (str, int, float)) for item in cell):
        texts = [_text(item) for item in cell]
        return [piece for item in texts for piece in (lists.split(item) if "|" in item else [item]) if piece]
    text = _text(cell)
    return lists.split(text, name) if name in schema.lists else text


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = cell if isinstance(cell, str) else repr(cell) if isinstance(cell, (int, float)) else _dump(cell)
    text = tidy(text)
    if len(text) > MAX_CELL_CHARACTERS:
        raise ValueError(f"le texte est trop long ({MAX_CELL_CHARACTERS} caractères au plus)")
    if forbidden(text):
        raise ValueError("le texte contient un caractère interdit")
    return text


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


_Found = Iterator[tuple[int, dict[str, Any], str | None]]


def _csv_rows(text: str, name: str) -> tuple[list[str], _Found]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
    except csv.Error as error:
        raise ExchangeError(f"{name}:1: la première ligne n'est pas du CSV correct ({error})") from error
    _check_columns(header, name)
    return header, _csv_body(reader, header, name)


def _csv_body(reader: Any, header: list[str], name: str) -> _Found:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ExchangeError(f"{name}:{line}: ce n'est pas du CSV correct ({error})") from error
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        problem = None
        if len(cells) != len(header):
            problem = f"cette ligne a {len(cells)} colonnes, il en faut {len(header)}"
        yield line, dict(zip(header, map(unprotected, cells), strict=False)), problem


def _check_columns(header: list[str], name: str) -> None:
    if len(header) > MAX_COLUMNS:
        raise ExchangeError(f"{name} a trop de colonnes : {MAX_COLUMNS} au plus")
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        raise ExchangeError(f"{name}:1: la colonne « {twice} » est écrite deux fois")
    if "" in header or any(len(column) > 100 or forbidden(column) for column in header):
        raise ExchangeError(f"{name}:1: une colonne n'a pas de nom correct")


def _json_rows(text: str, name: str) -> tuple[list[str], _Found]:
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except RecursionError as error:
        raise ExchangeError(f"{name} est trop imbriqué") from error
    except ValueError as error:
        raise ExchangeError(f"{name} n'est pas du JSON correct ({error})") from error
    if isinstance(data, dict):
        data = next((data[key] for key in ("items", "data", "results") if isinstance(data.get(key), list)), [data])
    objects = [one if isinstance(one, dict) else None for one in data]
    columns = list(dict.fromkeys(str(key).strip().lower() for one in objects[:MAX_ROWS] if one for key in one))
    _check_columns(columns, name)
    return columns, _json_body(objects)


def _json_body(objects: list[dict[str, Any] | None]) -> _Found:
    for rank, one in enumerate(objects, 1):
        if one is None:
            yield rank, {}, "ce n'est pas un objet JSON avec des colonnes"
        elif _depth(one) > MAX_DEPTH:
            yield rank, {}, "le contenu est trop imbriqué"
        else:
            cells = {str(key).strip().lower(): value for key, value in one.items()}
            if isinstance(cells.get(OWN_COLUMN), dict):
                cells[OWN_COLUMN] = _dump(cells[OWN_COLUMN])
            yield rank, cells, None


def _depth(value: object, depth: int = 0) -> int:
    if depth > MAX_DEPTH or not isinstance(value, (dict, list)):
        return depth
    inner = value.values() if isinstance(value, dict) else value
    return max((_depth(one, depth + 1) for one in inner), default=depth + 1)


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"« {text} » n'est pas un nombre")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"la clé « {key} » est écrite deux fois")
        found[key] = value
    return found
