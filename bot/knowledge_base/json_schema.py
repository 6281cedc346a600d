"""JSON Schemas for editors: completion and French hints in any editor that knows YAML.

They are generated from the pydantic models and committed under `knowledge/schema/`; the check fails when they
are stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.knowledge_base.loader import known_models
from bot.knowledge_base.problems import ProblemList


def schema_text(model: type[BaseModel]) -> str:
    """The JSON Schema of one kind of file, as it is committed."""
    schema: dict[str, Any] = model.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(_without_titles(schema), ensure_ascii=False, indent=2) + "\n"


def _without_titles(node: Any) -> Any:
    """pydantic adds an English title to every field; an editor would show it in place of the French hint."""
    if isinstance(node, dict):
        return {
            key: _without_titles(value)
            for key, value in node.items()
            if not (key == "title" and isinstance(value, str))
        }
    if isinstance(node, list):
        return [_without_titles(item) for item in node]
    return node


def schema_path(folder: Path, name: str) -> Path:
    return folder / "schema" / f"{name}.schema.json"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema; returns the paths."""
    written = []
    for name, model in known_models():
        path = schema_path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(schema_text(model), encoding="utf-8")
        written.append(path)
    return written


def check_schemas(folder: Path, problems: ProblemList) -> None:
    """Report each schema that no longer says what the code checks."""
    for name, model in known_models():
        path = schema_path(folder, name)
        try:
            current = path.read_text(encoding="utf-8")
        except OSError:
            current = ""
        if current != schema_text(model):
            message = "ce schéma n'est plus à jour : lancez « acces-droits check --write-schema »"
            problems.report(path, 1, message, blocking=False)
