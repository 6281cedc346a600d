"""A folded view of a message: detectors read plain ASCII, the answer is cut in the original.

Folding undoes what hides data: accents, full-width and Arabic-Indic digits, zero-width characters, keycaps,
typographic quotes and dashes. Every folded character remembers where it came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.privacy.kind import Kind

BARRIER = "\x01"
"""Stands for a placeholder or a claimed span: no pattern accepts it, so none reaches across it."""

_PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in Kind))
_QUOTES = frozenset("'’‘ʼ`´′")
_SIGNS = {
    **dict.fromkeys(_QUOTES, "'"),
    "−": "-",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
}
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_INVISIBLE = frozenset(("Mn", "Me", "Cf"))


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    """One character in plain form, empty when it cannot be seen."""
    if char.isascii() and char.isprintable() and char not in _QUOTES:
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char in _SIGNS:
        return _SIGNS[char]
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return ""
    if category == "Pd":
        return "-"
    if char.isspace() or category == "Cc":
        return "\n" if char in _LINE_ENDS else " "
    parts = unicodedata.normalize("NFKD", char)
    return char if parts == char else "".join(_fold(part) for part in parts)


@lru_cache(maxsize=8192)
def _lower(char: str) -> str:
    """Lower case, but never longer: both views keep one length."""
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


@dataclass(frozen=True, slots=True)
class View:
    """`plain` keeps the case, `low` does not; `origins[i]` is where the character i of both stands in `text`."""

    text: str
    plain: str
    low: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "View":
        """Fold `text`; placeholders already in it become barriers."""
        plain: list[str] = []
        origins: list[int] = []
        for position, char in _pieces(text):
            plain.append(char)
            origins.append(position)
        folded = "".join(plain)
        return cls(text, folded, "".join(map(_lower, folded)), tuple(origins))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the message behind a span of the view, with the invisible characters that trail it."""
        last = self.origins[end - 1] + 1
        while last < len(self.text) and not _fold(self.text[last]):
            last += 1
        return self.origins[start], last


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Folded characters with their origin, a single barrier for a placeholder."""
    position = 0
    for placeholder in _PLACEHOLDER.finditer(text):
        yield from _folded(text, position, placeholder.start())
        yield placeholder.start(), BARRIER
        position = placeholder.end()
    yield from _folded(text, position, len(text))


def _folded(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for position in range(start, end):
        for char in _fold(text[position]):
            yield position, char
