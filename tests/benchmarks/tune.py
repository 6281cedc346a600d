"""Fits the confidence of a ranking on labelled messages, and prints what each threshold would give.

    python -m tests.benchmarks.tune FILE.jsonl …

The messages must not stand in the knowledge base. Everything printed as a figure is held out: each fifth of the
messages is judged with coefficients fitted on the other four. The coefficients at the end are fitted on all of them;
they are committed in `bot/domain/confidence.py`, the thresholds in `bot/domain/decision.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.confidence import SIGNS, signs
from bot.domain.decision import CHOICE_SHARE, choices
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import Labelled, Share, read_labelled
from bot.settings import read_settings

Floats = NDArray[np.float64]
FOLDS = 5
# What no topic covers is rarer in the labelled files than in a town's messages: counted twice, it is a quarter.
OUTSIDE_WEIGHT = 2.0
RIDGE = 1.0
THRESHOLDS = [(a, o) for a in (0.6, 0.7, 0.75, 0.8, 0.85, 0.9) for o in (0.4, 0.5, 0.55, 0.6) if o < a]


@dataclass(frozen=True)
class Sample:
    """The messages as signs and truths, one row each."""

    messages: list[Labelled]
    signs: Floats
    first: NDArray[np.bool_]
    three: NDArray[np.bool_]
    offered: NDArray[np.bool_]  # whether the choices that would be shown hold a right one
    inside: NDArray[np.bool_]


def main(names: list[str]) -> None:
    understanding = Understanding(load_knowledge(read_settings().knowledge))
    sample = read_sample(understanding, [m for name in names for m in read_labelled(Path(name))])
    held_first, held_three = held_out(sample, sample.first), held_out(sample, sample.three)
    held_three = np.maximum(held_first, held_three)
    print(f"{len(sample.messages)} messages, {int(sample.inside.sum())} with a topic; choices need {CHOICE_SHARE}")
    print(f"top-1 {_share(sample.first[sample.inside])}  top-3 {_share(sample.three[sample.inside])}")
    for row in threshold_table(sample, held_first, held_three):
        print(row)
    for name, truth, held in (("first", sample.first, held_first), ("three", sample.three, held_three)):
        print(f"reliability of «{name}», expected calibration error {calibration_error(sample, truth, held):.3f}")
        for row in reliability(sample, truth, held):
            print(row)
    for name, truth in (("FIRST_RIGHT", sample.first), ("IN_FIRST_THREE", sample.three)):
        bias, *weights = fit(sample.signs, truth, row_weights(sample))
        print(f"{name} = Logistic({bias:.3f}, ({', '.join(f'{weight:.3f}' for weight in weights)}))")
    print(f"# {', '.join(SIGNS)}")


def read_sample(understanding: Understanding, messages: list[Labelled]) -> Sample:
    """Ordinary messages only: those about danger are decided before any ranking, small talk too."""
    kept = [
        message
        for message in messages
        if message.urgent is None
        and (message.topic is None or message.topic in understanding.knowledge.topics)
        and understanding.danger(message.text) is None
    ]
    rankings = [understanding.rank(message.text) for message in kept]
    best = [[ranked.id for ranked in ranking.best[:3]] for ranking in rankings]
    pairs = list(zip(kept, best, strict=True))
    return Sample(
        kept,
        np.asarray([signs(ranking) for ranking in rankings]),
        np.asarray([bool(found) and found[0] in message.right for message, found in pairs]),
        np.asarray([bool(message.right & set(found)) for message, found in pairs]),
        np.asarray([bool(r.best) and bool(m.right & set(choices(r))) for m, r in zip(kept, rankings, strict=True)]),
        np.asarray([message.topic is not None for message in kept]),
    )


def row_weights(sample: Sample) -> Floats:
    return np.where(sample.inside, 1.0, OUTSIDE_WEIGHT)


def fit(rows: Floats, truth: NDArray[np.bool_], weights: Floats) -> Floats:
    """Ridge logistic regression by Newton's method; bias first. Signs are scaled inside, and scaled back."""
    middle, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(rows)), (rows - middle) / scale])
    penalty = np.diag([0.0, *[RIDGE] * rows.shape[1]])
    found = np.zeros(design.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (weights * (probability - truth)) + penalty @ found
        curvature = (design * (weights * probability * (1 - probability))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    slopes = found[1:] / scale
    return np.concatenate([[found[0] - slopes @ middle], slopes])


def held_out(sample: Sample, truth: NDArray[np.bool_]) -> Floats:
    """Each message's probability from coefficients that never saw it."""
    result = np.zeros(len(truth))
    weights = row_weights(sample)
    fold = np.random.default_rng(7).permutation(len(truth)) % FOLDS
    for number in range(FOLDS):
        test, train = fold == number, fold != number
        bias, *slopes = fit(sample.signs[train], truth[train], weights[train])
        result[test] = 1 / (1 + np.exp(-(bias + sample.signs[test] @ np.asarray(slopes))))
    return result


def threshold_table(sample: Sample, first: Floats, three: Floats) -> Iterator[str]:
    near = np.asarray([message.kind == "voisin" for message in sample.messages])
    inside, outside = sample.inside, ~sample.inside
    yield "answer offer   served  wrong  missed | outside: answered  offered | voisin: unknown"
    for answer_at, offer_at in THRESHOLDS:
        answered = first >= answer_at
        offered = ~answered & (three >= offer_at)
        served = (answered & sample.first) | (offered & sample.offered)
        wrong = answered & ~sample.first
        yield (
            f"  {answer_at:.2f}  {offer_at:.2f}    {served[inside].mean():.3f}  {wrong[inside].mean():.3f}"
            f"   {(~served & ~wrong)[inside].mean():.3f} |             {answered[outside].mean():.3f}"
            f"    {offered[outside].mean():.3f} |          {(~answered & ~offered)[near].mean():.3f}"
        )


def reliability(sample: Sample, truth: NDArray[np.bool_], held: Floats) -> Iterator[str]:
    weights = row_weights(sample)
    for low in np.arange(0, 1, 0.1):
        chosen = (held >= low) & (held < low + 0.1 + (low > 0.85))
        if chosen.any():
            mean = np.average(held[chosen], weights=weights[chosen])
            right = np.average(truth[chosen], weights=weights[chosen])
            yield f"  {low:.1f}–{low + 0.1:.1f}  said {mean:.3f}  was {right:.3f}  n {int(chosen.sum())}"


def calibration_error(sample: Sample, truth: NDArray[np.bool_], held: Floats) -> float:
    """Expected calibration error over ten equal bins (Naeini, Cooper and Hauskrecht, 2015)."""
    weights = row_weights(sample)
    bins = np.minimum((held * 10).astype(int), 9)
    total = 0.0
    for number in range(10):
        chosen = bins == number
        if chosen.any():
            gap = np.average(held[chosen], weights=weights[chosen]) - np.average(truth[chosen], weights=weights[chosen])
            total += weights[chosen].sum() * abs(float(gap))
    return total / float(weights.sum())


def _share(truth: NDArray[np.bool_]) -> str:
    share = Share(int(truth.sum()), truth.size)
    low, high = share.interval
    return f"{share.value:.3f} [{low:.3f}–{high:.3f}]"


if __name__ == "__main__":
    main(sys.argv[1:])
