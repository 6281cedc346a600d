"""What no rule foresaw: each word of a message worries or reassures a little, and their sum decides.

Points are learnt from labelled messages and the topics' phrases by `python -m tests.benchmarks.danger --fit`, and stand
in `knowledge/danger.yaml` as words that can be read and struck out. They can only make the assistant ask, never claim
that it knows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.domain.danger_rules import WordWeight
from bot.domain.danger_sounds import Word, spell_out

FEWEST_WORDS = 3  # one or two words are a keyword search: the rules alone judge them


def label_feature(name: str) -> str:
    """How a family of words, or a rule's expression, is named among the words that have points."""
    return f"<{name}>"


def features(words: Sequence[Word], labels: Collection[str]) -> frozenset[str]:
    """What a message is judged on: the sounds of its words, and the labels found in it."""
    return frozenset(word.sound for word in words if word.sound) | frozenset(map(label_feature, labels))


@dataclass(frozen=True, slots=True)
class Worry:
    """How far the words of a message worry, towards which dangers, and which words weigh most."""

    points: float
    kinds: Mapping[str, float]
    words: tuple[str, ...]


class WordScale:
    """The points of every known word, ready to weigh messages."""

    def __init__(self, weights: Sequence[WordWeight], base: float) -> None:
        self._base = base
        self._weights: dict[str, WordWeight] = {}
        self._kinds: dict[str, list[WordWeight]] = {}
        for weight in weights:
            if weight.kind:
                self._kinds.setdefault(_feature(weight.word), []).append(weight)
            else:
                self._weights.setdefault(_feature(weight.word), weight)

    def __bool__(self) -> bool:
        return bool(self._weights)

    def weigh(self, words: Sequence[Word], labels: Collection[str]) -> Worry:
        """The worry of a message; without known words, none."""
        if not self._weights or len(words) < FEWEST_WORDS:
            return Worry(float("-inf"), {}, ())
        present = features(words, labels)
        share = 1 / sqrt(len(present))
        known = [weight for name in present if (weight := self._weights.get(name)) is not None]
        kinds: dict[str, float] = {}
        for name in sorted(present):
            for weight in self._kinds.get(name, ()):
                kinds[weight.kind] = kinds.get(weight.kind, 0.0) + share * weight.points
        heaviest = sorted((one for one in known if one.points > 0), key=lambda one: (-one.points, one.word))[:4]
        points = self._base + share * sum(weight.points for weight in known)
        return Worry(points, kinds, tuple(one.word for one in heaviest))


def _feature(word: str) -> str:
    if word.startswith("<"):
        return word
    return "".join(piece.sound for piece in spell_out(word))
