"""Lays one row of a file over a place's fields."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.text import fold
from bot.knowledge_base.schema import SLUG
from bot.services.place_exchange.phones import national
from bot.services.place_exchange.reading import Row, Value
from bot.services.place_exchange.schemas import OWN_COLUMN, OWN_PRODUCER, Schema

_ID_CHARACTERS = 80
_LINES_KEPT = frozenset({"description"})
# What national files write where they know nothing (559 and 13,131 of 18,769 places in September 2026).
_NO_DATE = frozenset({"", "1970-01-01"})
_NO_PIVOT = "0" * 14
_COORDINATE = re.compile(r"-?\d{1,3}([.,]\d{1,15})?", re.ASCII)


def own_block(row: Row) -> dict[str, Any]:
    """What an export of ours added, {} in a file of others."""
    text = row.values.get(OWN_COLUMN)
    if not text:
        return {}
    try:
        found = json.loads(single(text))
    except (ValueError, RecursionError):
        raise ValueError(f"« {OWN_COLUMN} » n'est pas du JSON correct") from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise ValueError(f"« {OWN_COLUMN} » doit contenir des clés")
    return found


def set_columns(data: dict[str, Any], row: Row, schema: Schema) -> None:
    """Lay the row over the place. An empty cell changes nothing: files of others often know less than we do."""
    values = row.values
    for column, name in schema.texts.items():
        if text := single(values.get(column, "")):
            data[name] = text if name in _LINES_KEPT else " ".join(text.split())
    if phone := single(values.get("telephone", "")):
        data["telephone"] = national(phone)
    for column, name in ((schema.emails, "courriels"), (schema.sites, "sites")):
        given = values.get(column)
        several = given if isinstance(given, list) else [given] if given else []
        if several and not (schema.one_contact and several[0] in data.get(name, [])):
            data[name] = several
    producer = single(values.get("source", ""))
    if producer and producer != OWN_PRODUCER:
        data["producteur"] = producer
    day = single(values.get("date_maj", ""))[:10]
    if day not in _NO_DATE:
        data["verifie_le"] = day
    elif "verifie_le" not in data:
        raise ValueError("il manque « date_maj », la date de mise à jour")
    latitude, longitude = (single(values.get(name, "")) for name in ("latitude", "longitude"))
    if latitude or longitude:
        for name, text in (("latitude", latitude), ("longitude", longitude)):
            if not _COORDINATE.fullmatch(text):
                raise ValueError(f"« {name} » doit être un nombre de degrés, pas « {text} »")
        data["position"] = {"lat": latitude.replace(",", "."), "lon": longitude.replace(",", ".")}


def set_others(data: dict[str, Any], own: dict[str, Any], row: Row, schema: Schema, foreign_id: str) -> None:
    """Keep the columns that have no field here, and the file's own id when it is not ours."""
    given = own.get("autres")
    blocks: dict[str, Any] = dict(data.get("autres") or {}) | (dict(given) if isinstance(given, Mapping) else {})
    block = blocks.get(schema.block)
    kept: dict[str, Value] = dict(block) if isinstance(block, Mapping) else {}
    kept |= {name: value for name, value in row.values.items() if name not in schema.mapped and value != _NO_PIVOT}
    if foreign_id:
        kept["id"] = foreign_id
    blocks[schema.block] = kept
    data["autres"] = {name: values for name, values in blocks.items() if values} or None


def single(value: Value) -> str:
    """A value as one text."""
    return value if isinstance(value, str) else "|".join(value)


def slug(identifier: str, schema: Schema) -> str:
    """Our id for the id of a file; "" when nothing of it can be kept."""
    text = identifier.removeprefix(schema.id_prefix) if schema.id_prefix else identifier
    if re.match(SLUG, text) and len(text) <= _ID_CHARACTERS:
        return text
    return re.sub(r"[^a-z0-9]+", "-", fold(identifier))[:_ID_CHARACTERS].strip("-")
