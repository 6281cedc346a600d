"""What thresholds give on messages left out of the learning: how THRESHOLD and what rules spare are chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.domain.danger import DangerDetector
from bot.domain.danger.leaning import leaning
from bot.domain.danger.points import DangerPoints
from bot.domain.understanding import Understanding
from tests.benchmarks.danger_learning import SCALE, THRESHOLD, Floats, gather, learn
from tests.benchmarks.danger_messages import DATA, ordinary
from tests.benchmarks.measures import print_table

FOLDS = 5
THRESHOLDS = (-20, -16, -14, -12, -10, -8, -6, -4, -2, 0, 4)


def print_folds(understanding: Understanding) -> None:
    """One row a threshold: the labelled messages by folds, and the ordinary ones of questions.jsonl by every fold."""
    knowledge = understanding.knowledge
    examples = gather(knowledge)
    labelled = examples.labelled
    urgent = examples.urgent[:labelled]
    fold = np.random.default_rng(7).integers(0, FOLDS, labelled)
    leans = np.asarray([_lean(understanding, text) for text in examples.texts[:labelled]])
    calm = [one.text for one in ordinary(DATA / "questions.jsonl", knowledge)]
    calm_leans = np.asarray([_lean(understanding, text) for text in calm])
    kinds = [kind.id for kind in knowledge.danger.kinds]
    margins, quiet = np.zeros(labelled), []
    for number in range(FOLDS):
        left_out = np.flatnonzero(fold == number)
        kept = examples.picked(np.setdiff1d(np.arange(len(examples.texts)), left_out))
        model = learn(kept)
        points = DangerPoints(model.rows(kept, kinds), kinds, base=SCALE * model.base, threshold=THRESHOLD)
        detector = DangerDetector(replace(knowledge.danger, points=points))
        margins[left_out] = [detector.suspect(examples.texts[place]).margin for place in left_out]
        quiet.append(np.asarray([detector.suspect(text).margin for text in calm]) + calm_leans)
    margins += leans
    rows = []
    for threshold in THRESHOLDS:
        fires = _fires(margins, threshold)
        shares = (fires[urgent].mean(), fires[~urgent].mean(), _fires(np.concatenate(quiet), threshold).mean())
        rows.append([str(threshold), *(f"{share:.3f}" for share in shares)])
    print_table(("threshold", "recall", "look-alikes that fire", "ordinary that fire"), rows)


def _lean(understanding: Understanding, text: str) -> float:
    dangers = frozenset(kind.id for kind in understanding.knowledge.danger.kinds)
    urgent = {topic.id for topic in understanding.knowledge.topics.values() if topic.theme == "urgence"}
    return leaning(understanding.rank(text), dangers, urgent - dangers)


def _fires(margins: Floats, threshold: float) -> NDArray[np.bool_]:
    return margins + (THRESHOLD - threshold) >= 0
