"""Measures danger recognition, and learns the points at the end of `knowledge/danger.yaml`.

    python -m tests.benchmarks.danger          the table of recall and false alarms
    python -m tests.benchmarks.danger --fit    the points again, from the messages below, then the table
    … --held-out                               the table of the halves that nothing was chosen on: once, at the end

Points are learnt from `danger.jsonl` and `danger-learning.jsonl`, the phrases of the topics about danger, and against
the phrases of all other topics, small talk and what no topic covers. The messages of `danger-fresh.jsonl`,
`questions.jsonl` and the development messages are never learnt from. The same files give the same points.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.danger import DangerDetector
from bot.domain.danger_sounds import spell_out
from bot.domain.danger_weights import features
from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.settings import read_settings
from tests.benchmarks.measures import print_table

DATA = Path(__file__).parents[1] / "data"
DEV = Path(__file__).parents[3] / "shared" / "knowledge" / "dev-questions.jsonl"
LEARNT = ("danger.jsonl", "danger-learning.jsonl")
SCALE = 10  # points of one unit of log-odds
STRENGTH = 100.0  # the less, the more words are needed to be sure
URGENT_COUNTS = 2.0  # a danger missed costs more than a false alarm
CALM_COUNTS = 8.0  # a look-alike that somebody wrote down as such counts as so many ordinary phrases
LEAST = 0.5  # words that weigh less say nothing, and only make the file long
THRESHOLD = -10  # points needed by the words alone: chosen on the even messages, see the table
HEAD = "# Points :"


@dataclass(frozen=True)
class Message:
    """One message, and the kind of danger or ""."""

    text: str
    kind: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lot:
    """Messages as their features."""

    features: list[frozenset[str]]
    truths: list[bool]
    counts: list[float]


def main(arguments: list[str]) -> None:
    folder = read_settings().knowledge
    if "--fit" in arguments:
        path = folder / "danger.yaml"
        path.write_text(_with_points(path.read_text(encoding="utf-8"), load_knowledge(folder)), encoding="utf-8")
    understanding = Understanding(load_knowledge(folder))
    measured = _measured(understanding.knowledge, held_out="--held-out" in arguments)
    rows = [_row(name, messages, understanding) for name, messages in measured]
    print_table(("messages", "n urgent", "recall", "kind right", "sure", "n calm", "false alarms"), rows)


def _measured(knowledge: Knowledge, *, held_out: bool) -> Iterator[tuple[str, list[Message]]]:
    fresh = read(DATA / "danger-fresh.jsonl")
    questions = _ordinary(DATA / "questions.jsonl", knowledge)
    if held_out:
        yield "fresh, odd (held out)", fresh[1::2]
        yield "ordinary, odd (held out)", questions[1::2]
        return
    yield "fresh, even (looked at)", fresh[::2]
    yield "ordinary, even (looked at)", questions[::2]
    if DEV.exists():
        yield "development, urgent and look-alikes", read(DEV)
        yield "development, ordinary", _ordinary(DEV, knowledge)
    yield "danger.jsonl (learnt from)", read(DATA / "danger.jsonl")


def read(path: Path) -> list[Message]:
    """The messages of a file that are labelled urgent or not."""
    return [
        Message(one["q"], one["id"] if one["urgent"] else "", tuple(one.get("also", ())))
        for one in _lines(path)
        if one.get("urgent") is not None
    ]


def _ordinary(path: Path, knowledge: Knowledge) -> list[Message]:
    """The messages of a file about topics that have nothing to do with danger."""
    urgent = {topic.id for topic in knowledge.topics.values() if topic.theme == "urgence"}
    return [
        Message(one["q"], "")
        for one in _lines(path)
        if one.get("urgent") is None and not urgent.intersection([one["id"], *one.get("also", ())])
    ]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _row(name: str, messages: Sequence[Message], understanding: Understanding) -> list[str]:
    read_as = [(message, understanding.read(message.text).danger) for message in messages]
    urgent = [(message, danger) for message, danger in read_as if message.kind]
    found = [(message, danger) for message, danger in urgent if danger is not None]
    right = sum(danger.kind in (message.kind, *message.also) for message, danger in found)
    sure = sum(danger.certain for _, danger in found)
    alarms = sum(danger is not None for message, danger in read_as if not message.kind)
    calm = len(read_as) - len(urgent)
    return [
        name,
        str(len(urgent)),
        _share(len(found), len(urgent)),
        _share(right, len(found)),
        _share(sure, len(found)),
        str(calm),
        _share(alarms, calm),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _with_points(text: str, knowledge: Knowledge) -> str:
    """The danger file with its points learnt again."""
    detector = DangerDetector(replace(knowledge.danger, weights=()))
    urgent, calm, counts = _examples(knowledge, detector)
    written = _written(detector, [*(message.text for message in urgent), *calm])
    told = [_features(detector, message.text) for message in urgent]
    quiet = [_features(detector, one) for one in calm]
    truths = [True] * len(told) + [False] * len(quiet)
    weights, base = learn(Lot([*told, *quiet], truths, [URGENT_COUNTS] * len(told) + counts))
    lines = [
        f"{HEAD} ce que pèsent les mots, « <familles> » et « <!expressions> » de ces règles, appris sur les messages",
        "# de tests/data et les phrases des sujets : `python -m tests.benchmarks.danger --fit` récrit cette partie.",
        "# Sans règle à côté, ils ne font que douter. On peut barrer un mot.",
        "points:",
        f"  base: {round(base * SCALE)}",
        f"  seuil: {THRESHOLD}",
        _mapping("  inquietent", {name: points for name, points in weights.items() if points > 0}, written),
        _mapping("  rassurent", {name: -points for name, points in weights.items() if points < 0}, written),
        "  penchent:",
    ]
    for kind in sorted({message.kind for message in urgent}):
        leaning, _ = learn(Lot(told, [message.kind == kind for message in urgent], [1.0] * len(told)))
        lines.append(_mapping(f"    {kind}", leaning, written))
    return text[: text.index(HEAD)] + "\n".join(lines) + "\n"


def _examples(knowledge: Knowledge, detector: DangerDetector) -> tuple[list[Message], list[str], list[float]]:
    """Urgent messages, and calm ones with how much each counts."""
    labelled = [message for name in LEARNT for message in read(DATA / name)]
    kinds = {kind.id for kind in knowledge.danger.kinds}
    urgent = [message for message in labelled if message.kind]
    ordinary = [*knowledge.off_topic, *(phrase for talk in knowledge.small_talk.values() for phrase in talk.phrases)]
    for topic in knowledge.topics.values():
        if topic.id in kinds:  # "c'est quoi le 119" is a phrase of that topic, and no danger
            asked = [phrase for phrase in topic.phrases if "=curiosité" not in detector.features_of(phrase)[1]]
            urgent.extend(Message(phrase, topic.id) for phrase in asked)
        elif topic.theme != "urgence":
            ordinary.extend(topic.phrases)
    # "je dors dehors, où prendre une douche" stands under another topic, and tells of danger all the same.
    ordinary = [phrase for phrase in ordinary if not _plainly(detector, phrase)]
    calm = [message.text for message in labelled if not message.kind]
    return urgent, [*ordinary, *calm], [1.0] * len(ordinary) + [CALM_COUNTS] * len(calm)


def _plainly(detector: DangerDetector, text: str) -> bool:
    _, labels = detector.features_of(text)
    return any(label.startswith(("!", "#")) for label in labels)


def _features(detector: DangerDetector, text: str) -> frozenset[str]:
    return features(*detector.features_of(text))


def _written(detector: DangerDetector, texts: Iterable[str]) -> dict[str, str]:
    """For each sound, the commonest way in which it is written and from which it is read again."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in detector.features_of(text)[0]:
            seen[word.sound][word.written] += 1
    found: dict[str, str] = {}
    for sound, spellings in seen.items():
        for spelling, _ in sorted(spellings.items(), key=lambda one: (-one[1], one[0])):
            if spelling.isalpha() and [one.sound for one in spell_out(spelling)] == [sound]:
                found[sound] = spelling
                break
    return found


