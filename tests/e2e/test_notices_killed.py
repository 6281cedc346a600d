"""SIGKILL while people are being told of an answer, on the real process: nobody twice but in one case, nobody never."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from tests.support.assistant import assistant_process
from tests.support.notices import crowd, times_told

pytestmark = pytest.mark.slow
PEOPLE = 500
WITHIN = 120.0  # fifteen messages a second
SEED = 20261122


async def all_told(folder: Path, sandbox: Sandbox) -> None:
    """Returns once nobody waits any more."""

    def left() -> int:
        with closing(sqlite3.connect(folder / "acces-droits.db", timeout=10)) as connection:
            return int(connection.execute("SELECT count(*) FROM people").fetchone()[0])

    async with asyncio.timeout(WITHIN):
        while left():
            await sandbox.world.news.quiet(0.2)


def doubled(people: list[Person]) -> int:
    """How many messages were too many; everybody got one."""
    times = [times_told(person) for person in people]
    assert min(times) >= 1, f"{times.count(0)} people were forgotten"
    return sum(times) - len(people)


async def test_five_hundred_people_and_a_kill_half_way(sandbox: Sandbox, tmp_path: Path) -> None:
    people = await crowd(sandbox, tmp_path / "acces-droits.db", PEOPLE)
    half_way = random.Random(SEED).randint(PEOPLE // 4, 3 * PEOPLE // 4)  # noqa: S311
    async with assistant_process(sandbox, tmp_path) as process:
        await sandbox.wait_for_call("sendMessage", count=half_way, within=WITHIN)
        await process.kill()
    told = sum(times_told(person) for person in people)
    assert half_way <= told < PEOPLE
    async with assistant_process(sandbox, tmp_path) as process:
        await all_told(tmp_path, sandbox)
        process.terminate()
        code, errors = await process.ends()
    assert (code, "Traceback" in errors) == (0, False), errors
    assert doubled(people) <= 1


async def test_a_kill_between_telegrams_yes_and_ours(sandbox: Sandbox, tmp_path: Path) -> None:
    """The one case that nobody can tell from a lost message: that person, and nobody else, is told again."""
    people = await crowd(sandbox, tmp_path / "acces-droits.db", 12)
    sandbox.faults.delay("sendMessage", seconds=0, times=5)
    sandbox.faults.hang("sendMessage", executed=True)
    async with assistant_process(sandbox, tmp_path) as process:
        await people[5].sees("question 5", within=WITHIN)
        await process.kill()
    assert [times_told(person) for person in people] == [1] * 6 + [0] * 6
    sandbox.faults.clear()
    async with assistant_process(sandbox, tmp_path):
        await all_told(tmp_path, sandbox)
    assert [times_told(person) for person in people] == [1] * 5 + [2] + [1] * 6
    assert doubled(people) == 1


async def test_many_kills_double_one_message_each_at_most(sandbox: Sandbox, tmp_path: Path) -> None:
    people = await crowd(sandbox, tmp_path / "acces-droits.db", 60)
    kills = 4
    for number in range(1, kills + 1):
        async with assistant_process(sandbox, tmp_path) as process:
            await sandbox.wait_for_call("sendMessage", count=10 * number, within=WITHIN)
            await process.kill()
    async with assistant_process(sandbox, tmp_path):
        await all_told(tmp_path, sandbox)
    assert doubled(people) <= kills
    assert max(times_told(person) for person in people) <= 2
