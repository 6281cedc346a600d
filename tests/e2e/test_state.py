"""Seeing inside: /etat for staff, /health, /ready and /metrics for machines, errors told once, logs as JSON."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from telegram import Bot

from bot.app import assemble
from bot.app.running import schedule_backup
from bot.app.staff_chat import StaffChat
from bot.sandbox import Sandbox
from bot.services.backups.folder import backups_in
from bot.services.backups.making import make_in_folder
from bot.storage.backup_file import check_backup
from tests.e2e.test_webhook import free_port
from tests.support.assistant import (
    PATIENCE,
    Assistant,
    MovableClock,
    answer,
    assistant_process,
    choice,
    danger_and_answer,
    process_environment,
    say,
    settings_for,
    unknown,
)
from tests.support.sandbox_bot import direct_request


async def state_of(assistant: Assistant) -> str:
    """What /etat says."""
    await assistant.staff.writes("/etat")
    return (await assistant.staff.reply()).text


async def test_staff_see_how_it_stands(assistant: Assistant) -> None:
    for number, text in enumerate((answer(), choice(), unknown(), unknown(), danger_and_answer())):
        await assistant.settled(await assistant.sandbox.person(f"Personne {number}").writes(text))
    told = await state_of(assistant)
    assert told.startswith(say("etat_titre"))
    assert say("etat_bien") in told
    assert say("etat_jour", reponses=1, choix=1, inconnus=2, danger=1) in told
    assert say("etat_depuis", date="22 novembre 2026, 10 h 30", nombre=5) in told
    assert say("etat_attente", nombre=1) in told  # the question itself
    assert say("etat_sauvegarde_aucune") in told
    assert "{" not in told


async def test_troubles_come_first(sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path) -> None:
    folder = tmp_path / "s"
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy, backup_folder=folder))
    await assistant.start()
    try:
        assert say("etat_sauvegarde_attendue") in await state_of(assistant)
        make_in_folder(assistant.settings.database, knowledge_copy, b"x", folder, assistant.clock(), 3)
        (knowledge_copy / "sujets" / "aides" / "rsa.yaml").write_text("id: [", encoding="utf-8")
        await assistant.staff.sees(say("equipe_base_cassee"), within=PATIENCE)
        sandbox.faults.refuse("sendMessage", 400, "Bad Request: no")
        await assistant.marie.writes(answer())
        await assistant.marie.reply()
        await assistant.staff.sees("BadRequest", within=PATIENCE)
        await assistant.staff.writes("/etat")
        await assistant.staff.sees(say("etat_titre") + "\n\n• ", within=PATIENCE)
        await sandbox.wait_until_quiet()
        told = assistant.staff.last.text
        assert say("etat_fiches_panne", nombre=1) in told
        assert say("etat_erreurs", nombre=1, sortes="BadRequest 1") in told
        assert say("etat_telegram", nombre=1, sortes="BadRequest 1") in told
        assert say("etat_sauvegarde", date="22 novembre 2026, 10 h 30") in told
        assert say("etat_bien") not in told
    finally:
        await assistant.stop()


async def test_an_error_that_comes_again_is_told_once(assistant: Assistant) -> None:
    staff = assistant.staff
    for number in range(5):
        assistant.sandbox.faults.refuse("sendMessage", 400, "Bad Request: mots d'une personne")
        person = assistant.sandbox.person(f"Personne {number}")
        await assistant.settled(await person.writes(answer()))
        assert say("erreur") in person.screen
    await staff.sees("BadRequest", within=PATIENCE)
    await assistant.sandbox.wait_until_quiet()
    assert staff.screen.count("BadRequest") == 1
    assert "handlers/" in staff.screen
    assert "mots d'une personne" not in staff.screen


async def test_what_staff_must_hear_waits_for_telegram(assistant: Assistant, tmp_path: Path) -> None:
    sandbox, told = assistant.sandbox, len(assistant.staff.screen)
    async with Bot(sandbox.token, base_url=sandbox.base_url, request=direct_request()) as bot:
        chat = StaffChat(bot, sandbox.staff_ids[0])
        sandbox.faults.bad_gateway("sendMessage", times=2)
        await chat.send("première panne")
        await chat.send("deuxième panne")  # behind the first
        await chat.send_kept()
        assert len(assistant.staff.screen) == told
        await chat.send_kept()
        await chat.send_kept()
        sandbox.faults.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        await chat.send("pour personne")
        await chat.send_kept()
    shown = assistant.staff.screen
    assert shown.count("première panne") == shown.count("deuxième panne") == 1
    assert shown.index("première panne") < shown.index("deuxième panne")
    assert "pour personne" not in shown


async def test_the_backup_of_the_night(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(sandbox, tmp_path, backup_folder=tmp_path / "s")
    assembly = await assemble(settings, sandbox.token, clock=MovableClock())
    try:
        await assembly.services.knowledge.load()
        schedule_backup(assembly.application, settings)
        queue = assembly.application.job_queue
        assert queue is not None
        [job] = queue.get_jobs_by_name("backup")
        for _ in range(2):
            await job.run(assembly.application)
        [made] = backups_in(tmp_path / "s")
        assert check_backup(made)
    finally:
        await assembly.close()


async def test_the_running_process_is_backed_up_and_nothing_is_put_under_it(sandbox: Sandbox, tmp_path: Path) -> None:
    marie = sandbox.person("Marie")

    async def command(*arguments: str) -> tuple[int | None, str]:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, env=process_environment(sandbox, tmp_path), cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        out, _ = await child.communicate()
        return child.returncode, out.decode()

    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("ready: ")
        await marie.writes(unknown())
        await marie.sees(say("inconnu_suite"), within=PATIENCE)
        assert (await command("backup", "b.db"))[0] == 0
        for arguments in (("restore", "b.db"), ("run",)):
            code, said = await command(*arguments)
            assert (code, len(said.splitlines())) == (2, 1), said
            assert "est déjà utilisée" in said
        await process.kill()
    with closing(sqlite3.connect(tmp_path / "b.db")) as connection:
        assert connection.execute("SELECT text FROM needs").fetchall() == [(unknown(),)]
    code, said = await command("restore", "b.db")  # after a kill too: the system has dropped the lock
    assert code == 0, said


async def test_the_port_for_machines(sandbox: Sandbox, tmp_path: Path) -> None:
    port, marie = free_port(), sandbox.person("Marie")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        manager.settimeout(PATIENCE)
        sandbox.faults.bad_gateway("getMe", times=1)
        async with (
            assistant_process(
                sandbox, tmp_path, BOT_HEALTH_ADDRESS=f"127.0.0.1:{port}", BOT_LOG_FORMAT="json",
                NOTIFY_SOCKET=str(tmp_path / "n"), BOT_LOG_LEVEL="DEBUG",
            ) as process,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE) as machine,
        ):  # fmt: skip
            await process.says("cannot be reached")
            early = await machine.get("/ready")
            assert early.status_code == 503
            assert "telegram" in early.json()["reasons"]
            assert (await machine.get("/health")).text == "ok\n"  # Telegram's trouble is no reason to start it anew
            await process.says("ready: ")
            assert manager.recv(1000).startswith(b"READY=1\n")
            ready = await machine.get("/ready")
            assert (ready.status_code, ready.json()) == (200, {"ready": True, "reasons": []})
            await marie.writes(unknown())
            await marie.sees(say("inconnu_suite"), within=PATIENCE)
            await sandbox.wait_until_quiet()
            metrics = await machine.get("/metrics")
            assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            lines = metrics.text.splitlines()
            assert 'acces_droits_messages_total{outcome="unknown"} 1.0' in lines
            assert 'acces_droits_update_seconds_bucket{le="+Inf"} 1.0' in lines
            assert "acces_droits_knowledge_problems 0.0" in lines
            assert any(line.startswith("acces_droits_memory_bytes ") for line in lines)
            assert unknown() not in metrics.text
            assert (await machine.get("/")).status_code == 404
            assert (await machine.post("/health")).status_code == 405
            process.terminate()
            code, errors = await process.ends()
            assert manager.recv(1000) == b"STOPPING=1"
    assert code == 0, errors
    records = [json.loads(line) for line in errors.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(records[0])
    assert sandbox.token not in errors
    assert unknown() not in errors


@pytest.mark.parametrize("address", ["0.0.0.0:9100", "192.168.1.7:9100", "9100"])
async def test_machines_elsewhere_never_get_in(sandbox: Sandbox, tmp_path: Path, address: str) -> None:
    async with assistant_process(sandbox, tmp_path, BOT_HEALTH_ADDRESS=address) as process:
        code, errors = await process.ends()
    assert (code, len(errors.strip().splitlines())) == (2, 1)
    assert "BOT_HEALTH_ADDRESS" in errors
