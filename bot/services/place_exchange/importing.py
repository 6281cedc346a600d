"""What an imported file would change in our places: new ones, differences, and the lines that cannot be used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.domain.text import fold
from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.place_schema import PlaceEntry
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import SLUG
from bot.knowledge_base.yaml_file import YamlFile
from bot.services.place_exchange.equivalents import derivable, derived, kinds_of, topics_of
from bot.services.place_exchange.phones import national
from bot.services.place_exchange.reading import Row, Value
from bot.services.place_exchange.schemas import OWN_COLUMN, OWN_PRODUCER, Schema

_REVIEW_MONTHS = 6
_ID_CHARACTERS = 80
_LINES_KEPT = frozenset({"description"})
_COORDINATE = re.compile(r"-?\d{1,3}([.,]\d{1,12})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that an import changes."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one line does to one place."""

    line: int
    kind: Literal["new", "changed", "same"]
    entry: PlaceEntry
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line is not imported."""

    line: int
    message: str


class Planner:
    """Compares rows with the places that exist; changes nothing itself."""

    def __init__(self, existing: Iterable[PlaceEntry], schema: Schema) -> None:
        self._existing = {entry.id: entry for entry in existing}
        self._schema = schema
        self._by_foreign_id = {
            str(getattr(entry.autres, schema.block)["id"]): entry.id
            for entry in self._existing.values()
            if entry.autres and "id" in getattr(entry.autres, schema.block)
        }
        self._lines: dict[str, int] = {}

    def plan(self, row: Row) -> Change | list[LineProblem]:
        """What a row would do, or everything that is wrong with it."""
        if row.problem:
            return [LineProblem(row.line, row.problem)]
        try:
            data = self._merged(row)
        except ValueError as error:
            return [LineProblem(row.line, str(error))]
        problems = ProblemList(Path())
        entry = validate(PlaceEntry, YamlFile(Path(), data, {(): row.line}), problems)
        if entry is None:
            return [LineProblem(row.line, problem.message) for problem in problems]
        if entry.id in self._lines:
            message = f"le lieu « {entry.id} » est déjà donné ligne {self._lines[entry.id]}"
            return [LineProblem(row.line, message)]
        self._lines[entry.id] = row.line
        entry = without_derived(entry, self._schema)
        old = self._existing.get(entry.id)
        if old is None:
            return Change(row.line, "new", entry)
        differences = tuple(_differences(old, entry))
        return Change(row.line, "changed" if differences else "same", entry, differences)

    def _merged(self, row: Row) -> dict[str, Any]:
        own = _own_block(row)
        foreign_id = _single(row.values.get("id", ""))
        if not foreign_id:
            raise ValueError("il manque « id »")
        identifier = str(own.get("id") or self._by_foreign_id.get(foreign_id) or _slug(foreign_id, self._schema))
        if not identifier:
            raise ValueError(f"l'identifiant « {foreign_id} » ne contient ni lettre ni chiffre")
        old = self._existing.get(identifier)
        data: dict[str, Any] = old.model_dump(mode="json", exclude_defaults=True) if old else {}
        data |= {key: value for key, value in own.items() if key != "autres"}
        data["id"] = identifier
        _set_columns(data, row, self._schema)
        _set_others(data, own, row, self._schema, "" if _slug(foreign_id, self._schema) == identifier else foreign_id)
        if "types" not in data:
            lists = {name: value for name, value in row.values.items() if isinstance(value, list)}
            data["types"] = kinds_of(lists)
            data["sujets"] = topics_of(lists)
        data.setdefault("a_revoir_dans", _REVIEW_MONTHS)
        data.setdefault("confiance", "moyenne")
        if not data.get("sources"):
            source = {"titre": data.get("producteur") or "Fichier importé", "date": data["verifie_le"]}
            data["sources"] = [source]
        return data


def without_derived(entry: PlaceEntry, schema: Schema) -> PlaceEntry:
    """The entry without the kept columns that an export would fill by itself."""
    if entry.autres is None:
        return entry
    kept = dict(getattr(entry.autres, schema.block))
    for column in derivable(schema):
        if kept.get(column) == derived(entry, column):
            kept.pop(column, None)
    block = entry.autres.model_copy(update={schema.block: kept})
    return entry.model_copy(update={"autres": block if block.mediation or block.data_inclusion else None})


def _own_block(row: Row) -> dict[str, Any]:
    text = row.values.get(OWN_COLUMN)
    if not text:
        return {}
    try:
        found = json.loads(_single(text))
    except (ValueError, RecursionError):
        raise ValueError(f"« {OWN_COLUMN} » n'est pas du JSON correct") from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise ValueError(f"« {OWN_COLUMN} » doit contenir des clés")
    return found


def _set_columns(data: dict[str, Any], row: Row, schema: Schema) -> None:
    """Lay the row over the place. An empty cell changes nothing: files of others often know less than we do."""
    values = row.values
    for column, name in schema.texts.items():
        if text := _single(values.get(column, "")):
            data[name] = text if name in _LINES_KEPT else " ".join(text.split())
    if phone := _single(values.get("telephone", "")):
        data["telephone"] = national(phone)
    for column, name in ((schema.emails, "courriels"), (schema.sites, "sites")):
        given = values.get(column)
        several = given if isinstance(given, list) else [given] if given else []
        if several and not (schema.one_contact and several[0] in data.get(name, [])):
            data[name] = several
    producer = _single(values.get("source", ""))
    if producer and producer != OWN_PRODUCER:
        data["producteur"] = producer
    day = _single(values.get("date_maj", ""))
    if not day:
        raise ValueError("il manque « date_maj », la date de mise à jour")
    data["verifie_le"] = day[:10]
    latitude, longitude = (_single(values.get(name, "")) for name in ("latitude", "longitude"))
    if latitude or longitude:
        for name, text in (("latitude", latitude), ("longitude", longitude)):
            if not _COORDINATE.fullmatch(text):
                raise ValueError(f"« {name} » doit être un nombre de degrés, pas « {text} »")
        data["position"] = {"lat": latitude.replace(",", "."), "lon": longitude.replace(",", ".")}


def _set_others(data: dict[str, Any], own: dict[str, Any], row: Row, schema: Schema, foreign_id: str) -> None:
    given = own.get("autres")
    blocks: dict[str, Any] = dict(data.get("autres") or {}) | (dict(given) if isinstance(given, Mapping) else {})
    block = blocks.get(schema.block)
    kept: dict[str, Value] = dict(block) if isinstance(block, Mapping) else {}
    kept |= {name: value for name, value in row.values.items() if name not in schema.mapped}
    if foreign_id:
        kept["id"] = foreign_id
    blocks[schema.block] = kept
    data["autres"] = {name: values for name, values in blocks.items() if values} or None


def _single(value: Value) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _slug(identifier: str, schema: Schema) -> str:
    text = identifier.removeprefix(schema.id_prefix) if schema.id_prefix else identifier
    if re.match(SLUG, text) and len(text) <= _ID_CHARACTERS:
        return text
    return re.sub(r"[^a-z0-9]+", "-", fold(identifier))[:_ID_CHARACTERS].strip("-")


def _differences(old: PlaceEntry, new: PlaceEntry) -> Iterator[Difference]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for name in before:
        if before[name] != after[name]:
            yield Difference(name, _shown(before[name]), _shown(after[name]))


def _shown(value: object) -> str:
    if value in (None, "", [], {}):
        return "(vide)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
