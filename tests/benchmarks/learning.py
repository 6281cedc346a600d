"""What learning from staff gives and costs: held-out messages are attached to their topics, and everything asked again.

    python -m tests.benchmarks.learning FILE.jsonl [CHECK.jsonl …]

Two hundred messages of FILE, drawn with a fixed seed, become learnt wordings in memory, as the overlay would load
them. Asked before and after: those wordings, each of them misspelt three times (one slip, two slips, as heard), the
rest of FILE, and every message of CHECK.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import Labelled, Share, decided, evaluate, read_labelled
from bot.settings import read_settings

LEARNT = 200
_HEARD = (
    ("qu", "k"), ("ph", "f"), ("eau", "o"), ("au", "o"), ("ai", "é"), ("er ", "é "), ("ez", "é"), ("ent ", "e "),
    ("ss", "s"), ("ll", "l"), ("mm", "m"), ("nn", "n"), ("tt", "t"), ("c'est", "cé"), ("s ", " "), ("j'ai", "jé"),
)  # fmt: skip


def main(names: Sequence[str]) -> None:
    chance = random.Random(4)  # noqa: S311 - a fixed draw
    knowledge = load_knowledge(read_settings().knowledge)
    file, *checks = (read_labelled(Path(name)) for name in names)
    possible = [message for message in file if message.urgent is None and message.topic in knowledge.topics]
    learnt = chance.sample(possible, LEARNT)
    chosen = {message.text for message in learnt}
    sets = {
        "the wordings themselves": learnt,
        "with one slip": [replace(message, text=slipped(message.text, 1, chance)) for message in learnt],
        "with two slips": [replace(message, text=slipped(message.text, 2, chance)) for message in learnt],
        "as heard": [replace(message, text=heard(message.text)) for message in learnt],
        "the rest of the file": [message for message in file if message.text not in chosen],
        **{f"check {number}": messages for number, messages in enumerate(checks, 1)},
    }
    before, after = Understanding(knowledge), Understanding(taught(knowledge, learnt))
    print(
        "| messages | number | answered right, before | after | wrong, before | after | right → wrong | wrong → right |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, messages in sets.items():
        print(row(name, messages, before, after))


def taught(knowledge: Knowledge, learnt: Iterable[Labelled]) -> Knowledge:
    """The base with the wordings behind the phrases of their topics."""
    added: dict[str, list[str]] = defaultdict(list)
    for message in learnt:
        added[str(message.topic)].append(message.text)
    topics = {
        name: replace(topic, phrases=(*topic.phrases, *added[name])) if name in added else topic
        for name, topic in knowledge.topics.items()
    }
    return replace(knowledge, topics=topics)


def slipped(text: str, slips: int, chance: random.Random) -> str:
    """The text after slips of the finger: a letter left out, doubled, exchanged with the next, or another."""
    for _ in range(slips):
        places = [place for place, letter in enumerate(text[:-1]) if letter.isalpha() and text[place + 1].isalpha()]
        if not places:
            return text
        at = chance.choice(places)
        text = chance.choice((
            text[:at] + text[at + 1 :],
            text[: at + 1] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + chance.choice("aeioulrst") + text[at + 1 :],
        ))  # fmt: skip
    return text


def heard(text: str) -> str:
    """The text as someone would write it who never learnt to spell."""
    for written, said in _HEARD:
        text = text.replace(written, said)
    return text


def row(name: str, messages: Sequence[Labelled], before: Understanding, after: Understanding) -> str:
    """One line of the table."""
    reports = [evaluate(understanding, messages) for understanding in (before, after)]
    held = [[right(message, understanding) for message in messages] for understanding in (before, after)]
    lost = sum(was and not now for was, now in zip(*held, strict=True))
    won = sum(now and not was for was, now in zip(*held, strict=True))
    wrong = [
        sum(bool({"wrong", "wrong answer"} & set(outcome.bad_measures)) for outcome in report.outcomes)
        for report in reports
    ]
    shares = [Share(sum(one), len(one)).value for one in held]
    return (
        f"| {name} | {len(messages)} | {shares[0]:.3f} | {shares[1]:.3f} | {wrong[0]} | {wrong[1]} | {lost} | {won} |"
    )


def right(message: Labelled, understanding: Understanding) -> bool:
    """Whether the message is answered at once with a right topic; one about danger by its recall; else left unknown."""
    decision, shown = decided(understanding.read(message.text))
    if message.urgent is not None:
        return (decision == "danger") == message.urgent
    if not message.topic:
        return decision in ("unknown", "smalltalk")
    return decision in ("answer", "smalltalk", "danger") and bool(message.right & set(shown))


if __name__ == "__main__":
    main(sys.argv[1:])
