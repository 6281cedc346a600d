"""Our way to Telegram's HTTP: connections are kept, given back, and never more than so many at once."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.app.telegram_http import TelegramHTTP
from bot.sandbox import Sandbox


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    """A local Telegram, and no proxy of this machine before it."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    async with Sandbox() as running:
        yield running


def address(sandbox: Sandbox, method: str) -> str:
    return f"{sandbox.base_url}{sandbox.token}/{method}"


async def test_calls_one_after_the_other_share_a_connection(sandbox: Sandbox) -> None:
    async with TelegramHTTP(4, ssl.create_default_context()) as web:
        for _ in range(5):
            status, body = await web.do_request(address(sandbox, "getMe"), "POST", RequestData())
            assert (status, b"acces_droits_bot" in body) == (200, True)
        assert web._open is not None
        assert len(web._open._idle) == 1


async def test_a_connection_that_broke_is_not_taken_again(sandbox: Sandbox) -> None:
    async with TelegramHTTP(1, ssl.create_default_context()) as web:
        for _ in range(3):
            sandbox.faults.drop("getMe")
            with pytest.raises(NetworkError):
                await web.do_request(address(sandbox, "getMe"), "POST", RequestData())
            assert (await web.do_request(address(sandbox, "getMe"), "POST", RequestData()))[0] == 200


async def test_no_more_connections_than_allowed_and_the_next_one_waits(sandbox: Sandbox) -> None:
    async with TelegramHTTP(1, ssl.create_default_context()) as web:
        sandbox.faults.hang("getMe")
        first = asyncio.create_task(web.do_request(address(sandbox, "getMe"), "POST", RequestData()))
        await sandbox.world.news.until(lambda: sandbox.calls("getMe"), 5, lambda: "not called")
        with pytest.raises(TimedOut, match="not sent"):
            await web.do_request(address(sandbox, "getMe"), "POST", RequestData(), pool_timeout=0.05)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert (await web.do_request(address(sandbox, "getMe"), "POST", RequestData()))[0] == 200


async def test_an_answer_that_does_not_come_is_a_time_out(sandbox: Sandbox) -> None:
    async with TelegramHTTP(1, ssl.create_default_context()) as web:
        sandbox.faults.hang("getMe")
        with pytest.raises(TimedOut):
            await web.do_request(address(sandbox, "getMe"), "POST", RequestData(), read_timeout=0.05)


async def test_nobody_there_is_a_network_error(sandbox: Sandbox) -> None:
    async with TelegramHTTP(1, ssl.create_default_context()) as web:
        url = address(sandbox, "getMe")
        await sandbox.stop()
        with pytest.raises(NetworkError):
            await web.do_request(url, "POST", RequestData())


async def test_behind_a_proxy_the_usual_client_is_taken(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{sandbox.port}")
    async with TelegramHTTP(1, ssl.create_default_context()) as web:
        status, _ = await web.do_request("http://somewhere.invalid/botX/getMe", "POST", RequestData())
        assert status in {403, 404}  # the proxy, here the sandbox, was asked: the name itself leads nowhere
