"""Killed again and again, at any moment, while people write: everyone is answered, no need is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from tests.support.assistant import PATIENCE, answer, assistant_process, choice, process_environment, say, unknown

KILLS = 200
WRITERS = 120  # so that nobody writes faster than people do
SEED = 20261122
_LONGEST_LIFE = 0.9


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram whose screens forget nothing."""
    async with Sandbox(most_messages=100_000) as running:
        yield running


@dataclass
class Lives:
    """Processes one after the other, see `tests.support.many_lives`."""

    inner: asyncio.subprocess.Process

    async def begin(self) -> int:
        """Start the next process; gives its number."""
        assert self.inner.stdin is not None
        self.inner.stdin.write(b"\n")
        await self.inner.stdin.drain()
        return int(await self._line())

    async def end(self) -> int:
        """How the last one ended."""
        return int(await self._line())

    async def _line(self) -> bytes:
        assert self.inner.stdout is not None
        return await asyncio.wait_for(self.inner.stdout.readline(), PATIENCE)


@asynccontextmanager
async def many_lives(sandbox: Sandbox, folder: Path) -> AsyncIterator[Lives]:
    """What is started is killed by whoever starts it."""
    inner = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.many_lives",
        env=process_environment(sandbox, folder), cwd=folder,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    lives = Lives(inner)
    try:
        assert await lives._line() == b"loaded\n"
        yield lives
    finally:
        inner.kill()
        await inner.communicate()


@pytest.mark.slow
async def test_two_hundred_kills_lose_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    # The moments are drawn with a seed; what the process does at such a moment is up to the machine.
    chance = random.Random(SEED)  # noqa: S311
    people = [sandbox.person(f"Personne {number}") for number in range(WRITERS)]
    written: list[tuple[Person, int, str]] = []
    over = asyncio.Event()

    async def keep_writing() -> None:
        number = 0
        while not over.is_set():
            number += 1
            person = chance.choice(people)
            kind = chance.random()
            # Each unknown question is told apart by its number, which says nothing of anybody.
            text = f"{unknown()} {_word(number)}" if kind < 0.6 else answer() if kind < 0.8 else choice()
            update = await person.writes(text)
            written.append((person, update["message"]["message_id"], text))
            await _pause(chance.uniform(0.01, 0.2), over)

    writing: asyncio.Task[None] | None = None
    async with many_lives(sandbox, tmp_path) as lives:
        for _ in range(KILLS):
            before = sandbox.journal.polls
            number = await lives.begin()
            await sandbox.world.news.until(_polled_after(sandbox, before), PATIENCE, lambda: "it never polled")
            writing = writing or asyncio.create_task(keep_writing())
            # From before the knowledge base is read to well after the first answers.
            await _pause(chance.uniform(0.0, _LONGEST_LIFE), over)
            os.kill(number, signal.SIGKILL)
            assert await lives.end() == -signal.SIGKILL
    over.set()
    assert writing is not None
    await writing
    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("ready")
        await sandbox.wait_until_taken(within=120)
        process.terminate()
        code, _ = await process.ends()
        assert code == 0

    assert len(written) > KILLS
    for person, message_id, text in written:
        replies = [one for one in person.bubbles if _replies_to(one.message, message_id)]
        assert replies, f"nobody answered {text!r}"
    with closing(sqlite3.connect(tmp_path / "acces-droits.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = sorted(row[0] for row in connection.execute("SELECT text FROM needs"))
    assert stored == sorted(text for _, _, text in written if text.startswith(unknown()))
    assert not any(say("erreur") in person.screen for person in people)


def _polled_after(sandbox: Sandbox, before: int) -> Callable[[], bool]:
    return lambda: sandbox.journal.polls > before


def _word(number: int) -> str:
    """A number as a word that no topic holds."""
    return "zz" + "".join(chr(ord("b") + int(digit)) for digit in str(number))


def _replies_to(message: dict[str, object], message_id: int) -> bool:
    quoted = message.get("reply_to_message")
    return isinstance(quoted, dict) and quoted["message_id"] == message_id


async def _pause(seconds: float, over: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await over.wait()
    except TimeoutError:
        return
