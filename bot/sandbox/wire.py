"""JSON as it travels: objects stay plain dictionaries, since the contract is Telegram's and not ours."""

import json
from typing import Any

Json = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return _encode(value).encode("utf-8", "surrogatepass")


def without_none(**fields: object) -> Json:
    """An object with only the fields that are there: Telegram leaves absent fields out."""
    return {name: value for name, value in fields.items() if value is not None}
