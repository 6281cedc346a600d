"""Webhook mode, with the real process: guarded, at least once, and drained at the end."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.webhook import SECRET_HEADER
from tests.support.assistant import PATIENCE, Process, answer, assistant_process, locked, say, unknown

pytestmark = pytest.mark.slow
SECRET = "mot_de_passe-42"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


@asynccontextmanager
async def pushed(sandbox: Sandbox, folder: Path, port: int, **others: str) -> AsyncIterator[Process]:
    """The process with Telegram pushing to it."""
    sandbox.world.webhook.first_pause = 0.05
    address = f"127.0.0.1:{port}"
    settings = {"BOT_WEBHOOK_URL": f"http://{address}/crochet", "BOT_WEBHOOK_LISTEN": address,
                "BOT_WEBHOOK_SECRET": SECRET}  # fmt: skip
    async with assistant_process(sandbox, folder, **(settings | others)) as process:
        yield process


async def test_only_telegram_is_listened_to(sandbox: Sandbox, tmp_path: Path) -> None:
    port, marie = free_port(), sandbox.person("Marie")
    async with pushed(sandbox, tmp_path, port) as process:
        await process.says("ready")
        await marie.writes(answer())
        assert (await marie.reply(within=PATIENCE)).text.startswith("Demander le RSA")
        before = len(marie.screen)
        update = json.dumps({"update_id": 999_999_999})
        good = {SECRET_HEADER: SECRET}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE) as knock:
            for headers in ({}, {SECRET_HEADER: "faux"}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET + "x"}):
                assert (await knock.post("/crochet", content=update, headers=headers)).status_code == 403
            for body in ("", "[", "[]", "1", "{}", '{"update_id": "1"}', '{"update_id": true}', "[" * 200_000):
                assert (await knock.post("/crochet", content=body, headers=good)).status_code == 400, body[:20]
            for path in ("/", "/crochet/x", "/metrics"):
                assert (await knock.post(path, content=update, headers=good)).status_code == 404
            for method in ("GET", "PUT", "DELETE", "HEAD"):
                assert (await knock.request(method, "/crochet", headers=good)).status_code == 405
            broken = json.dumps({"update_id": 999_999_998, "message": {"chat": 1}})
            assert (await knock.post("/crochet", content=broken, headers=good)).status_code == 200
            with pytest.raises(httpx.HTTPError):
                (await knock.post("/crochet", content=b" " * (2 << 20), headers=good)).raise_for_status()
            assert (await knock.post("/crochet", content=update, headers=good)).status_code == 200
        assert len(marie.screen) == before
        process.terminate()
        code, errors = await process.ends()
    assert (code, "Traceback" in errors) == (0, False), errors
    assert SECRET not in errors
    assert sandbox.token not in errors


async def test_sigterm_finishes_what_was_taken(sandbox: Sandbox, tmp_path: Path) -> None:
    marie = sandbox.person("Marie")
    async with pushed(sandbox, tmp_path, free_port()) as process:
        await process.says("ready")
        with locked(tmp_path / "acces-droits.db"):  # so that the answer is under way for a while
            await marie.writes(unknown())
            await sandbox.wait_for_call("sendChatAction", within=PATIENCE)
            assert sandbox.world.webhook.information["pending_update_count"] == 1  # not acknowledged before its answer
            process.terminate()
        code, errors = await process.ends()
    assert (code, "Traceback" in errors, "Warning" in errors) == (0, False, False), errors
    assert say("inconnu_suite") in marie.screen
    assert sandbox.world.webhook.information["pending_update_count"] == 0
    with closing(sqlite3.connect(tmp_path / "acces-droits.db")) as connection:
        assert connection.execute("SELECT text FROM needs").fetchall() == [(unknown(),)]


async def test_what_a_killed_process_had_taken_is_pushed_again_and_answered_once(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    marie, port = sandbox.person("Marie"), free_port()
    async with pushed(sandbox, tmp_path, port) as process:
        await process.says("ready")
        with locked(tmp_path / "acces-droits.db"):
            await marie.writes(unknown())
            await sandbox.wait_for_call("sendChatAction", within=PATIENCE)
            await process.kill()
    async with pushed(sandbox, tmp_path, port) as process:
        await process.says("ready")
        await marie.sees(say("inconnu_suite"), within=PATIENCE)
        await marie.writes(answer())
        await marie.sees("Demander le RSA", within=PATIENCE)
        assert marie.screen.count(say("inconnu_suite")) == 1
        process.terminate()
        assert (await process.ends())[0] == 0


async def test_what_telegram_takes_no_reply_for_is_pushed_again(sandbox: Sandbox, tmp_path: Path) -> None:
    marie, karim = sandbox.person("Marie"), sandbox.person("Karim")
    async with pushed(sandbox, tmp_path, free_port()) as process:
        await process.says("ready")
        sandbox.faults.server_error("sendMessage", times=3)
        await marie.writes(unknown())
        await marie.sees(say("inconnu_suite"), within=PATIENCE)
        await karim.writes(answer())
        await karim.sees("Demander le RSA", within=PATIENCE)
        assert "503" in sandbox.world.webhook.last_error
        assert marie.screen.count(say("inconnu_suite")) == 1
        process.terminate()
        assert (await process.ends())[0] == 0
    with closing(sqlite3.connect(tmp_path / "acces-droits.db")) as connection:
        assert connection.execute("SELECT text FROM needs").fetchall() == [(unknown(),)]


async def test_an_address_that_telegram_refuses_or_that_is_taken(sandbox: Sandbox, tmp_path: Path) -> None:
    async with pushed(sandbox, tmp_path, free_port(), BOT_WEBHOOK_URL="https://exemple.fr/crochet") as process:
        code, errors = await process.ends()
    assert (code, len(errors.strip().splitlines())) == (2, 1), errors
    assert "BOT_WEBHOOK_URL" in errors
    async with pushed(sandbox, tmp_path, sandbox.port) as process:
        code, errors = await process.ends()
    assert (code, len(errors.strip().splitlines())) == (2, 1), errors
    assert "BOT_WEBHOOK_LISTEN" in errors
