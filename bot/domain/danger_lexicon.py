"""Finds every expression of the rules in a message, by ear, in one pass.

Expressions are laid out in a tree of sounds, so that the time taken depends on the message and not on the number of
expressions, and no message can make it explode: each word starts one bounded walk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from bot.domain.danger_sounds import Word, clean_lines, sound, spell_out, stem_sound
from bot.domain.text import strip_accents

GAP = 3  # "…" stands for at most that many words
MAX_STEPS = 400  # of one walk; an ordinary walk takes fewer than 20
SPELT_LETTERS = 6  # shorter words have too many neighbours
SHORT_SOUND = 5  # a single word said in fewer sounds never spreads over two written words

_STAR = "*"
_GAP = "…"
_END = "$"
_ALTERNATIVES = re.compile(r"\S+/\S+")
_OPTIONAL = re.compile(r"\(([^)]*)\)\s*")


class Found(NamedTuple):
    """A label found in the message, and the words it covers (`end` excluded)."""

    label: str
    start: int
    end: int


class _Node(dict[str, "_Node"]):
    """A place in the tree: next sounds, and the labels of the expressions that end here."""

    __slots__ = ("alone", "labels", "open")

    def __init__(self) -> None:
        super().__init__()
        self.labels: tuple[str, ...] = ()  # may spread over several written words
        self.alone: tuple[str, ...] = ()  # must be one written word
        self.open: tuple[str, ...] = ()  # any ending of the word will do


class Lexicon:
    """The expressions of all rules, each under its labels."""

    def __init__(self, expressions: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        self._said: set[str] = set()
        self._slips: dict[str, Word] = {}
        for label, expression in expressions:
            for variant in variants(expression):
                self._add(label, variant)
        for slip in [slip for slip, word in self._slips.items() if sound(slip) in self._said]:
            del self._slips[slip]

    def mended(self, words: Sequence[Word]) -> list[Word]:
        """The words with the slips of a hurried hand repaired ("pndre" → "pendre"): only towards words of the rules."""
        return [
            word
            if word.sound in self._said or word.written not in self._slips
            else self._slips[word.written]._replace(place=word.place)
            for word in words
        ]

    def _add(self, label: str, expression: str) -> None:
        node = self._root
        pieces = expression.replace(_GAP, f" {_GAP} ").split()
        one_word = len(pieces) == 1
        starred = False
        size = 0
        for piece in pieces:
            if piece == _GAP:
                node = node.setdefault(_GAP, _Node())
                continue
            if starred:
                node = node.setdefault(_STAR, _Node())
            starred = piece.endswith(_STAR)
            if starred:
                keys = [stem_sound(clean_lines(piece[:-1]))]
            else:
                said = spell_out(piece)
                one_word = one_word and len(said) == 1
                keys = [word.sound for word in said]
                self._said.update(keys)
                for word in said:
                    self._slips.update((slip, word) for slip in _misspelt(word.written))
            for key in keys:
                size += len(key)
                for letter in key:
                    node = node.setdefault(letter, _Node())
        if node is self._root:
            return
        if starred:
            node.open = (*node.open, label)
        elif one_word and size <= SHORT_SOUND:
            node.alone = (*node.alone, label)
        else:
            node.labels = (*node.labels, label)

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Every label found, in the order of the words."""
        found: set[Found] = set()
        for start, word in enumerate(words):
            for label, end in self._walk(words, start, word.sound):
                found.add(Found(label, start, end))
            if word.bare:
                for label, end in self._walk(words, start, word.bare):
                    found.add(Found(label, start, end))
        return sorted(found, key=lambda one: (one.start, one.end, one.label))

    def _walk(self, words: Sequence[Word], start: int, first: str) -> Iterator[tuple[str, int]]:
        if first[:1] not in self._root:
            return
        pending: list[tuple[_Node, int, str, int]] = [(self._root, start, first, 0)]
        for _ in range(MAX_STEPS):
            if not pending:
                return
            node, index, key, offset = pending.pop()
            while True:
                if offset and node.open:
                    for label in node.open:
                        yield label, index + 1
                if offset and _STAR in node:
                    pending.extend(_onward(words, node[_STAR], index + 1))
                if offset == len(key):
                    for label in node.labels:
                        yield label, index + 1
                    if index == start:
                        for label in node.alone:
                            yield label, index + 1
                    if _GAP in node:
                        for skipped in range(GAP + 1):
                            pending.extend(_onward(words, node[_GAP], index + 1 + skipped))
                    if index + 1 >= len(words) or node is self._root:
                        break
                    index, offset = index + 1, 0
                    key = words[index].sound
                    if not key:
                        continue
                following = node.get(key[offset])
                if following is None:
                    break
                node, offset = following, offset + 1


def _onward(words: Sequence[Word], node: _Node, index: int) -> Iterator[tuple[_Node, int, str, int]]:
    if index < len(words):
        yield node, index, words[index].sound, 0
        if words[index].bare:
            yield node, index, words[index].bare, 0


def _misspelt(written: str) -> Iterator[str]:
    """One letter forgotten, or two neighbours swapped, in a word long enough to be still recognised."""
    plain = strip_accents(written)
    if len(plain) < SPELT_LETTERS:
        return
    for place in range(1, len(plain) - 1):
        yield plain[:place] + plain[place + 1 :]
        yield plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]


def variants(expression: str) -> list[str]:
    """All readings of an expression: "a/b" offers a choice, "(a)" may be left out."""
    texts = [expression]
    while any(_OPTIONAL.search(text) for text in texts):
        texts = [_OPTIONAL.sub(kept, text, count=1) for text in texts for kept in (r"\1 ", "")]
    readings: list[str] = []
    for text in texts:
        choices = [piece.split("/") for piece in text.split()]
        readings.extend(" ".join(choice) for choice in product(*choices))
    return list(dict.fromkeys(readings))
