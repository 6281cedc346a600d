"""How much is caught, and how much is masked for nothing, on labelled sentences and on ordinary messages."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.privacy import Kind, redact

_ROOT = Path(__file__).parents[2]
_LABELLED = _ROOT / "tests" / "data" / "privacy.jsonl"
_MESSAGES = _ROOT.parent / "shared" / "knowledge" / "dev-questions.jsonl"
_TOPICS = _ROOT / "knowledge" / "sujets"
_WORD = re.compile(r"\w+")
_SOFT = (Kind.NAME, Kind.ADDRESS)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _kept(text: str) -> bytearray:
    """For each character of `text`, whether it is still there once redacted."""
    pieces = re.split("|".join(re.escape(kind.placeholder) for kind in Kind), redact(text).text)
    kept, position = bytearray(len(text)), 0
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        position = len(text) - len(piece) if last else text.index(piece, position)
        kept[position : position + len(piece)] = b"\x01" * len(piece)
        position += len(piece)
    return kept


def _caught(rows: Iterable[dict[str, Any]], *, soft: bool) -> tuple[int, int]:
    """Labelled spans of which no letter or digit is left, and all of them."""
    caught = total = 0
    for row in rows:
        kept = _kept(row["q"])
        for start, end, kind in row["spans"]:
            if (kind in _SOFT) is soft:
                total += 1
                caught += not any(kept[i] and row["q"][i].isalnum() for i in range(start, end))
    return caught, total


def _lost(text: str, spans: list[tuple[int, int, str]]) -> tuple[int, int]:
    """Words outside the labels that are masked, and all of them."""
    kept = _kept(text)
    words = [m for m in _WORD.finditer(text) if not any(m.start() < end and m.end() > start for start, end, _ in spans)]
    return sum(not all(kept[m.start() : m.end()]) for m in words), len(words)


def test_the_set_is_large_and_tempting() -> None:
    rows = _rows(_LABELLED)
    assert len(rows) >= 400
    assert sum(not row["spans"] for row in rows) >= 120
    assert len({row["q"] for row in rows}) == len(rows)
    assert all(kind in list(Kind) for row in rows for _, _, kind in row["spans"])


def test_structured_data_is_caught() -> None:
    caught, total = _caught(_rows(_LABELLED), soft=False)
    assert caught >= 0.98 * total


def test_names_and_addresses_are_caught() -> None:
    caught, total = _caught(_rows(_LABELLED), soft=True)
    assert caught >= 0.85 * total


def test_ordinary_words_stay() -> None:
    counts = [_lost(row["q"], row["spans"]) for row in _rows(_LABELLED)]
    assert sum(lost for lost, _ in counts) <= 0.02 * sum(total for _, total in counts)


@pytest.mark.skipif(not _MESSAGES.exists(), reason="messages kept beside the repository")
def test_ordinary_messages_stay() -> None:
    counts = [_lost(row["q"], []) for row in _rows(_MESSAGES)]
    assert sum(lost for lost, _ in counts) <= 0.02 * sum(total for _, total in counts)


def test_phrases_of_the_knowledge_stay() -> None:
    phrases = [
        str(phrase)
        for path in _TOPICS.glob("**/*.yaml")
        for phrase in (yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) or {}).get("phrases", ())  # noqa: S506
    ]
    if not phrases:
        pytest.skip("no topic written yet")
    counts = [_lost(phrase, []) for phrase in phrases]
    assert sum(lost for lost, _ in counts) <= 0.02 * sum(total for _, total in counts)
