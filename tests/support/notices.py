"""People who wait for an answer, in the sandbox and in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.needs import Need
from bot.sandbox import Person, Sandbox
from bot.services import notices
from bot.services.clock import paris_day
from bot.services.follow_ups import FollowUpService
from bot.services.tokens import hash_token, new_token
from bot.storage.database import Database
from bot.storage.follow_ups import FollowUpStore
from bot.storage.needs import NeedStore
from tests.support.assistant import PATIENCE, Assistant, MovableClock, say, unknown


@pytest.fixture(autouse=True)
def notices_looked_for_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program published is found in a moment; to be asked for before the assistant starts."""
    monkeypatch.setattr(notices, "_LOOK_AGAIN_SECONDS", 0.2)


@asynccontextmanager
async def follow_ups(database: Path, clock: MovableClock | None = None) -> AsyncIterator[FollowUpService]:
    """The service of another program on the same file: the running assistant sees what it did on its own."""
    opened = await Database.open(database)
    try:
        yield FollowUpService(FollowUpStore(opened), clock or MovableClock(), lambda: None)
    finally:
        await opened.close()


async def publish(assistant: Assistant, *needs: int, topic: str | None = None, text: str | None = None) -> int:
    """Staff publish an answer to these needs, or to all."""
    wanted = needs or tuple(int(row["id"]) for row in assistant.rows("SELECT id FROM needs"))
    async with follow_ups(assistant.settings.database, assistant.clock) as service:
        return await service.publish(wanted, topic=topic, text=text)


async def waits(person: Person, text: str = "") -> None:
    """Ask what nobody can answer, and want to be told."""
    await person.writes(text or unknown())
    shown = await person.reply()
    await person.presses(say("bouton_prevenir"), message=shown)
    assert say("bouton_ne_plus_prevenir") in (await person.reply()).buttons
    await person.no_longer_sees(f"[{say('bouton_prevenir')}]")


def ids_kept(assistant: Assistant) -> list[int]:
    """Who waits."""
    return [int(row["person"]) for row in assistant.rows("SELECT person FROM people ORDER BY person")]


async def crowd(sandbox: Sandbox, database: Path, count: int) -> list[Person]:
    """People who each asked something and wait for its answer: a topic that was published for all of them."""
    clock = MovableClock()
    opened = await Database.open(database)
    try:
        needs, service = NeedStore(opened), FollowUpService(FollowUpStore(opened), clock, lambda: None)
        people = [sandbox.person(f"Personne {number}", started=True) for number in range(count)]
        for number, person in enumerate(people):
            token = new_token()
            await needs.add(Need(paris_day(clock), f"question {number}", "unknown"), number, hash_token(token))
            assert await service.ask(token, person.id) is not None
        assert await service.publish([need.id or 0 for need in await needs.since()], topic="rsa") == count
    finally:
        await opened.close()
    return people


def times_told(person: Person) -> int:
    """How often somebody got a notice."""
    return sum(bubble.text.startswith(say("avis_demande")) for bubble in person.bubbles)


async def nobody_waits(assistant: Assistant) -> None:
    """Returns once every id is erased: the last thing that a notice does, and nothing is sent with it."""
    async with asyncio.timeout(PATIENCE):
        while ids_kept(assistant):
            await assistant.sandbox.world.news.quiet(0.05)
