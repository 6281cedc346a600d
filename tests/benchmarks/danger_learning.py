"""Learns what words, neighbouring words and findings weigh: logistic regression over rarity-weighted features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.danger import DangerDetector
from bot.domain.danger.points import PointRow, amounts, features
from bot.domain.knowledge import Knowledge
from bot.knowledge_base.danger_points import write_points
from tests.benchmarks.danger_messages import DATA, Message, read

LEARNT = (
    "danger.jsonl",
    "danger-learning.jsonl",
    "danger-fresh.jsonl",
    "danger-town.jsonl",
    "danger-country.jsonl",
    "danger-breadth.jsonl",
    "danger-ages.jsonl",
    "danger-openings.jsonl",
)
SCALE = 10  # points of one unit of log-odds
STRENGTH = 5.0  # inverse of the penalty on weights
URGENT_COUNTS = 2.0  # a danger missed costs more than a false alarm
CALM_COUNTS = 4.0  # a look-alike that somebody wrote down as such counts as so many ordinary phrases
PHRASE_COUNTS = 1.0  # a phrase of a topic or of the rest
LEAST = 0.35  # features that weigh less say nothing, and only make the file long
LEAST_LEANING = 0.2
THRESHOLD = 2  # points needed by the words alone; `--folds` prints what others give

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Messages as their features, with their kind ("" is calm), and how much each counts."""

    texts: list[str]
    features: list[Counter[str]]
    kinds: list[str]
    counts: Floats
    labelled: int = 0  # how many, from the first on, somebody wrote and labelled; the rest are phrases of the base

    @property
    def urgent(self) -> NDArray[np.bool_]:
        return np.asarray([bool(kind) for kind in self.kinds])

    def picked(self, places: NDArray[np.intp]) -> Examples:
        """The same, with these alone."""
        return Examples(
            [self.texts[place] for place in places],
            [self.features[place] for place in places],
            [self.kinds[place] for place in places],
            self.counts[places],
        )


@dataclass(frozen=True)
class Model:
    """Features with their places, rarities and weights, and the constant."""

    places: dict[str, int]
    rarity: Floats
    weights: Floats
    base: float

    def rows(self, examples: Examples, kinds: Sequence[str]) -> list[PointRow]:
        """The model as rows of the file; towards which kind features lean is learnt from urgent messages alone."""
        urgent = examples.picked(np.flatnonzero(examples.urgent))
        table = _table(urgent.features, self.places, self.rarity)
        leaning = np.zeros((len(self.places), len(kinds)))
        for column, kind in enumerate(kinds):
            truths = np.asarray([one == kind for one in urgent.kinds])
            leaning[:, column], _ = _fitted(table, truths, np.ones(len(truths)))
        leaning[np.abs(leaning) < LEAST_LEANING] = 0.0
        return [
            PointRow(
                name,
                float(self.rarity[place]),
                float(SCALE * self.weights[place]),
                tuple(map(float, SCALE * leaning[place])),
            )
            for name, place in self.places.items()
        ]


def fit(knowledge: Knowledge, path: Path) -> None:
    """Learn from everything and write the file."""
    examples = gather(knowledge)
    model = learn(examples)
    kinds = [kind.id for kind in knowledge.danger.kinds]
    write_points(path, model.rows(examples, kinds), kinds, base=SCALE * model.base, threshold=THRESHOLD)


def gather(knowledge: Knowledge) -> Examples:
    """Labelled messages first, then the phrases of the base."""
    detector = DangerDetector(replace(knowledge.danger, points=None))
    kinds = {kind.id for kind in knowledge.danger.kinds}
    labelled = [message for name in LEARNT for message in read(DATA / name)]
    pairs: list[tuple[Message, float]] = [
        (message, URGENT_COUNTS if message.kind else CALM_COUNTS) for message in labelled
    ]
    calm = [*knowledge.off_topic, *(phrase for talk in knowledge.small_talk.values() for phrase in talk.phrases)]
    for topic in knowledge.topics.values():
        if topic.id in kinds:  # "c'est quoi le 119" is a phrase of that topic, and no danger
            asked = [phrase for phrase in topic.phrases if "=curiosité" not in detector.features_of(phrase)[1]]
            pairs.extend((Message(phrase, topic.id), PHRASE_COUNTS) for phrase in asked)
        elif topic.theme != "urgence":
            calm.extend(topic.phrases)
    # "je dors dehors, où prendre une douche" stands under another topic, and tells of danger all the same.
    pairs.extend((Message(phrase, ""), PHRASE_COUNTS) for phrase in calm if not _plainly(detector, phrase))
    return Examples(
        [message.text for message, _ in pairs],
        [features(*detector.features_of(message.text)) for message, _ in pairs],
        [message.kind for message, _ in pairs],
        np.asarray([count for _, count in pairs]),
        len(labelled),
    )


def _plainly(detector: DangerDetector, text: str) -> bool:
    _, labels = detector.features_of(text)
    return any(label.startswith(("!", "#")) for label in labels)


def learn(examples: Examples) -> Model:
    """The weights of features, and the constant. Light ones go, and the rest is fitted again."""
    counted = Counter(name for one in examples.features for name in one)
    names = sorted(name for name, count in counted.items() if count > 1)
    for least in (LEAST, 0.0):
        places = {name: place for place, name in enumerate(names)}
        rarity = np.asarray([np.log((1 + len(examples.texts)) / (1 + counted[name])) + 1 for name in names])
        table = _table(examples.features, places, rarity)
        weights, base = _fitted(table, examples.urgent, examples.counts)
        if least:
            names = [name for name in names if abs(weights[places[name]]) >= least]
    return Model(places, rarity, weights, base)


def _table(told: Sequence[Counter[str]], places: dict[str, int], rarity: Floats) -> Any:
    """Messages by features, each message of length one."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 (only `make bench` installs these)
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for one in told:
        known = [(places[name], amount) for name, amount in zip(one, amounts(one), strict=True) if name in places]
        columns.extend(place for place, _ in known)
        values.extend(float(amount * rarity[place]) for place, amount in known)
        starts.append(len(columns))
    return normalize(csr_matrix((values, columns, starts), shape=(len(told), len(places))))


def _fitted(table: Any, truths: NDArray[np.bool_], counts: Floats) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=STRENGTH, max_iter=500, solver="liblinear", random_state=0)
    model.fit(table, truths, sample_weight=counts)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])
