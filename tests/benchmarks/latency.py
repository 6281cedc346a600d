"""How long a resident waits, and what the running assistant weighs.

    python -m tests.benchmarks.latency [MESSAGES]

The real process (`python -m bot run`, the shipped base, an empty database) talks to the local Bot API over HTTP.
One message at a time, at a modest rate, of all registers. From the moment a message is ready for the bot to the moment
its `sendMessage` arrives: polling, understanding, the typing sign, the database and two HTTP calls included; Telegram's
own network is not. Every start is a fresh process; a message that waits for it tells when the first answer is possible.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

import numpy as np

from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.sandbox import Sandbox
from bot.services.evaluation import Labelled, read_labelled
from bot.settings import read_settings

MESSAGES = Path(__file__).parents[1] / "data" / "questions.jsonl"
ASKED = 500
PEOPLE = 50
FIRST_STARTS = 2
LATER_STARTS = 3  # after each first one
SECONDS_BETWEEN = 0.1
SEED = 4
_PATIENCE = 60.0
_ROOT = Path(__file__).parents[2]


def sample(count: int) -> list[str]:
    """Messages of all registers in turn, drawn with a fixed seed."""
    groups: dict[str, list[Labelled]] = {}
    for message in read_labelled(MESSAGES):
        groups.setdefault(message.register, []).append(message)
    chance = random.Random(SEED)  # noqa: S311 - a generator for tests
    for group in groups.values():
        chance.shuffle(group)
    found: list[str] = []
    while len(found) < count:
        for group in groups.values():
            found.append(group[len(found) // len(groups) % len(group)].text)
    return found[:count]


@asynccontextmanager
async def assistant(sandbox: Sandbox, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real process, ended in order."""
    clean = {n: v for n, v in os.environ.items() if not n.lower().endswith("_proxy") and not n.startswith("BOT_")}
    clean |= {
        "PYTHONPATH": str(_ROOT),
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.base_url,
        "BOT_API_FILE_URL": sandbox.base_file_url,
        "BOT_DATABASE": str(folder / "acces-droits.db"),
        "BOT_LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=clean, cwd=folder)
    try:
        yield process
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), _PATIENCE)


async def start_times(folder: Path) -> tuple[float, float]:
    """Seconds from the start of a process to its first poll, and to its first answer."""
    async with Sandbox() as sandbox:
        await sandbox.person("Marie").writes("comment demander le rsa")
        began = time.monotonic()
        async with assistant(sandbox, folder):
            await sandbox.world.news.until(lambda: sandbox.journal.polls, _PATIENCE, lambda: "no poll")
            polled = time.monotonic() - began
            call = await sandbox.wait_for_call("sendMessage", within=_PATIENCE)
            return polled, call.at - began


async def all_starts() -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Starts on an empty folder, which read and index the base, and starts that find it kept by the one before."""
    first, later = [], []
    for _ in range(FIRST_STARTS):
        with tempfile.TemporaryDirectory() as folder:
            first.append(await start_times(Path(folder)))
            await asyncio.to_thread(_written, Path(folder))
            later.extend([await start_times(Path(folder)) for _ in range(LATER_STARTS)])
    return first, later


def _written(folder: Path) -> None:
    if not list(folder.glob("*.index")):
        raise RuntimeError("the base was not kept")


async def reply_times(messages: Sequence[str]) -> tuple[list[float], float, float]:
    """Seconds from each message to its reply; processor seconds for one, and megabytes of the process at the end."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox() as sandbox:
            people = [sandbox.person(f"Personne {number}") for number in range(PEOPLE)]
            async with assistant(sandbox, Path(folder)) as process:
                await people[-1].writes("bonjour")
                await people[-1].replies(1, within=_PATIENCE)
                times = []
                used = processor_seconds(process.pid)
                for person, text in zip(cycle(people), messages, strict=False):
                    await asyncio.sleep(SECONDS_BETWEEN)
                    sandbox.journal.clear()
                    began = time.monotonic()
                    await person.writes(text)
                    times.append((await sandbox.wait_for_call("sendMessage", within=_PATIENCE)).at - began)
                    if "Une panne" in person.screen:
                        raise RuntimeError(f"the assistant failed on {text!r}")
                await sandbox.wait_until_taken()
                used = processor_seconds(process.pid) - used
                return times, used / len(messages), resident(process.pid)


def understanding_times(messages: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds to understand each message (danger, small talk, matching and decision), and of the processor alone."""
    understanding = Understanding(load_knowledge(read_settings(_env_file=None).knowledge))
    understanding.read("bonjour")
    times, used = [], []
    for text in messages:
        began, busy = time.perf_counter(), time.thread_time()
        understanding.read(text)
        used.append(time.thread_time() - busy)
        times.append(time.perf_counter() - began)
    return times, used


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor so far: the same on a busy machine as on an idle one."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _row(name: str, seconds: Sequence[float], target: str) -> str:
    p50, p95, p99 = (1000 * float(np.quantile(seconds, share)) for share in (0.5, 0.95, 0.99))
    return f"{name:<34}{p50:>9.1f}{p95:>9.1f}{p99:>9.1f}{1000 * max(seconds):>9.1f}   {target}"


async def main(count: int) -> None:
    """Measure and print."""
    messages = sample(count)
    load = os.getloadavg()[0]
    first, later = await all_starts()
    times, used, megabytes = await reply_times(messages)
    print(f"{count} messages, {len(first) + len(later)} starts, {os.cpu_count()} cores, load {load:.1f} before and "
          f"{os.getloadavg()[0]:.1f} after")  # fmt: skip
    print(f"{'milliseconds':<34}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}   target")
    print(_row("message in → sendMessage out", times, "p99 ≤ 25"))
    for name, taken in zip(
        ("understanding alone", "understanding, processor"), understanding_times(messages), strict=True
    ):
        print(_row(name, taken, "p99 ≤ 5"))
    print(_row("start → first poll", [polled for polled, _ in first + later], "≤ 2000"))
    print(_row("start → first answer", [answered for _, answered in later], ""))
    print(_row("start → first answer, nothing kept", [answered for _, answered in first], ""))
    print(f"{'processor time for one message':<34}{1000 * used:>9.1f}")
    print(f"{f'resident after {count} messages, MB':<34}{megabytes:>9.1f}{'':>27}   ≤ 120")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ASKED))
