"""One of our places as a row of a public schema."""

from __future__ import annotations

import json
from typing import Any

from bot.knowledge_base.place_schema import PlaceEntry
from bot.services.place_exchange.equivalents import derivable, derived
from bot.services.place_exchange.phones import international, national
from bot.services.place_exchange.reading import Value
from bot.services.place_exchange.schemas import OWN_COLUMN, OWN_PRODUCER, Schema


def row_of(entry: PlaceEntry, schema: Schema, *, own: bool = True) -> dict[str, Value]:
    """The columns that have a value; `own` adds what only we know, so that an import gives the same place."""
    kept = others(entry, schema)
    row: dict[str, Value] = {column: value for column, value in kept.items() if column != "id"}
    for column in derivable(schema):
        if column not in row and (values := derived(entry, column)):
            row[column] = values
    for column, name in schema.texts.items():
        if value := getattr(entry, name):
            row[column] = value
    row["id"] = kept.get("id", f"{schema.id_prefix}{entry.id}")
    row["date_maj"] = entry.verifie_le.isoformat()
    if producer := entry.producteur or (OWN_PRODUCER if schema.id_prefix else None):
        row["source"] = producer
    if entry.position:
        row["latitude"], row["longitude"] = repr(entry.position.lat), repr(entry.position.lon)
    if entry.telephone and (phone := international(entry.telephone)):
        row["telephone"] = phone
    for column, values in ((schema.emails, entry.courriels), (schema.sites, entry.sites)):
        if values:
            row[column] = values[0] if schema.one_contact else list(values)
    if own:
        row[OWN_COLUMN] = json.dumps(_own(entry, schema), ensure_ascii=False)
    return row


def others(entry: PlaceEntry, schema: Schema) -> dict[str, Value]:
    """The columns of a schema that have no field here, as they were read."""
    return dict(getattr(entry.autres, schema.block)) if entry.autres else {}


def _own(entry: PlaceEntry, schema: Schema) -> dict[str, Any]:
    """Every field that the row itself does not give back."""
    data = entry.model_dump(mode="json", exclude_defaults=True)
    for name in (*schema.texts.values(), "position", "verifie_le", "producteur"):
        data.pop(name, None)
    if schema.one_contact:
        if len(entry.courriels) < 2:
            data.pop("courriels", None)
        if len(entry.sites) < 2:
            data.pop("sites", None)
    else:
        data.pop("courriels", None)
        data.pop("sites", None)
    if entry.telephone and national(international(entry.telephone)) == entry.telephone:
        data.pop("telephone", None)
    if entry.autres:
        rest = {name: values for name, values in data["autres"].items() if name != schema.block and values}
        data["autres"] = rest
        if not rest:
            del data["autres"]
    return data
