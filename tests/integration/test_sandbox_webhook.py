"""Updates pushed to a webhook: in order, with the secret, again after a failure."""

from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, MessageHandler, filters
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from bot.sandbox import Sandbox
from bot.sandbox.webhook import SECRET_HEADER
from tests.support.sandbox_bot import bot_of, direct_request


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        running.world.webhook.first_pause = 0.001
        yield running


async def test_an_application_is_pushed_to(sandbox: Sandbox) -> None:
    async def echo(update: Update, _: object) -> None:
        assert update.message is not None
        await update.message.reply_text(f"Reçu : {update.message.text}")

    builder = Application.builder().token(sandbox.token).base_url(sandbox.base_url)
    application = builder.request(direct_request()).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    [probe] = bind_sockets(0, "127.0.0.1")
    port = probe.getsockname()[1]
    probe.close()
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_webhook(
            "127.0.0.1",
            port,
            "/crochet",
            webhook_url=f"http://127.0.0.1:{port}/crochet",
            secret_token="mot-de-passe",
        )
        marie = sandbox.person("Marie")
        await marie.writes("un")
        await marie.writes("deux")
        assert [b.text for b in await marie.replies(2)] == ["Reçu : un", "Reçu : deux"]
        await application.updater.stop()
        await application.stop()


async def test_failures_are_tried_again_in_order(sandbox: Sandbox) -> None:
    answers = [500, 404, 200, 200]
    got: list[tuple[str | None, bytes]] = []

    def receive(request: HTTPServerRequest) -> None:
        got.append((request.headers.get(SECRET_HEADER), request.body))
        status = answers.pop(0)
        assert request.connection is not None
        request.connection.write_headers(
            ResponseStartLine("HTTP/1.1", status, "x"), HTTPHeaders({"Content-Length": "0"}), b""
        )
        request.connection.finish()

    [socket] = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(receive)
    server.add_sockets([socket])
    async with bot_of(sandbox) as bot:
        await bot.set_webhook(f"http://127.0.0.1:{socket.getsockname()[1]}/", secret_token="abc")
        with pytest.raises(TelegramError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        marie = sandbox.person("Marie")
        first, second = await marie.writes("un"), await marie.writes("deux")
        await sandbox.wait_until_taken()
        info = await bot.get_webhook_info()
        assert (info.pending_update_count, info.last_error_message) == (
            0,
            "Wrong response from the webhook: 404 x",
        )
        await bot.delete_webhook()
    assert {secret for secret, _ in got} == {"abc"}
    numbers = [str(u["update_id"]).encode() for u in (first, first, first, second)]
    assert all(number in body for number, (_, body) in zip(numbers, got, strict=True))
    server.stop()
    await server.close_all_connections()


@pytest.mark.parametrize("url", ["https://exemple.fr/x", "http://10.0.0.1/", "ftp://127.0.0.1/"])
async def test_only_this_machine_is_pushed_to(sandbox: Sandbox, url: str) -> None:
    async with bot_of(sandbox) as bot:
        with pytest.raises(BadRequest, match=r"(?i)bad webhook"):
            await bot.set_webhook(url)
