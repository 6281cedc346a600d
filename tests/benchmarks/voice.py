"""How long a person waits for the voice: the shipped answers with the programs of this machine, first and again."""

from __future__ import annotations

import asyncio
import random
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.knowledge_base.loader import load_knowledge
from bot.services.voice import Speech, open_speech
from handlers.render.answer import answer_screen
from handlers.render.voice import words_of

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE, _AT_ONCE = 25, 10


async def timed(speech: Speech, words: str) -> tuple[float, int]:
    """Seconds of waiting, and seconds of sound."""
    started = perf_counter()
    sound = await speech.say(words, keep=True)
    return perf_counter() - started, sound.seconds


async def main() -> None:
    knowledge = load_knowledge(_ROOT / "knowledge")
    topics = list(knowledge.topics.values())
    started = perf_counter()
    texts = [words_of(knowledge, answer_screen(knowledge, topic, date(2026, 11, 22))) for topic in topics]
    print(f"preparing a text: {(perf_counter() - started) / len(texts) * 1000:.1f} ms")
    random.Random(20261122).shuffle(texts)  # noqa: S311 (the same order each time)
    with tempfile.TemporaryDirectory() as folder:
        speech = await open_speech(Path(folder) / "voice.db", wanted=True, model=None)
        if not speech.available:
            print("no voice on this machine: apt-get install espeak-ng opus-tools")
            return
        first = [await timed(speech, words) for words in texts[:_SAMPLE]]
        again = [await timed(speech, words) for words in texts[:_SAMPLE]]
        sounds = [seconds for _, seconds in first]
        print(f"sounds of {min(sounds)} to {max(sounds)} s")
        print(f"first time: median {median(s for s, _ in first):.2f} s, slowest {max(s for s, _ in first):.2f} s")
        print(f"again: slowest {max(s for s, _ in again) * 1000:.1f} ms")
        crowd = await asyncio.gather(*(timed(speech, words) for words in texts[_SAMPLE : _SAMPLE + _AT_ONCE]))
        print(f"ten at once: median {median(s for s, _ in crowd):.2f} s, last {max(s for s, _ in crowd):.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
