"""Reads `knowledge/lieux/` and `knowledge/communes.yaml`, checks what no single file can tell, writes a place back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.domain.place_directory import PlaceDirectory
from bot.errors import AccesDroitsError
from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.place_checks import check_communes, check_place
from bot.knowledge_base.place_schema import CommuneFile, PlaceEntry
from bot.knowledge_base.place_values import commune_value, place_value
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.yaml_file import YamlFile, read_yaml

FOLDER = "lieux"
COMMUNES = "communes.yaml"
_HEADER = "# yaml-language-server: $schema=../schema/lieu.schema.json\n"
_MANY = 2000  # a folder of more files than that is a mistake


class PlaceWriteError(AccesDroitsError):
    """A place's file cannot be written."""


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """A validated place with its lines."""

    entry: PlaceEntry
    file: YamlFile


def read_directory(folder: Path, topics: Collection[str], problems: ProblemList) -> PlaceDirectory:
    """Places and communes as far as they can be read; `topics` are the ids that exist."""
    files = read_places(folder, problems)
    path = folder / COMMUNES
    file = read_yaml(path, problems) if path.exists() else None
    communes = validate(CommuneFile, file, problems) if file else None
    entries = {one.entry.id: one.entry for one in files}
    names = {commune.nom: commune.insee for commune in communes.communes} if communes else {}
    official = {insee: name for name, insee in names.items()}
    for one in files:
        check_place(one.entry, one.file, entries, names, topics, problems)
    if file and communes:
        check_communes(communes, file, entries, problems)
    return PlaceDirectory(
        places={entry.id: place_value(entry, official) for entry in entries.values()},
        communes=tuple(commune_value(entry) for entry in communes.communes) if communes else (),
        everywhere=communes.competents.model_dump() if communes else {},
    )


def commune_names(folder: Path) -> dict[str, str]:
    """The names of the communes by INSEE code, as far as they can be read."""
    problems = ProblemList(folder)
    path = folder / COMMUNES
    file = read_yaml(path, problems) if path.exists() else None
    communes = validate(CommuneFile, file, problems) if file else None
    return {commune.insee: commune.nom for commune in communes.communes} if communes else {}


def read_places(folder: Path, problems: ProblemList) -> list[PlaceFile]:
    """Every file of the folder that is a valid place, in the order of their names."""
    found: list[PlaceFile] = []
    for path in sorted((folder / FOLDER).glob("*.yaml"))[:_MANY]:
        file = read_yaml(path, problems)
        entry = validate(PlaceEntry, file, problems) if file else None
        if file and entry:
            found.append(PlaceFile(entry, file))
    return found


def place_text(entry: PlaceEntry) -> str:
    """The entry as its YAML file: the same keys in the same order, nothing that is empty."""
    data: dict[str, Any] = {}
    for name, value in entry.model_dump(exclude_defaults=True).items():
        data[name] = {key: inner for key, inner in value.items() if inner} if name == "autres" else value
    return _HEADER + yaml.dump(data, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def write_place(folder: Path, entry: PlaceEntry) -> Path:
    """Write one place whole or not at all."""
    target = folder / FOLDER / f"{entry.id}.yaml"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{entry.id}", suffix=".tmp")
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(place_text(entry))
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise PlaceWriteError(f"{target} ne peut pas être écrit ({error.strerror or error})") from error
    return target


class _PlainDumper(yaml.SafeDumper):
    """Without anchors, which editors do not read."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True
