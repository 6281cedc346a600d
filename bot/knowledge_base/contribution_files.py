"""The overlay `knowledge/contributions/`: which files it has, and how staff's changes are written there and taken back.

A change's id is a digest of what was written, so that undoing needs no record: what an editor touched since no longer
has that id, and stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.domain.contributions import wording_key
from bot.domain.models import Topic
from bot.errors import AccesDroitsError
from bot.knowledge_base.atomic_file import alone_in, remove, write_whole
from bot.knowledge_base.text_edits import EditError, append_item, plain_data, remove_item
from bot.knowledge_base.topic_writing import PlainDumper, topic_text

FOLDER = "contributions"
_ID_LETTERS = 16


class TopicTakenError(AccesDroitsError):
    """Another topic got the same id meanwhile."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a change wrote, and the id that takes it back."""

    id: str
    path: Path


class ContributionFiles:
    """The overlay of one knowledge folder. Every method may raise OSError; none leaves half a change."""

    def __init__(self, knowledge: Path) -> None:
        self.root = knowledge / FOLDER

    @property
    def off_topic_path(self) -> Path:
        return self.root / "hors-champ.yaml"

    def phrases_path(self, topic: str) -> Path:
        return self.root / "phrases" / f"{topic}.yaml"

    def topics(self) -> Iterator[Path]:
        """The files of topics that staff made."""
        yield from _yaml_files(self.root / "sujets", "*/*.yaml")

    def phrases(self) -> Iterator[Path]:
        """The files of wordings that staff attached."""
        yield from _yaml_files(self.root / "phrases", "*.yaml")

    def corrections(self) -> Iterator[Path]:
        """The files of corrections, in the order in which they are to be made."""
        yield from sorted(_yaml_files(self.root / "corrections", "*.yaml"), key=_correction_order)

    def knows(self, wording: str) -> str | None:
        """Where the overlay already holds a wording: a topic's id, "" for what no topic covers, None for nowhere."""
        key = wording_key(wording)
        for path in self.phrases():
            if any(wording_key(item["texte"]) == key for item in _items(path, "phrases")):
                return path.stem
        for path in self.topics():
            if any(wording_key(phrase) == key for phrase in plain_data(_text(path)).get("phrases", ())):
                return path.stem
        found = any(wording_key(item["texte"]) == key for item in _items(self.off_topic_path, "hors_champ"))
        return "" if found else None

    def base_topic(self, topic: str) -> Path | None:
        """The editors' file of a topic."""
        return next((self.root.parent / "sujets").glob(f"*/{topic}.yaml"), None)

    def holds(self, path: Path, key: str, wording: str) -> bool:
        """Whether an editors' file has a wording, given by its key, in a list."""
        found = plain_data(_text(path).removeprefix("\ufeff"))[key]
        return any(wording_key(text) == wording for text in found)

    def learn(self, wording: str, topic: str, day: date) -> Written:
        """Attach a wording to a topic."""
        head = _header("phrases-apprises", 1) + f"sujet: {topic}\n"
        return self._add(self.phrases_path(topic), head, "phrases", _item(wording, topic, day))

    def off_topic(self, wording: str, day: date) -> Written:
        """Note a wording that no topic covers."""
        return self._add(self.off_topic_path, _header("hors-champ-appris", 0), "hors_champ", _item(wording, None, day))

    def add_topic(self, topic: Topic) -> Written:
        """Write a new topic's file; raises TopicTakenError."""
        path = self.root / "sujets" / topic.theme / f"{topic.id}.yaml"
        with alone_in(self.root):
            if any(other.stem == topic.id for other in self.topics()):
                raise TopicTakenError("Un sujet du même nom vient d'être créé : recommencez.")
            text = topic_text(topic, _header("sujet", 2))
            write_whole(path, text)
        return Written(_digest("sujet", path.stem, text), path)

    def correct(self, topic: str, field: str, before: str | list[str], after: str | list[str], day: date) -> Written:
        """Write one correction; a later one of the same place stands behind the first."""
        data = {"sujet": topic, "champ": field, "avant": before, "apres": after, "le": day.isoformat()}
        text = _header("correction", 1) + _dump(data)
        with alone_in(self.root):
            folder, number = self.root / "corrections", 1
            while (path := folder / f"{topic}.{field}.{number}.yaml").exists():
                number += 1
            write_whole(path, text)
        return Written(_digest("correction", path.stem, text), path)

    def undo(self, change: str) -> tuple[Path, ...]:
        """Take a change back; the files it was in, none when it is no longer there as it was written."""
        if not self.root.is_dir():
            return ()
        with alone_in(self.root):
            for path, key in ((self.off_topic_path, "hors_champ"), *((path, "phrases") for path in self.phrases())):
                for index, item in enumerate(_items(path, key)):
                    if _digest(key, path.stem, item) == change:
                        _remove(path, key, index)
                        return (path,)
            for path in self.topics():
                if _digest("sujet", path.stem, _text(path)) == change and not self._built_upon(path.stem):
                    remove(path)
                    return (path,)
            found = list(self.corrections())
            for path in found:
                if _digest("correction", path.stem, _text(path)) == change and not _followed(path, found):
                    remove(path)
                    return (path,)
        return ()

    def _built_upon(self, topic: str) -> bool:
        """Whether someone has added to a topic since: taking it back would lose that."""
        corrected = any(plain_data(_text(path)).get("sujet") == topic for path in self.corrections())
        return corrected or self.phrases_path(topic).exists()

    def _add(self, path: Path, head: str, key: str, item: dict[str, Any]) -> Written:
        with alone_in(self.root):
            start = f"{head}{key}:\n"
            if path.exists():
                text = append_item(_text(path), (key,), item)
            else:
                text = append_item(f"{start}  - x\n", (key,), item).replace("  - x\n", "", 1)
            write_whole(path, text)
        return Written(_digest(key, path.stem, item), path)


def _yaml_files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith("."))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _items(path: Path, key: str) -> list[dict[str, Any]]:
    """The items of a list in a file; none where there is no file, or nothing of the kind in it."""
    try:
        data = plain_data(_text(path))
    except (FileNotFoundError, EditError):
        return []
    found = data.get(key) if isinstance(data, dict) else None
    return [item for item in found if isinstance(item, dict) and "texte" in item] if isinstance(found, list) else []


def _remove(path: Path, key: str, index: int) -> None:
    text = _text(path)
    if len(plain_data(text)[key]) == 1:
        remove(path)
    else:
        write_whole(path, remove_item(text, (key,), index))


def _item(wording: str, topic: str | None, day: date) -> dict[str, Any]:
    question = {"q": wording, **({"id": topic} if topic else {}), "register": "appris"}
    return {"texte": wording, "le": day.isoformat(), "question": question}


def _digest(kind: str, name: str, content: object) -> str:
    said = json.dumps([kind, name, content], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_ID_LETTERS]


def _header(schema: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * (depth + 1)}schema/{schema}.schema.json\n"


def _dump(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def _correction_order(path: Path) -> tuple[str, int]:
    name, _, number = path.stem.rpartition(".")
    return name, int(number) if number.isdigit() else 0


def _followed(path: Path, all_of_them: list[Path]) -> bool:
    name, number = _correction_order(path)
    return any(_correction_order(other)[0] == name and _correction_order(other)[1] > number for other in all_of_them)
