"""What stands on the card that somebody takes home: plain sentences, ready to be printed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class PaperSize(StrEnum):
    """The sheets that printers here hold; A5 folds into a pocket."""

    A4 = "A4"
    A5 = "A5"


@dataclass(frozen=True, slots=True)
class Reach:
    """Someone to reach: who and the number, then the address, the hours, a remark."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """An address that a phone reads, with the words that stand beside it."""

    url: str
    caption: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """One card. Equal cards are printed once."""

    size: PaperSize
    title: str
    answer: str
    steps_title: str
    steps: tuple[str, ...]
    papers_title: str
    papers: tuple[str, ...]
    reach_title: str
    reach: tuple[Reach, ...]
    codes: tuple[Code, ...]
    proof: tuple[str, ...]
    pages: tuple[str, ...]  # how each page is named when there are two

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Handout:
        """What `as_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        lists["reach"] = tuple(Reach(one["name"], tuple(one["lines"])) for one in values["reach"])
        lists["codes"] = tuple(Code(one["url"], tuple(one["caption"])) for one in values["codes"])
        return cls(**values | lists | {"size": PaperSize(values["size"])})
