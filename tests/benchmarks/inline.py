"""How long an inline search takes, and how often the right card is among those it offers.

    python -m tests.benchmarks.inline

The shipped base and the labelled messages, cut at Telegram's 256 characters; then each message as it is typed, word by
word. Time is from the words to the finished cards, without Telegram. Target: 50 ms.
"""

from __future__ import annotations

import time
from datetime import date

import numpy as np

from bot.domain.inline_cards import CardFinder
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import read_labelled
from bot.settings import read_settings
from handlers.render.inline import topic_cards
from tests.benchmarks.latency import MESSAGES

TODAY = date(2026, 11, 22)
TYPED = 150


def main() -> None:
    """Measure and print."""
    understanding = Understanding(load_knowledge(read_settings(_env_file=None).knowledge))
    began = time.perf_counter()
    finder = CardFinder(understanding)
    print(f"built once for each state of the base: {1000 * (time.perf_counter() - began):.0f} ms")
    topics, times = understanding.knowledge.topics, []

    def search(text: str) -> tuple[str, ...]:
        start = time.perf_counter()
        understood = understanding.read(text)
        found = finder.find(text, understood)
        topic_cards(understanding.knowledge, [topics[topic] for topic in found], TODAY, str)
        times.append(time.perf_counter() - start)
        return (*found, understood.danger.kind) if understood.danger else found

    right = asked = shown = beside = 0
    messages = list(read_labelled(MESSAGES))
    for message in messages:
        found = search(message.text[:256])
        if message.topic in topics:
            asked += 1
            right += bool(message.right & set(found))
        elif message.topic is None:
            beside += 1
            shown += bool(found)
    print(f"right card among those offered: {right / asked:.3f} of {asked}")
    print(f"some card although no topic covers it: {shown / beside:.3f} of {beside}")
    for message in messages[:TYPED]:
        said = message.text[:256].split()
        for count in range(1, len(said)):
            search(" ".join(said[:count]))
    p50, p95, p99 = (1000 * float(np.quantile(times, share)) for share in (0.5, 0.95, 0.99))
    print(f"{len(times)} searches, milliseconds: p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f}, "
          f"max {1000 * max(times):.1f}; target 50")  # fmt: skip


if __name__ == "__main__":
    main()
