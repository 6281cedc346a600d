"""Updates that do not end must not hide those behind them: Telegram hands out a hundred at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import patient_bot, unconfirmed
from bot.app.patient_bot import PatientBot
from bot.sandbox import Sandbox
from tests.support.sandbox_bot import direct_request


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_bot, "_STUCK_SECONDS", 0.0)
    monkeypatch.setattr(patient_bot, "_MOST_PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(unconfirmed, "_PAUSES", (0,))


@pytest.mark.usefixtures("no_patience")
async def test_others_are_taken_and_what_was_postponed_comes_again(sandbox: Sandbox) -> None:
    marie, karim = sandbox.person("Marie"), sandbox.person("Karim")
    first = [(await marie.writes("un"))["update_id"] for _ in range(100)]
    bot = PatientBot(
        sandbox.token,
        base_url=sandbox.base_url,
        request=direct_request(),
        get_updates_request=direct_request(),
    )
    async with bot:
        taken = await bot.get_updates(timeout=5)
        assert [update.update_id for update in taken] == first
        behind = (await karim.writes("deux"))["update_id"]
        [update] = await bot.get_updates(offset=first[-1] + 1, timeout=5)
        assert update.update_id == behind
        bot.unconfirmed.finish(behind)
        assert bot.unconfirmed.postpone(first[0])  # Telegram has it confirmed by now: it is handed out from here
        for number in first[1:]:
            bot.unconfirmed.finish(number)
        [again] = await bot.get_updates(offset=behind + 1, timeout=5)
        assert again.update_id == first[0]
        bot.unconfirmed.finish(first[0])
        last = (await karim.writes("trois"))["update_id"]
        assert [update.update_id for update in await bot.get_updates(offset=behind + 1, timeout=5)] == [last]
