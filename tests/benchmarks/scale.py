"""What our matcher costs on larger bases: building, memory, time for a message.

    python -m tests.benchmarks.scale [TOPICS …]

Larger bases are generated from the real one with a fixed seed. A generated topic has ten phrases and three keywords:
real phrases in which six words in ten that carry meaning are exchanged for one of the topic's own six words, three of
them drawn from the real base, three invented (letters that follow each other as in the real words). Function words,
lengths and the share of rare words stay those of residents' messages, and each topic brings new words as a real one
does. Messages asked: real ones and phrases of the generated topics with a slip of the finger, each asked once, so no
cache knows it. Every base is built in a fresh process with at most ten minutes and 8 GB. Times are processor time: the
machine is shared.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.domain.documents import Document
from bot.domain.knowledge import Knowledge
from bot.domain.matching import Matcher
from bot.domain.text import STOP_WORDS, tokens
from bot.domain.understanding import topic_document
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import read_labelled
from bot.settings import read_settings
from tests.benchmarks.measures import MEGABYTE, in_fresh_process, print_table, resident

SIZES = (169, 1_000, 10_000, 100_000)
REAL = 0  # "size" of the base as it stands
MESSAGES = Path(__file__).parents[1] / "data" / "questions.jsonl"
ASKED = 1_000
SEED = 4
_MOST_SECONDS = 600.0
_MOST_MEMORY = 8 << 30
_TOO_MUCH = 3  # how a process ends that would take more
_PHRASES, _KEYWORDS, _OWN, _EXCHANGED = 10, 3, 6, 0.6
_HEAD = ("base", "topics", "phrases", "build s", "memory MB", "peak MB", "p50 µs", "p99 µs", "slowest µs")


class Inventor:
    """Invents words and topics that look like those of a real base."""

    def __init__(self, phrases: Sequence[str], seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a generator for tests
        self._phrases = [found for phrase in phrases if (found := tokens(phrase))]
        self._words = sorted({word for phrase in self._phrases for word in phrase if _means(word)})
        self._after: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            padded = f"^^{word}$"
            for place in range(len(word) + 1):
                self._after[padded[place : place + 2]].append(padded[place + 2])

    def word(self) -> str:
        """A word that nobody wrote, of letters that follow each other in French."""
        while True:
            word = "^^"
            while not word.endswith("$") and len(word) < 16:
                word += self._random.choice(self._after[word[-2:]])
            if len(word) >= 8:
                return word.strip("^$")

    def topic(self, name: str) -> Document:
        """A topic with its own words."""
        half = _OWN // 2
        own = [*self._random.sample(self._words, half), *(self.word() for _ in range(_OWN - half))]
        phrases = tuple(self._phrase(own) for _ in range(_PHRASES))
        return Document(name, phrases, tuple(own[-_KEYWORDS:]))

    def slip(self, phrase: str) -> str:
        """The phrase with two letters exchanged somewhere."""
        place = self._random.randrange(max(1, len(phrase) - 1))
        return phrase[:place] + phrase[place : place + 2][::-1] + phrase[place + 2 :]

    def _phrase(self, own: Sequence[str]) -> str:
        return " ".join(
            self._random.choice(own) if _means(word) and self._random.random() < _EXCHANGED else word
            for word in self._random.choice(self._phrases)
        )


def main(names: list[str]) -> None:
    if names[:1] == ["--one"]:
        try:
            print(json.dumps(measure(int(names[1]))))
        except MemoryError:
            sys.exit(_TOO_MUCH)
        return
    rows = []
    for size in [int(name) for name in names] or [REAL, *SIZES]:
        title = "generated" if size else "as it stands"
        try:
            found = in_fresh_process("tests.benchmarks.scale", "--one", str(size), timeout=_MOST_SECONDS)
            rows.append([title, *(f"{found[key]:,}" for key in _HEAD[1:])])
        except subprocess.TimeoutExpired:
            rows.append([title, f"{size:,}", f"over {_MOST_SECONDS:.0f} s", *[""] * (len(_HEAD) - 3)])
        except subprocess.CalledProcessError as error:
            if error.returncode != _TOO_MUCH:
                raise
            rows.append([title, f"{size:,}", f"over {_MOST_MEMORY >> 30} GB", *[""] * (len(_HEAD) - 3)])
    print_table(_HEAD, rows)


def measure(size: int) -> dict[str, float]:
    """Build one base and ask it; REAL is the base as it stands."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    knowledge = load_knowledge(read_settings().knowledge)
    documents, inventor = base(knowledge, size)
    pick = random.Random(SEED)  # noqa: S311
    real = [message.text for message in read_labelled(MESSAGES) if message.urgent is None]
    asked = pick.sample(real, min(len(real), ASKED // 2))
    asked += [inventor.slip(pick.choice(pick.choice(documents).phrases)) for _ in range(ASKED // 2)]
    pick.shuffle(asked)
    before, start = resident(), time.process_time()
    matcher = Matcher(documents, knowledge.vocabulary, off_topic=knowledge.off_topic)
    built = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    held = resident() - before
    taken = np.asarray([_microseconds(matcher, text) for text in asked])[50:]  # the first warm the machine up
    return {
        "topics": len(documents),
        "phrases": sum(len(document.phrases) for document in documents),
        "build s": round(built, 1),
        "memory MB": round(held),
        "peak MB": round(peak),
        "p50 µs": round(float(np.quantile(taken, 0.5))),
        "p99 µs": round(float(np.quantile(taken, 0.99))),
        "slowest µs": round(float(taken.max())),
    }


def base(knowledge: Knowledge, size: int) -> tuple[list[Document], Inventor]:
    """The documents of a base of that size."""
    real = [topic_document(topic) for topic in knowledge.topics.values()]
    inventor = Inventor([phrase for document in real for phrase in document.phrases], SEED)
    if size == REAL:
        return real, inventor
    return [inventor.topic(f"sujet-{number}") for number in range(size)], inventor


def _means(word: str) -> bool:
    return len(word) > 3 and word not in STOP_WORDS


def _microseconds(matcher: Matcher, text: str) -> float:
    start = time.thread_time()
    matcher.rank(text)
    return (time.thread_time() - start) * 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
