"""Learns the points of `danger_weights` from labelled messages: logistic regression, in plain Python.

Run by whoever maintains the rules, never by the running assistant. Small and deterministic: the same messages give
the same points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, sqrt
from random import Random

ROUNDS = 25
STEP = 0.5
SHRINK = 2e-5
DANGER_COUNTS = 2.0  # a danger missed costs twice a false alarm
SEED = 1

Examples = Sequence[tuple[frozenset[str], str]]  # features, and the kind of danger or ""


def learn(examples: Examples) -> tuple[dict[str, float], float]:
    """Weights of features and the constant: positive speaks of danger."""
    order = list(examples)
    rng = Random(SEED)  # noqa: S311 - an order, not a secret
    weights: dict[str, float] = defaultdict(float)
    slopes: dict[str, float] = defaultdict(lambda: 1e-6)
    base = 0.0
    for _ in range(ROUNDS):
        rng.shuffle(order)
        for found, kind in order:
            share = 1 / sqrt(len(found) or 1)
            names = sorted(found)
            score = base + share * sum(weights[name] for name in names)
            error = 1 / (1 + exp(-max(-30.0, min(30.0, score)))) - (1.0 if kind else 0.0)
            error *= DANGER_COUNTS if kind else 1.0
            base -= 0.02 * error
            for name in names:
                slope = error * share + SHRINK * weights[name]
                slopes[name] += slope * slope
                weights[name] -= STEP * slope / sqrt(slopes[name])
    return dict(weights), base


def leanings(examples: Examples) -> dict[str, dict[str, float]]:
    """For each kind, the weights of features that tell it from the other dangers."""
    told = [(found, kind) for found, kind in examples if kind]
    return {
        kind: learn([(found, kind if other == kind else "") for found, other in told])[0]
        for kind in sorted({kind for _, kind in told})
    }