def learn(lot: Lot) -> tuple[dict[str, float], float]:
    """Logistic regression: the weights of features, and the constant. Light ones go, and the rest is fitted again."""
    counted = Counter(name for one in lot.features for name in one)
    known = {name: place for place, name in enumerate(sorted(name for name, count in counted.items() if count > 1))}
    weights, _ = _fitted(lot, known)
    kept = sorted(name for name, place in known.items() if abs(weights[place]) >= LEAST)
    weights, base = _fitted(lot, {name: place for place, name in enumerate(kept)})
    return dict(zip(kept, map(float, weights), strict=True)), base


def _fitted(lot: Lot, known: dict[str, int]) -> tuple[NDArray[np.float64], float]:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 (only `make bench` installs these)
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rows = [sorted(known[name] for name in one if name in known) for one in lot.features]
    shares = [[1 / sqrt(len(one) or 1)] * len(row) for one, row in zip(lot.features, rows, strict=True)]
    starts = np.cumsum([0, *map(len, rows)])
    places = np.concatenate(rows).astype(np.int32)
    table = csr_matrix((np.concatenate(shares), places, starts.astype(np.int32)), shape=(len(rows), len(known)))
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=0)
    model.fit(table, lot.truths, sample_weight=lot.counts)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


def _mapping(name: str, weights: dict[str, float], written: dict[str, str]) -> str:
    """One line of YAML, the heaviest words first."""
    names = {key: written.get(key, key if key.startswith("<") else "") for key in weights}
    pairs = {names[key]: round(points * SCALE) for key, points in weights.items() if names[key]}
    order = sorted(pairs.items(), key=lambda one: (-abs(one[1]), one[0]))
    body = ", ".join(f'"{key}": {points}' for key, points in order if points)
    return f"{name}: {{{body}}}"


if __name__ == "__main__":
    main(sys.argv[1:])
