"""How well needs are grouped, and how fast: `python -m tests.benchmarks.need_groups [--tune]`.

The 300 labelled groups of `tests/data/need-groups.jsonl` are cut in two by name: thresholds are chosen on one half,
figures are reported on the other, needs coming one by one in the file's order. Cards that nobody touched are put
together once a week: nobody touches any here, and 400 needs are a week's (5,000 in three months).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

from bot.domain.knowledge import Knowledge
from bot.domain.need_features import NeedReader
from bot.domain.need_groups import NeedGroups, Thresholds
from bot.knowledge_base.loader import load_knowledge
from tests.support.need_variants import labelled

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "tests" / "data" / "need-groups-figures.json"
_BACKGROUND_PHRASES = 10  # as the desk does
_A_WEEK = 400


def pairwise(pairs: Iterable[tuple[str, int]]) -> dict[str, float]:
    """Precision, recall and F1 over all pairs of needs: on one card, and of one group."""
    both = list(pairs)
    together = _pairs(Counter(both).values())
    grouped = _pairs(Counter(card for _, card in both).values())
    real = _pairs(Counter(group for group, _ in both).values())
    precision, recall = together / max(grouped, 1), together / max(real, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def run(needs: list[dict[str, str]], knowledge: Knowledge, thresholds: Thresholds) -> Run:
    """Group needs one by one, and what nobody touched once a week."""
    groups = NeedGroups(NeedReader(knowledge.vocabulary), thresholds)
    for topic in knowledge.topics.values():
        groups.learn_background(topic.phrases[:_BACKGROUND_PHRASES])
    groups.learn_background(knowledge.off_topic)
    groups.finish_background()
    placed, now, times, regrouping = [], [], [], 0.0
    for number, need in enumerate(needs):
        start, processor = perf_counter(), process_time()
        found = groups.find(need["q"])
        card = number if found is None else found
        groups.add(need["q"], card)
        times.append((1000 * (perf_counter() - start), 1000 * (process_time() - processor)))
        placed.append(card)
        now.append(card)
        if (number + 1) % _A_WEEK == 0 or number + 1 == len(needs):
            processor = process_time()
            found_alike = groups.regroup(set(now))
            deque(found_alike.steps(), 0)
            for gone, into in found_alike.found:
                groups.merge(gone, into)
                now = [into if card == gone else card for card in now]
            regrouping = process_time() - processor
    return Run([need["group"] for need in needs], placed, now, times, regrouping)


@dataclass(frozen=True, slots=True)
class Run:
    """The card of every need as it came (`placed`) and at the end (`now`); milliseconds by the clock and processor."""

    groups: list[str]
    placed: list[int]
    now: list[int]
    times: list[tuple[float, float]]
    regrouping_s: float

    def figures(self) -> dict[str, object]:
        """What is reported."""
        took, worked = (sorted(one) for one in zip(*self.times, strict=True))
        last = int(len(took) * 0.99)
        return {
            "needs": len(self.groups), "groups": len(set(self.groups)), "cards": len(set(self.now)),
            **pairwise(zip(self.groups, self.now, strict=True)),
            "without_regrouping": pairwise(zip(self.groups, self.placed, strict=True)),
            "median_ms": round(median(took), 1), "p99_ms": round(took[last], 1),
            "p99_processor_ms": round(worked[last], 1), "last_regrouping_s": round(self.regrouping_s, 1),
        }  # fmt: skip

    def interval(self) -> tuple[float, float]:
        """From where to where the F1 goes in 95 of 100 draws of as many groups (a group's own pairs; bootstrap).

        A pair of needs that should not be together counts half for each of its two groups.
        """
        by_group: dict[str, Counter[int]] = {}
        for group, card in zip(self.groups, self.now, strict=True):
            by_group.setdefault(group, Counter())[card] += 1
        on_card = Counter(self.now)
        rows = []
        for cards in by_group.values():
            size = cards.total()
            wrong = sum(count * (on_card[card] - count) for card, count in cards.items()) / 2
            rows.append((_pairs(cards.values()), wrong, size * (size - 1) // 2))
        table, chance = np.asarray(rows, float), np.random.default_rng(6)
        drawn = table[chance.integers(0, len(rows), (2_000, len(rows)))].sum(axis=1)
        together, wrong, real = drawn.T
        low, high = np.quantile(2 * together / (together + wrong + real), (0.025, 0.975))
        return round(float(low), 3), round(float(high), 3)


def halves(needs: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Needs of every second group, and the others."""
    names = sorted({need["group"] for need in needs})
    first = set(names[::2])
    return [need for need in needs if need["group"] in first], [need for need in needs if need["group"] not in first]


def only(needs: list[dict[str, str]], key: str, value: str) -> list[dict[str, str]]:
    """The needs that were made or told in one way."""
    return [need for need in needs if need[key] == value]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tune", action="store_true", help="try thresholds on the first half")
    knowledge, needs = load_knowledge(ROOT / "knowledge"), labelled()
    tuned_on, held_out = halves(needs)
    if options.parse_args().tune:
        for join, merge in product((0.1, 0.13, 0.16, 0.2), (0.05, 0.07, 0.09)):
            found = run(tuned_on, knowledge, replace(Thresholds(), join=join, merge=merge))
            print(join, merge, found.figures(), flush=True)
        return
    figures: dict[str, object] = {"thresholds": asdict(Thresholds())}
    for name, some in {
        "held_out": held_out,
        "held_out_direct": only(held_out, "told", "direct"),
        "held_out_handwritten": only(held_out, "made", "main"),
        "tuned_on": tuned_on,
        "all": needs,
    }.items():
        done = run(some, knowledge, Thresholds())
        figures[name] = {**done.figures(), "f1_95": done.interval()}
        print(name, figures[name], flush=True)
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
