"""What an imported file would change in our places: new ones, differences, and the lines that cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.place_schema import PlaceEntry
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.yaml_file import YamlFile
from bot.services.place_exchange.equivalents import derivable, derived, kinds_of, topics_of
from bot.services.place_exchange.merging import own_block, set_columns, set_others, single, slug
from bot.services.place_exchange.reading import Row
from bot.services.place_exchange.schemas import Schema

_REVIEW_MONTHS = 6


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
        own = own_block(row)
        foreign_id = single(row.values.get("id", ""))
        if not foreign_id:
            raise ValueError("il manque « id »")
        identifier = str(own.get("id") or self._by_foreign_id.get(foreign_id) or slug(foreign_id, self._schema))
        if not identifier:
            raise ValueError(f"l'identifiant « {foreign_id} » ne contient ni lettre ni chiffre")
        old = self._existing.get(identifier)
        data: dict[str, Any] = old.model_dump(mode="json", exclude_defaults=True) if old else {}
        data |= {key: value for key, value in own.items() if key != "autres"}
        data["id"] = identifier
        set_columns(data, row, self._schema)
        own_id = f"{self._schema.id_prefix}{identifier}"
        set_others(data, own, row, self._schema, "" if foreign_id == own_id else foreign_id)
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


def _differences(old: PlaceEntry, new: PlaceEntry) -> Iterator[Difference]:
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for name in before:
        if before[name] != after[name]:
            yield Difference(name, _shown(before[name]), _shown(after[name]))


def _shown(value: object) -> str:
    if value in (None, "", [], {}):
        return "(vide)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
