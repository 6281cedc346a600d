"""Measures danger recognition, and learns the points of `knowledge/danger-points.txt`.

    python -m tests.benchmarks.danger          the table of recall and false alarms
    python -m tests.benchmarks.danger --fit    the points again, from the messages below, then the table
    python -m tests.benchmarks.danger --folds  what thresholds give on messages left out of the learning

Points are learnt from the files named in `LEARNT`, the phrases of the topics about danger, and against the phrases of
all other topics, small talk and what no topic covers (see `danger_learning.py`). The messages of `danger-sealed.jsonl`
were written by another hand and read by nobody who wrote rules. Neither they nor the development messages are ever
learnt from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.knowledge_base.danger_points import NAME
from bot.knowledge_base.loader import load_knowledge
from bot.settings import read_settings
from tests.benchmarks.danger_folds import print_folds
from tests.benchmarks.danger_learning import LEARNT, fit
from tests.benchmarks.danger_messages import DATA, DEV, Message, ordinary, read
from tests.benchmarks.measures import print_table


def main(arguments: list[str]) -> None:
    folder = read_settings().knowledge
    if "--fit" in arguments:
        fit(load_knowledge(folder), folder / NAME)
    understanding = Understanding(load_knowledge(folder))
    if "--folds" in arguments:
        print_folds(understanding)
        return
    rows = [_row(name, messages, understanding) for name, messages in _measured(understanding.knowledge)]
    print_table(("messages", "n urgent", "recall", "kind right", "sure", "n calm", "false alarms"), rows)


def _measured(knowledge: Knowledge) -> Iterator[tuple[str, list[Message]]]:
    yield "sealed (another hand, never learnt from)", read(DATA / "danger-sealed.jsonl")
    yield "ordinary messages of questions.jsonl", ordinary(DATA / "questions.jsonl", knowledge)
    if DEV.exists():
        yield "development, urgent and look-alikes", read(DEV)
        yield "development, ordinary", ordinary(DEV, knowledge)
    for name in LEARNT:
        yield f"{name} (learnt from)", read(DATA / name)


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


if __name__ == "__main__":
    main(sys.argv[1:])
