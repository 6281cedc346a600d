"""A tree of sounds laid out flat: a letter and a few bytes a node, where nested dictionaries take hundreds.

Nodes are numbered level by level, so that the children of one stand side by side: `letters` holds the letter that
leads to each node, and finding a child is one search in a short slice of it.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

ROOT = 0
_OF_ROOT = "\0"  # no letter leads to it


class Ending(NamedTuple):
    """What a node allows: labels of the expressions that end there, and whether a star or a gap goes on from it."""

    labels: tuple[str, ...] = ()  # may spread over several written words
    alone: tuple[str, ...] = ()  # must be one written word
    open: tuple[str, ...] = ()  # any ending of the word will do
    star: bool = False
    gap: bool = False


_NOTHING = Ending()


class Branch(dict[str, "Branch"]):
    """A node while the tree grows: next letters, and what ends here."""

    __slots__ = ("ending",)

    def __init__(self) -> None:
        super().__init__()
        self.ending = _NOTHING


class SoundTree:
    """The finished tree; nodes are whole numbers, `ROOT` the first."""

    __slots__ = ("_endings", "_firsts", "_kinds", "_letters")

    def __init__(self, root: Branch) -> None:
        letters, nodes = [_OF_ROOT], [root]
        self._firsts = array("I", [1])  # where each node's children begin; they end where the next node's begin
        self._kinds = array("I")  # which of the few different endings
        kinds: dict[Ending, int] = {}
        for node in nodes:  # grows while it is read: level by level
            letters.extend(node)
            nodes.extend(node.values())
            self._firsts.append(len(nodes))
            self._kinds.append(kinds.setdefault(node.ending, len(kinds)))
        self._letters = "".join(letters)
        self._endings = tuple(kinds)

    def child(self, node: int, letter: str) -> int:
        """The node that a letter leads to, or -1."""
        return self._letters.find(letter, self._firsts[node], self._firsts[node + 1])

    def ending(self, node: int) -> Ending:
        return self._endings[self._kinds[node]]
