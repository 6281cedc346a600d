"""How well needs are grouped, and how fast: `python -m tests.benchmarks.need_groups [--tune]`.

The 300 labelled groups of `tests/data/need-groups.jsonl` are cut in two by name: thresholds are chosen on one half,
figures are reported on the other, needs coming one by one in the file's order.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.domain.knowledge import Knowledge
from bot.domain.need_features import NeedReader
from bot.domain.need_groups import NeedGroups, Thresholds
from bot.knowledge_base.loader import load_knowledge
from tests.support.need_variants import labelled

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "tests" / "data" / "need-groups-figures.json"
_BACKGROUND_PHRASES = 10  # as the desk does


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


def run(needs: list[dict[str, str]], knowledge: Knowledge, thresholds: Thresholds) -> dict[str, float]:
    """Group needs one by one; milliseconds are of one need, from its text to its card."""
    groups = NeedGroups(NeedReader(knowledge.vocabulary), thresholds)
    groups.learn_background([topic.phrases[:_BACKGROUND_PHRASES] for topic in knowledge.topics.values()])
    groups.finish_background()
    placed: list[tuple[str, int]] = []
    times: list[float] = []
    for number, need in enumerate(needs):
        start = perf_counter()
        found = groups.find(need["q"])
        card = number if found is None else found
        groups.add(need["q"], card)
        times.append(1000 * (perf_counter() - start))
        placed.append((need["group"], card))
    times.sort()
    return {
        **pairwise(placed),
        "needs": len(needs), "groups": len({group for group, _ in placed}), "cards": len({c for _, c in placed}),
        "median_ms": round(median(times), 1), "p99_ms": round(times[int(len(times) * 0.99)], 1),
    }  # fmt: skip


def halves(needs: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Needs of every second group, and the others."""
    names = sorted({need["group"] for need in needs})
    first = set(names[::2])
    return [need for need in needs if need["group"] in first], [need for need in needs if need["group"] not in first]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tune", action="store_true", help="try thresholds on the first half")
    knowledge, needs = load_knowledge(ROOT / "knowledge"), labelled()
    tuned_on, held_out = halves(needs)
    if options.parse_args().tune:
        for join, nearest in product((0.08, 0.1, 0.12, 0.14, 0.16, 0.2, 0.25), (0.0, 0.5)):
            print(join, nearest, run(tuned_on, knowledge, replace(Thresholds(), join=join, nearest=nearest)))
        return
    figures = {
        "thresholds": asdict(Thresholds()),
        "tuned_on": run(tuned_on, knowledge, Thresholds()),
        "held_out": run(held_out, knowledge, Thresholds()),
        "all": run(needs, knowledge, Thresholds()),
    }
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
