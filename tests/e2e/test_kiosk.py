"""The assistant behind a kiosk: residents served, counted as of the page, and forgotten when they leave."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli.kiosk import kiosk_of, kiosk_settings
from bot.sandbox import Sandbox
from bot.sandbox.kiosk import Kiosk
from tests.support.assistant import Assistant, answer, assistant_process, say, settings_for, unknown
from tests.support.kiosk import Tablet, tablet_at
from tests.unit.test_handouts import codes


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(staff_ids=(), mediator_ids=(), for_kiosk=True) as running:
        yield running


@pytest.fixture
def kiosk_served(sandbox: Sandbox) -> Kiosk:
    return Kiosk(sandbox.world, sandbox.cast, "127.0.0.1")


@pytest.fixture
async def assistant(sandbox: Sandbox, kiosk_served: Kiosk, tmp_path: Path) -> AsyncIterator[Assistant]:
    settings = settings_for(sandbox, tmp_path, token=None, kiosk=True, staff_chat_id=None)
    running = Assistant(sandbox, kiosk_settings(settings, sandbox))
    running.beside = kiosk_of(kiosk_served)
    sandbox.world.journal.calls = deque()  # kept after all: a start is waited for by its calls
    try:
        await running.start()
        yield running
    finally:
        await running.stop()


@pytest.fixture
async def kiosk(assistant: Assistant, kiosk_served: Kiosk) -> Kiosk:
    """The kiosk, open to the public."""
    assert assistant
    return kiosk_served


async def test_a_resident_is_served_and_counted_as_of_the_page(assistant: Assistant, kiosk: Kiosk) -> None:
    async with tablet_at(kiosk) as tablet:
        await tablet.does("send", text=answer())
        await sees(tablet, "RSA")
        await tablet.does("send", text=unknown())
        reply = await sees(tablet, say("inconnu"))
        # Nobody can be told later what was answered: the offer is not made.
        assert say("bouton_prevenir") not in str(reply)
        assert say("bouton_effacer") in str(reply)
    assert {row["channel"] for row in assistant.rows("SELECT channel FROM needs")} == {"page"}
    counted = "SELECT 1 FROM question_counts GROUP BY channel HAVING channel = 'page' AND sum(n) = 2"
    await kiosk.stays.world.news.until(lambda: assistant.rows(counted), 10, lambda: "not counted as of the page")
    assert len(assistant.rows("SELECT DISTINCT channel FROM question_counts")) == 1


async def test_whoever_leaves_is_forgotten_by_the_assistant_too(assistant: Assistant, kiosk: Kiosk) -> None:
    async with tablet_at(kiosk) as tablet:
        await tablet.does("send", text="/reglages")
        settings = await sees(tablet, say("reglages"))
        [button, *_] = [one for row in settings["reply_markup"]["inline_keyboard"] for one in row]
        await tablet.does("press", message_id=settings["message_id"], data=button["callback_data"])
        await kiosk.stays.world.news.until(lambda: assistant.rows("SELECT 1 FROM preferences"), 10, lambda: "no choice")
        await tablet.does("leave")
        assert assistant.rows("SELECT 1 FROM preferences") == []
        assert assistant.rows("SELECT 1 FROM people") == []
        assert (await tablet.reads("screen")).status_code == 410


async def test_a_card_has_no_code_for_a_telegram_that_is_not_there(assistant: Assistant, kiosk: Kiosk) -> None:
    async with tablet_at(kiosk) as tablet:
        await tablet.does("send", text=answer())
        reply = await sees(tablet, "RSA")
        keys = {one["text"]: one for row in reply["reply_markup"]["inline_keyboard"] for one in row}
        data = keys[say("bouton_fiche")]["callback_data"]
        await tablet.does("press", message_id=reply["message_id"], data=data)
        sent = await sees(tablet, say("fiche_legende", sujet="RSA"))
        card = await tablet.reads("file", id=sent["document"]["file_id"])
    assert codes(card.content) == ["https://www.exemple.fr/rsa"]


async def test_two_kiosks_at_once(assistant: Assistant, kiosk: Kiosk) -> None:
    async with tablet_at(kiosk) as one, tablet_at(kiosk) as two:
        await one.does("send", text=answer())
        await two.does("send", text=unknown())
        await sees(one, "RSA")
        await sees(two, say("inconnu"))
        assert say("inconnu") not in await one.screen()


async def test_team_commands_are_unknown_at_the_kiosk(assistant: Assistant, kiosk: Kiosk) -> None:
    async with tablet_at(kiosk) as tablet:
        await tablet.does("send", text="/rien")
        unknown_command = (await sees(tablet, ""))["text"]
        for command in ("/file", "/bilan", "/seance", "/inviter equipe"):
            number = kiosk.stays.world.news.number
            await tablet.does("send", text=command)
            assert (await sees(tablet, "", since=number))["text"] == unknown_command


@pytest.mark.slow
async def test_the_process_serves_the_town_and_keeps_the_bot_api_to_itself(tmp_path: Path) -> None:
    async with assistant_process(None, tmp_path, BOT_KIOSK="1", BOT_TRIAL_ADDRESS="0.0.0.0:0") as process:
        line = await process.prints()
        [url] = [word for word in line.split() if word.startswith("http://0.0.0.0:")]
        async with httpx.AsyncClient(base_url=url.replace("0.0.0.0", "127.0.0.1"), trust_env=False) as web:  # noqa: S104
            assert (await web.get("/")).headers["Cache-Control"] == "no-store"
            assert (await web.get("/trial/state")).status_code == 404
            assert (await web.get("/bot1000001:trial-token-for-this-machine-only/getMe")).status_code == 404
        process.terminate()
        code, errors = await process.ends()
    assert (code, "Traceback" in errors) == (0, False), errors


async def sees(tablet: Tablet, words: str, *, since: int = 0) -> dict[str, Any]:
    """Waits for a message of the assistant with the words."""
    while True:
        news = (await tablet.reads("news", since=since)).json()
        for event in news["events"]:
            if event["kind"] in {"message", "edited"} and event["message"]["from"]["is_bot"]:
                message: dict[str, Any] = event["message"]
                if words in message.get("text", message.get("caption", "")):
                    return message
        since = news["number"]
