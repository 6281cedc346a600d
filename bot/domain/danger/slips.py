"""Slips of a hurried hand: one letter forgotten, or two neighbours swapped, in a word long enough to be recognised.

Every word has a dozen of them, so they are kept as checksums: a hundred kilobytes instead of megabytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from zlib import crc32

from bot.domain.text import strip_accents

_SHORTEST = 6  # shorter words have too many neighbours


class Slips:
    """Finds the word behind a slip."""

    __slots__ = ("_numbers", "_sums", "words")

    def __init__(self, words: Iterable[str], excepted: Callable[[str], bool]) -> None:
        """`excepted` tells which slips are words of their own. Where two words have one slip, the last word has it."""
        behind = {slip: word for word in words for slip in _of(word)}
        self.words = tuple(dict.fromkeys(behind.values()))
        numbers = {word: number for number, word in enumerate(self.words)}
        kept = sorted((crc32(slip.encode()), numbers[word]) for slip, word in behind.items() if not excepted(slip))
        self._sums = array("I", [total for total, _ in kept])
        self._numbers = array("I", [number for _, number in kept])

    def mend(self, written: str) -> str | None:
        """The word that was meant, or None when this is no slip of any."""
        total = crc32(written.encode("utf-8", "replace"))
        place = bisect_left(self._sums, total)
        while place < len(self._sums) and self._sums[place] == total:
            word = self.words[self._numbers[place]]
            if written in _of(word):  # two texts may have one checksum
                return word
            place += 1
        return None


def _of(written: str) -> Iterator[str]:
    plain = strip_accents(written)
    if len(plain) < _SHORTEST:
        return
    for place in range(1, len(plain) - 1):
        yield plain[:place] + plain[place + 1 :]
        yield plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
