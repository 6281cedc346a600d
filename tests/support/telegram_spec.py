"""The published Bot API as a judge: whether an object has the fields and types that Telegram promises."""

import json
from pathlib import Path
from typing import Any

_SPEC = Path(__file__).parents[3] / "shared" / "telegram" / "bot-api-spec.json"
_SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
    "Float number": (int, float),
}


class TelegramSpec:
    """Types and methods of the specification."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.types: dict[str, dict[str, Any]] = document["types"]
        self.methods: dict[str, dict[str, Any]] = document["methods"]

    def problems(self, kind: str, value: object, where: str = "") -> list[str]:
        """Everything wrong with a value of a type, each with its place."""
        where = where or kind
        if kind in _SCALARS:
            right = isinstance(value, _SCALARS[kind]) and (kind in {"Boolean", "True"} or not isinstance(value, bool))
            return [] if right else [f"{where}: {value!r} is no {kind}"]
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: {value!r} is no array"]
            inner = kind.removeprefix("Array of ")
            return [p for i, item in enumerate(value) for p in self.problems(inner, item, f"{where}[{i}]")]
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no {kind}"]
        return self._object_problems(kind, value, where)

    def _object_problems(self, kind: str, value: dict[str, Any], where: str) -> list[str]:
        subtypes = self.types[kind].get("subtypes")
        if subtypes:
            tried = [self.problems(subtype, value, where) for subtype in subtypes]
            return fewest(tried)
        fields = {field["name"]: field for field in self.types[kind].get("fields", [])}
        found = [f"{where}.{name}: unknown field" for name in value if name not in fields]
        for name, field in fields.items():
            if name in value:
                tried = [self.problems(t, value[name], f"{where}.{name}") for t in field["types"]]
                found += fewest(tried)
            elif field["required"]:
                found.append(f"{where}.{name}: missing")
        return found


def fewest(tried: list[list[str]]) -> list[str]:
    """The shortest list: the problems of the type that fits best."""
    return sorted(tried, key=len)[0]


def telegram_spec() -> TelegramSpec | None:
    """The specification, where the folder that holds it is beside the repository."""
    if not _SPEC.is_file():
        return None
    return TelegramSpec(json.loads(_SPEC.read_text(encoding="utf-8")))
