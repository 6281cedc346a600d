"""Somebody who writes very fast is told so once and then served slowly; nobody else waits, and danger never does."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.app import slow_lane
from bot.app.slow_lane import MOST_WAITING, PER_MINUTE, SlowLanes
from bot.sandbox import Bubble, Sandbox
from tests.support.assistant import PATIENCE, Assistant, MovableClock, answer, assistant_process, say, unknown

CERTAIN = "au secours il me frappe avec un marteau"


def notice() -> str:
    return say("ralenti", nombre=MOST_WAITING)


@pytest.fixture
def endless_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in a slow lane waits until the end of the test."""
    monkeypatch.setattr(slow_lane, "PAUSE_SECONDS", 3600)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow lane in no time."""
    monkeypatch.setattr(slow_lane, "PAUSE_SECONDS", 0)


def calls_to(assistant: Assistant, chat: int) -> int:
    """How many messages were sent to a chat so far."""
    return sum(call.parameters["chat_id"] == str(chat) for call in assistant.sandbox.calls("sendMessage"))


async def sent_to(assistant: Assistant, chat: int, count: int) -> None:
    """Returns once so many messages were sent to a chat."""
    await assistant.sandbox.world.news.until(
        lambda: calls_to(assistant, chat) >= count, PATIENCE, lambda: f"{calls_to(assistant, chat)} of {count}"
    )


@pytest.mark.usefixtures("no_pause")
async def test_one_kind_notice_and_every_message_is_answered(assistant: Assistant) -> None:
    marie = assistant.marie
    for _ in range(PER_MINUTE + 8):
        await marie.writes(answer())
    await sent_to(assistant, marie.id, PER_MINUTE + 9)
    await assistant.sandbox.wait_until_quiet()
    texts = [bubble.text for bubble in marie.bubbles if bubble.from_bot]
    assert texts.count(notice()) == 1
    assert sum(text.startswith("Demander le RSA") for text in texts) == PER_MINUTE + 8

    later = assistant.sandbox.world.rooms.clock() + 120
    assistant.sandbox.world.rooms.clock = lambda: later
    for _ in range(PER_MINUTE):
        await marie.writes(answer())
    await sent_to(assistant, marie.id, 2 * PER_MINUTE + 9)
    assert marie.screen.count(notice()) == 1  # a calm minute is no flood


async def test_twenty_in_a_minute_are_no_flood(assistant: Assistant) -> None:
    marie = assistant.marie
    for update in [await marie.writes(answer()) for _ in range(PER_MINUTE)]:
        await assistant.settled(update)
    later = assistant.sandbox.world.rooms.clock() + 61
    assistant.sandbox.world.rooms.clock = lambda: later
    for update in [await marie.writes(answer()) for _ in range(PER_MINUTE)]:
        await assistant.settled(update)
    assert notice() not in marie.screen


async def test_what_was_written_over_a_night_is_no_flood(assistant: Assistant) -> None:
    marie = assistant.marie
    with assistant.sandbox.held_back():
        for minutes in range(0, 300, 10):
            written = 1_795_000_000 + 60 * minutes
            assistant.sandbox.world.rooms.clock = partial(float, written)
            await marie.writes(answer())
    await sent_to(assistant, marie.id, 30)
    await assistant.sandbox.wait_until_quiet()
    assert notice() not in marie.screen


@pytest.mark.usefixtures("endless_pause")
async def test_nobody_else_waits_for_what_waits(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    for _ in range(PER_MINUTE + 5):
        await marie.writes(answer())
    await marie.sees(notice())
    await sent_to(assistant, marie.id, PER_MINUTE + 1)
    for text, head in ((answer(), "Demander le RSA"), (unknown(), say("inconnu"))):
        await karim.writes(text)
        assert (await karim.reply()).text.startswith(head)
    press = await karim.presses(say("bouton_effacer"))
    await assistant.settled(press)
    assert calls_to(assistant, marie.id) == PER_MINUTE + 1  # she still waits
    assert len(assistant.sandbox.world.updates.pending) >= 5  # and Telegram still has what she wrote


@pytest.mark.usefixtures("endless_pause")
async def test_a_whole_page_of_one_person_hides_nobody(assistant: Assistant) -> None:
    """More messages than Telegram hands out at once: a few are answered, the others are not read, all are confirmed."""
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    for _ in range(300):
        await marie.writes(answer())
    await karim.writes(answer())
    assert (await karim.reply(within=PATIENCE)).text.startswith("Demander le RSA")
    await assistant.sandbox.wait_until_taken(within=PATIENCE)
    await assistant.sandbox.wait_until_quiet()
    assert calls_to(assistant, marie.id) == PER_MINUTE + 1 + MOST_WAITING
    assert marie.screen.count(notice()) == 1
    await marie.writes(answer())
    await assistant.sandbox.wait_until_taken()
    assert calls_to(assistant, marie.id) == PER_MINUTE + 1 + MOST_WAITING  # the pace holds: no place is free yet


@pytest.mark.usefixtures("endless_pause")
async def test_danger_passes_at_once(assistant: Assistant) -> None:
    marie = assistant.marie
    for _ in range(PER_MINUTE + MOST_WAITING + 5):  # the last ones are not even read
        await marie.writes(answer())
    await sent_to(assistant, marie.id, PER_MINUTE + 1)
    for text in (CERTAIN, CERTAIN, "/urgence"):
        await marie.writes(text)
        assert "\n17" in (await marie.reply()).text
    assert calls_to(assistant, marie.id) == PER_MINUTE + 1 + 3


async def test_danger_goes_before_what_waits_in_the_same_chat(assistant: Assistant) -> None:
    """An answer that is slow to come does not hold the numbers up."""
    marie = assistant.marie
    assistant.sandbox.faults.hang("sendChatAction")  # the first message is held up by its typing sign
    with assistant.sandbox.held_back():
        await marie.writes(answer())
        await marie.writes(CERTAIN)
    numbers = await marie.sees("\n17")
    later = await marie.sees("Demander le RSA", within=PATIENCE)
    assert numbers.id < later.id


@pytest.mark.usefixtures("endless_pause")
async def test_what_waits_is_answered_when_the_program_ends(assistant: Assistant) -> None:
    marie = assistant.marie
    for _ in range(PER_MINUTE + 2):
        await marie.writes(answer())
    await marie.writes(unknown())
    await sent_to(assistant, marie.id, PER_MINUTE + 1)
    polls = assistant.sandbox.journal.polls
    await assistant.sandbox.world.news.until(
        lambda: assistant.sandbox.journal.polls > polls + 1, PATIENCE, lambda: "no poll"
    )
    assert assistant.needs == []
    await assistant.stop()
    assert assistant.needs == [unknown()]
    assert say("inconnu_suite") in marie.screen


async def test_a_kill_during_a_flood_loses_nothing_that_waits(sandbox: Sandbox, tmp_path: Path) -> None:
    """The real process with its real pauses: killed while messages wait, it answers them all when it is back."""
    marie = sandbox.person("Marie")
    async with assistant_process(sandbox, tmp_path) as process:
        written = [await marie.writes(answer()) for _ in range(PER_MINUTE + 6)]
        written.append(await marie.writes(unknown()))
        await sandbox.world.news.until(
            lambda: len(sandbox.calls("sendMessage")) > PER_MINUTE, PATIENCE, lambda: "not answered"
        )
        await process.kill()
    assert notice() in marie.screen
    assert say("inconnu") not in marie.screen
    async with assistant_process(sandbox, tmp_path) as process:
        await sandbox.wait_until_taken(within=PATIENCE)
        process.terminate()
        assert (await process.ends())[0] == 0
    quoted = [bubble.message["reply_to_message"]["message_id"] for bubble in marie.bubbles if _quotes(bubble)]
    assert {update["message"]["message_id"] for update in written} == set(quoted)
    with closing(sqlite3.connect(tmp_path / "acces-droits.db")) as connection:
        assert connection.execute("SELECT text FROM needs").fetchall() == [(unknown(),)]


def _quotes(bubble: Bubble) -> bool:
    return bubble.from_bot and "reply_to_message" in bubble.message


@pytest.mark.usefixtures("no_pause")
async def test_a_notice_that_cannot_be_sent_stops_nothing(assistant: Assistant) -> None:
    marie = assistant.marie
    with assistant.sandbox.held_back():
        for _ in range(PER_MINUTE):
            await marie.writes(answer())
    await sent_to(assistant, marie.id, PER_MINUTE)
    assistant.sandbox.faults.refuse("sendMessage", 400, "Bad Request: no")
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")
    await assistant.sandbox.wait_until_quiet()
    assert say("erreur") not in marie.screen


@pytest.mark.usefixtures("endless_pause")
async def test_no_more_than_a_bounded_number_waits() -> None:
    now, lanes = MovableClock().now, SlowLanes()
    assert [lanes.note(1, now) for _ in range(PER_MINUTE + 1)] == [False] * PER_MINUTE + [True]
    assert not lanes.note(2, now)
    waiting = [asyncio.create_task(lanes.wait(1)) for _ in range(slow_lane.MOST_WAITING)]
    await asyncio.sleep(0)
    assert not await lanes.wait(1)
    assert lanes.note(1, now + timedelta(hours=1))  # behind those that wait, however late it is
    lanes.hurry()
    assert all(await asyncio.gather(*waiting))
    assert not lanes.note(1, now + timedelta(hours=2))


async def test_chats_that_are_quiet_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_lane, "_MOST_CHATS", 10)
    now, lanes = MovableClock().now, SlowLanes()
    for chat in range(10):
        lanes.note(chat, now)
    lanes.note(11, now + timedelta(minutes=2))
    assert list(lanes._written) == [11]
