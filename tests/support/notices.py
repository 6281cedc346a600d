"""People who wait for an answer, in the sandbox and in the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import Person
from bot.services.follow_ups import FollowUpService
from bot.storage.database import Database
from bot.storage.follow_ups import FollowUpStore
from tests.support.assistant import PATIENCE, Assistant, MovableClock, say, unknown


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


async def nobody_waits(assistant: Assistant) -> None:
    """Returns once every id is erased: the last thing that a notice does, and nothing is sent with it."""
    async with asyncio.timeout(PATIENCE):
        while ids_kept(assistant):
            await assistant.sandbox.world.news.quiet(0.05)
