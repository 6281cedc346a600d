"""The program from outside: how it starts, refuses to start, and ends."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.support.assistant import PATIENCE, Assistant, answer, assistant_process, locked, say, settings_for, unknown

pytestmark = pytest.mark.slow


async def refused(sandbox: Sandbox | None, folder: Path, **settings: str) -> list[str]:
    """The lines of a start that is refused, with exit code 2."""
    async with assistant_process(sandbox, folder, **settings) as process:
        code, errors = await process.ends()
    assert code == 2, errors
    assert "Traceback" not in errors
    return errors.strip().splitlines()


async def test_a_token_that_telegram_refuses(sandbox: Sandbox, tmp_path: Path) -> None:
    for token in ("1000001:another-token-of-the-same-bot-here", "999999:unknown-bot-of-somebody-else-xyz"):
        [line] = await refused(sandbox, tmp_path, BOT_TOKEN=token)
        assert "BOT_TOKEN" in line
        assert token not in line


async def test_a_database_path_that_cannot_be_written(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "notes.db").write_text("pas une base de données " * 50, encoding="utf-8")
    for path in ("/proc/nowhere/acces.db", "file/acces.db", "folder.db", "notes.db"):
        [line] = await refused(sandbox, tmp_path, BOT_DATABASE=path)
        assert path in line


async def test_a_database_of_a_newer_version(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    [line] = await refused(sandbox, tmp_path, BOT_DATABASE=str(path))
    assert "plus récente" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret-en-clair"), ("BOT_STAFF_IDS", "1,deux"), ("BOT_STAFF_CHAT_ID", "équipe"),
        ("BOT_LOG_LEVEL", "bavard"), ("BOT_TRIAL_ADDRESS", "0.0.0.0:80"), ("BOT_WEBHOOK_LISTEN", "192.168.1.7:80"),
    ],
)  # fmt: skip
async def test_a_setting_that_cannot_be_used(tmp_path: Path, name: str, value: str) -> None:
    [line] = await refused(None, tmp_path, **{name: value})
    assert name in line
    assert value not in line.replace(name, "")


async def test_a_broken_knowledge_base_is_refused_with_every_line(
    sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path
) -> None:
    topics = knowledge_copy / "sujets" / "aides"
    (topics / "rsa.yaml").write_text("id: [", encoding="utf-8")
    text = (topics / "microcredit.yaml").read_text(encoding="utf-8")
    (topics / "microcredit.yaml").write_text(text.replace("titre: ", "titr: "), encoding="utf-8")
    await sandbox.person("Marie").writes(answer())  # a message that waits must not hold up the refusal
    lines = await refused(sandbox, tmp_path, BOT_KNOWLEDGE=str(knowledge_copy))
    assert any("sujets/aides/rsa.yaml:" in line for line in lines)
    assert any("sujets/aides/microcredit.yaml:2:" in line for line in lines)
    lines = await refused(sandbox, tmp_path, BOT_KNOWLEDGE=str(tmp_path / "nowhere"))
    assert any("ce dossier n'existe pas" in line for line in lines)
    async with assistant_process(sandbox, tmp_path) as process:  # and the message is still there
        await process.says("ready")
        assert (await sandbox.person("Marie").reply(within=PATIENCE)).text.startswith("Demander le RSA")


async def test_the_same_broken_base_inside_one_process(sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path) -> None:
    (knowledge_copy / "themes.yaml").unlink()
    await sandbox.person("Marie").writes(answer())
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy))
    with pytest.raises(Exception, match=r"themes\.yaml"):
        await asyncio.wait_for(assistant.start(), PATIENCE)


async def test_sigterm_finishes_what_was_taken_and_exits_zero(sandbox: Sandbox, tmp_path: Path) -> None:
    marie = sandbox.person("Marie")
    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("ready")
        with locked(tmp_path / "acces-droits.db"):  # so that the answer is under way for a while
            await marie.writes(unknown())
            await sandbox.wait_for_call("sendChatAction", within=PATIENCE)
            process.terminate()
        code, errors = await process.ends()
    assert code == 0, errors
    assert "Traceback" not in errors
    assert "Warning" not in errors
    assert say("inconnu_suite") in marie.screen
    with closing(sqlite3.connect(tmp_path / "acces-droits.db")) as connection:
        assert connection.execute("SELECT text FROM needs").fetchall() == [(unknown(),)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_sigterm_while_idle_and_before_telegram_is_reached(sandbox: Sandbox, tmp_path: Path) -> None:
    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("ready")
        process.terminate()
        code, errors = await process.ends()
        assert (code, "Traceback" in errors) == (0, False), errors
    sandbox.faults.bad_gateway("getMe", times=1000)
    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("cannot be reached")
        process.terminate()
        code, errors = await process.ends()
        assert (code, "Traceback" in errors) == (0, False), errors


async def test_neither_the_token_nor_a_message_is_logged(sandbox: Sandbox, tmp_path: Path) -> None:
    marie = sandbox.person("Marie")
    async with assistant_process(sandbox, tmp_path, BOT_LOG_LEVEL="DEBUG") as process:
        await process.says("ready")
        sandbox.faults.refuse("sendMessage", 400, "Bad Request: no")
        await marie.writes(unknown())
        await marie.reply()
        process.terminate()
        _, errors = await process.ends()
    assert sandbox.token not in errors
    assert sandbox.token.partition(":")[2] not in errors
    assert unknown() not in errors
    assert "Marie" not in errors


async def test_without_a_token_the_trial_prints_its_address_and_answers(tmp_path: Path) -> None:
    async with assistant_process(None, tmp_path, BOT_TRIAL_ADDRESS="127.0.0.1:0") as process:
        line = await process.prints()
        assert "Essai sans Telegram" in line
        [url] = [word for word in line.split() if word.startswith("http://127.0.0.1:")]
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
            page = await browser.get(url)
        assert page.status_code == 200
        assert "<html" in page.text
        await process.says("ready")
        process.terminate()
        code, errors = await process.ends()
    assert (code, "Traceback" in errors) == (0, False), errors


async def test_an_address_that_is_taken_is_one_line(sandbox: Sandbox, tmp_path: Path) -> None:
    [line] = await refused(None, tmp_path, BOT_TRIAL_ADDRESS=f"127.0.0.1:{sandbox.port}")
    assert str(sandbox.port) in line


async def test_an_unknown_command_is_one_line(tmp_path: Path) -> None:
    inner = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "courir", stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    _, errors = await asyncio.wait_for(inner.communicate(), PATIENCE)
    assert inner.returncode == 2
    assert len(errors.decode().strip().splitlines()) == 1
