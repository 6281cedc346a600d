"""What the topic ranking says of a danger that the rules leave open: a second net, never the only one.

Evidence for the topics about danger is weighed against that for all others. Measured by
`python -m tests.benchmarks.danger` (docs: the table it prints); the rules alone are what stands when topics are broken.
"""

from __future__ import annotations

from collections.abc import Collection
from math import log

from bot.domain.matching import Ranking

STRENGTH = 5.0  # points of a ranking that holds e times as much evidence for a danger as for anything else
_FURTHEST = 1.0


def leaning(ranking: Ranking, dangers: Collection[str], neighbours: Collection[str]) -> float:
    """Points above zero when the ranking speaks of danger; `neighbours` are topics too close to danger to count."""
    worrying = max((one.evidence for one in ranking.best if one.id in dangers), default=0.0)
    calm = [one.evidence for one in ranking.best if one.id not in dangers and one.id not in neighbours]
    ratio = log((worrying + 1.0) / (max([ranking.background, *calm]) + 1.0))
    return STRENGTH * max(-_FURTHEST, min(_FURTHEST, ratio))
