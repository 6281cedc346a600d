"""Finds every expression of the rules in a message, by ear, in one pass.

Expressions are laid out in a tree of sounds, so that the time taken depends on the message and not on the number of
expressions, and no message can make it explode: each word starts one bounded walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from bot.domain.danger.slips import Slips
from bot.domain.danger.sound_tree import ROOT, Branch, SoundTree
from bot.domain.danger.sounds import Word, clean_lines, sound, spell_out, stem_sound

GAP = 3  # "…" stands for at most that many words
MAX_STEPS = 400  # of one walk; an ordinary walk takes fewer than 20
SHORT_SOUND = 5  # a single word said in fewer sounds never spreads over two written words

_STAR = "*"
_GAP = "…"
_ALTERNATIVES = re.compile(r"\S+/\S+")
_OPTIONAL = re.compile(r"\(([^)]*)\)\s*")


class Found(NamedTuple):
    """A label found in the message, and the words it covers (`end` excluded)."""

    label: str
    start: int
    end: int


class Lexicon:
    """The expressions of all rules, each under its labels."""

    def __init__(self, expressions: Iterable[tuple[str, str]]) -> None:
        root = Branch()
        words: dict[str, Word] = {}
        spell = cache(spell_out)  # the same few words make all expressions
        self._said: set[str] = set()
        for label, expression in expressions:
            for variant in variants(expression):
                self._add(root, words, spell, label, variant)
        self._tree = SoundTree(root)
        self._slips = Slips(words, excepted=lambda slip: sound(slip) in self._said)
        self._meant = {written: word for written, word in words.items() if written in self._slips.words}

    def mended(self, words: Sequence[Word]) -> list[Word]:
        """The words with the slips of a hurried hand repaired ("pndre" → "pendre"): only towards words of the rules."""
        return [word if word.sound in self._said else self._mended(word) for word in words]

    def _mended(self, word: Word) -> Word:
        meant = self._slips.mend(word.written)
        return word if meant is None else self._meant[meant]._replace(place=word.place)

    def _add(
        self, root: Branch, words: dict[str, Word], spell: Callable[[str], list[Word]], label: str, expression: str
    ) -> None:
        node = root
        pieces = expression.replace(_GAP, f" {_GAP} ").split()
        one_word = len(pieces) == 1
        starred = False
        size = 0
        for piece in pieces:
            if piece == _GAP:
                node.ending = node.ending._replace(gap=True)
                node = node.setdefault(_GAP, Branch())
                continue
            if starred:
                node.ending = node.ending._replace(star=True)
                node = node.setdefault(_STAR, Branch())
            starred = piece.endswith(_STAR)
            if starred:
                keys = [stem_sound(clean_lines(piece[:-1]))]
            else:
                said = spell(piece)
                one_word = one_word and len(said) == 1
                keys = [word.sound for word in said]
                self._said.update(keys)
                for word in said:
                    words.pop(word.written, None)  # the last rule that says a word has its slips
                    words[word.written] = word
            for key in keys:
                size += len(key)
                for letter in key:
                    node = node.setdefault(letter, Branch())
        if node is root:
            return
        ending = node.ending
        if starred:
            node.ending = ending._replace(open=(*ending.open, label))
        elif one_word and size <= SHORT_SOUND:
            node.ending = ending._replace(alone=(*ending.alone, label))
        else:
            node.ending = ending._replace(labels=(*ending.labels, label))

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
        if not first:
            return
        child, ending_of = self._tree.child, self._tree.ending
        pending: list[tuple[int, int, str, int]] = [(ROOT, start, first, 0)]
        for _ in range(MAX_STEPS):
            if not pending:
                return
            node, index, key, offset = pending.pop()
            while True:
                ending = ending_of(node)
                if offset and ending.open:
                    for label in ending.open:
                        yield label, index + 1
                if offset and ending.star:
                    pending.extend(_onward(words, child(node, _STAR), index + 1))
                if offset == len(key):
                    for label in ending.labels:
                        yield label, index + 1
                    if index == start:
                        for label in ending.alone:
                            yield label, index + 1
                    if ending.gap:
                        beyond = child(node, _GAP)
                        for skipped in range(GAP + 1):
                            pending.extend(_onward(words, beyond, index + 1 + skipped))
                    if index + 1 >= len(words) or node == ROOT:
                        break
                    index, offset = index + 1, 0
                    key = words[index].sound
                    if not key:
                        continue
                node = child(node, key[offset])
                if node < 0:
                    break
                offset += 1


def _onward(words: Sequence[Word], node: int, index: int) -> Iterator[tuple[int, int, str, int]]:
    if index < len(words):
        yield node, index, words[index].sound, 0
        if words[index].bare:
            yield node, index, words[index].bare, 0


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
