"""The parameters of one call, read with Telegram's own rules and complaints."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """Strings by name, as they travelled, and the files beside them."""

    values: Mapping[str, str]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string; the default where it is absent."""
        return self.values.get(name, default)

    def optional(self, name: str) -> str | None:
        """A string, or None where it is absent or empty."""
        return self.values.get(name) or None

    def flag(self, name: str) -> bool:
        """A boolean, false where it is absent."""
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is not one counts as absent, as Telegram has it."""
        try:
            return int(self.values.get(name, ""))
        except ValueError:
            return default

    def number(self, name: str, complaint: str) -> float:
        """A number that must be there; otherwise the given complaint."""
        try:
            return float(self.values[name])
        except (KeyError, ValueError):
            raise bad_request(complaint) from None

    def required(self, name: str, complaint: str) -> str:
        """A string that must not be empty; otherwise the given complaint."""
        value = self.values.get(name, "")
        if not value:
            raise bad_request(complaint)
        return value

    def mapping(self, name: str, complaint: str) -> Json | None:
        """A JSON object, or None where it is absent."""
        value = self._json(name, complaint)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"{complaint}: Can't parse {name} JSON object")
        return value

    def array(self, name: str, complaint: str) -> list[object] | None:
        """A JSON array, or None where it is absent."""
        value = self._json(name, complaint)
        if value is not None and not isinstance(value, list):
            raise bad_request(complaint)
        return cast("list[object] | None", value)

    def entities(self, name: str) -> list[Json] | None:
        """Entities given outright in place of a parse_mode."""
        given = self.array(name, "can't parse entities")
        if given is None:
            return None
        wanted = {"type": str, "offset": int, "length": int}
        for entity in given:
            shaped = isinstance(entity, dict) and all(isinstance(entity.get(k), t) for k, t in wanted.items())
            if not shaped:
                raise bad_request("can't parse MessageEntity: field is missing or of a wrong type")
        return cast("list[Json]", given)

    def _json(self, name: str, complaint: str) -> object:
        value = self.values.get(name, "")
        if not value:
            return None
        try:
            return cast("object", json.loads(value))
        except ValueError:
            raise bad_request(complaint) from None
