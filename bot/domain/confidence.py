"""How sure a ranking is, as a measured probability: logistic regressions over six signs of the ranking.

The coefficients are fitted by `tests/benchmarks/tune.py` on labelled messages that are not in the knowledge base
(the development messages, five folds); docs/understanding.md has the reliability table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.domain.matching import Ranking

SIGNS = ("strength", "margin", "lead", "explained", "length", "background")


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: `bias` and one weight for each of SIGNS."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, signs: tuple[float, ...]) -> float:
        """From 0 to 1."""
        total = self.bias + sum(weight * sign for weight, sign in zip(self.weights, signs, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, total))))


# Probability that the first topic is right, and that one of the first three is.
FIRST_RIGHT = Logistic(-12.097, (2.256, 6.876, 0.792, 1.926, -1.162, -7.332))
IN_FIRST_THREE = Logistic(-13.652, (2.989, 1.972, 1.904, 2.424, -1.389, -8.604))


@dataclass(frozen=True, slots=True)
class Confidence:
    """`first`: the best topic is right; `three`: one of the best three is. `first` is never above `three`."""

    first: float
    three: float


def signs(ranking: Ranking) -> tuple[float, ...]:
    """The signs of a ranking, in the order of SIGNS, each around 0 to 5."""
    evidence = [ranked.evidence for ranked in ranking.best[:5]] + [0.0] * 5
    first, second, fourth = evidence[0], evidence[1], evidence[3]
    if first <= 0:
        return (0.0,) * len(SIGNS)
    words = max(ranking.words, 1)
    return (
        math.log1p(first),
        (first - second) / first,
        (first - fourth) / first,
        ranking.explained,
        math.log1p(words),
        min((ranking.background - first) / first, 2.0),
    )


def confidence(ranking: Ranking) -> Confidence:
    """How likely the ranking is right at its head; zero when nothing was found."""
    if not ranking.best:
        return Confidence(0.0, 0.0)
    found = signs(ranking)
    first = FIRST_RIGHT.probability(found)
    return Confidence(first, max(first, IN_FIRST_THREE.probability(found)))
