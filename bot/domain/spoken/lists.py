"""Lists told with their count: a listener does not see how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.spoken.numbers import cardinal, feminine

_ITEM = re.compile(r"^\s*(?:(\d{1,3})[.)]|[•▪◦*-]|[☐☑]\s*\d{1,3}\.)\s+(\S.*)$")
_ENDED = re.compile(r"[.!?:;,]$")


def lists_told(lines: Iterable[str]) -> list[str]:
    """Sentences, one a line, where every list of two or more begins with its count."""
    told: list[str] = []
    items: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        found = _ITEM.match(line)
        if found:
            items.append((found.group(1) or "", found.group(2).strip()))
        elif items and line.startswith("   ") and line.strip():  # what belongs to the item above
            number, text = items[-1]
            items[-1] = (number, f"{text}, {line.strip()}" if not _ENDED.search(text) else f"{text} {line.strip()}")
        else:
            _tell(told, items)
            items = []
            if line.strip():
                told.append(_ended(line.strip()))
    return told


def _tell(told: list[str], items: list[tuple[str, str]]) -> None:
    if len(items) > 1:
        numbered = all(number for number, _ in items)
        count = f"{feminine(len(items))} étapes" if numbered else f"liste de {cardinal(len(items))}"
        if told and _is_heading(told[-1]):
            told[-1] = f"{told[-1][:-1]}, {count}."
        else:
            told.append(f"{count[:1].upper()}{count[1:]}.")
    for number, text in items:
        start = f"{cardinal(int(number)).capitalize()}. " if number and len(items) > 1 else ""
        told.append(start + _ended(text))


def _is_heading(sentence: str) -> bool:
    """A few words without a sentence in them: "Que faire", "À préparer :"."""
    return len(sentence) <= 40 and not re.search(r"[.!?;]", sentence[:-1]) and sentence[-1] in ".:"


def _ended(text: str) -> str:
    return text if re.search(r"[.!?:]$", text) else f"{text.rstrip(',; ')}."
