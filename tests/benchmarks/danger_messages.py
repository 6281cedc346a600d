"""The labelled messages that danger recognition is learnt from and measured on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.knowledge import Knowledge

DATA = Path(__file__).parents[1] / "data"
DEV = Path(__file__).parents[3] / "shared" / "knowledge" / "dev-questions.jsonl"


@dataclass(frozen=True)
class Message:
    """One message, and the kind of danger or ""."""

    text: str
    kind: str
    also: tuple[str, ...] = ()


def read(path: Path) -> list[Message]:
    """The messages of a file that are labelled urgent or not."""
    return [
        Message(one["q"], one["id"] if one["urgent"] else "", tuple(one.get("also", ())))
        for one in _lines(path)
        if one.get("urgent") is not None
    ]


def ordinary(path: Path, knowledge: Knowledge) -> list[Message]:
    """The messages of a file about topics that have nothing to do with danger."""
    urgent = {topic.id for topic in knowledge.topics.values() if topic.theme == "urgence"}
    return [
        Message(one["q"], "")
        for one in _lines(path)
        if one.get("urgent") is None and not urgent.intersection([one["id"], *one.get("also", ())])
    ]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
