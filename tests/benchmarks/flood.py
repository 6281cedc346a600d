"""Whether one person who floods the bot makes the others wait.

    python -m tests.benchmarks.flood [SECONDS]

The real process against the local Bot API. Ten residents write ordinary messages in turn, five every two seconds;
then the same again while somebody else writes twenty messages a second; then again right after that flood, while what
it left waits for its turn. From the moment a message is written to the moment its `sendMessage` arrives.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

import numpy as np

from bot.sandbox import Person, Sandbox
from tests.benchmarks.latency import assistant, sample

RESIDENTS = 10
SECONDS_BETWEEN = 0.4  # each of them writes fifteen messages a minute: no flood
FLOOD_PAUSE = 0.05
SECONDS = 20
_PATIENCE = 60.0


async def wait_of(sandbox: Sandbox, person: Person, text: str) -> float:
    """Seconds from a message to the first `sendMessage` to that person; danger and topics alike."""

    def answered() -> float | None:
        calls = sandbox.calls("sendMessage")
        return next((one.at for one in calls if one.at >= began and one.parameters["chat_id"] == chat), None)

    chat, began = str(person.id), time.monotonic()
    await person.writes(text)
    await sandbox.world.news.until(answered, _PATIENCE, lambda: f"nobody answered {text!r}")
    return (answered() or 0.0) - began


async def residents(sandbox: Sandbox, people: list[Person], seconds: float) -> list[float]:
    """The waits of everybody who wrote in that time; nobody waits for another one's answer."""
    texts, waits = cycle(sample(200)), []
    end = time.monotonic() + seconds
    for person in cycle(people):
        if time.monotonic() >= end:
            break
        waits.append(asyncio.create_task(wait_of(sandbox, person, next(texts))))
        await asyncio.sleep(SECONDS_BETWEEN)
        if len(waits) % 50 == 0:
            await asyncio.gather(*waits)
            sandbox.journal.clear()
    return await asyncio.gather(*waits)


async def flood(person: Person, over: asyncio.Event) -> None:
    """Twenty messages a second until it is over."""
    for text in cycle(sample(50)):
        if over.is_set():
            return
        await person.writes(text)
        await asyncio.sleep(FLOOD_PAUSE)


def _row(name: str, seconds: list[float]) -> str:
    p50, p99 = (1000 * float(np.quantile(seconds, share)) for share in (0.5, 0.99))
    return f"{name:<34}{p50:>9.1f}{p99:>9.1f}{1000 * max(seconds):>9.1f}{len(seconds):>9}"


async def main(seconds: float) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(most_messages=100_000) as sandbox, assistant(sandbox, Path(folder)):
            people = [sandbox.person(f"Personne {number}") for number in range(RESIDENTS)]
            await people[0].writes("bonjour")
            await people[0].replies(1, within=_PATIENCE)
            load = os.getloadavg()[0]
            calm = await residents(sandbox, people, seconds)
            over = asyncio.Event()
            flooding = asyncio.create_task(flood(sandbox.person("Pressé"), over))
            beside = await residents(sandbox, people, seconds)
            over.set()
            await flooding
            after = await residents(sandbox, people, seconds)
    print(f"{RESIDENTS} residents, {os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    print(f"{'milliseconds':<34}{'p50':>9}{'p99':>9}{'max':>9}{'messages':>9}")
    print(_row("nobody else writes", calm))
    print(_row("beside 20 messages a second", beside))
    print(_row("in the time after that", after))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
