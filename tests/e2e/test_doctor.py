"""`acces-droits doctor`: what is broken is said with what to do, and the token never."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.services.checkup.files import check_backups, check_disk
from bot.services.checkup.finding import State
from bot.services.checkup.telegram_side import check_clock
from bot.settings import read_settings
from bot.storage.database import Database
from tests.support.assistant import process_environment

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def doctor(sandbox: Sandbox | None, folder: Path, **settings: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, checks by name (the worst one of a name), and all that was written."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor", "--json", env=process_environment(sandbox, folder, **settings),
        cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await child.communicate()
    assert errors == b"", errors.decode()
    checks: dict[str, Any] = {}
    for one in json.loads(out)["checks"]:
        assert bool(one["advice"]) == (one["state"] != "ok"), one
        if one["name"] not in checks or one["state"] == "problème":
            checks[one["name"]] = one
    assert child.returncode is not None
    return child.returncode, checks, out.decode()


def states(checks: dict[str, Any]) -> dict[str, str]:
    return {name: one["state"] for name, one in checks.items()}


async def test_a_healthy_instance(sandbox: Sandbox, tmp_path: Path) -> None:
    await (await Database.open(tmp_path / "acces-droits.db")).close()
    code, checks, out = await doctor(sandbox, tmp_path)
    found = states(checks)
    assert found.pop("Sauvegardes") == "attention"
    assert found.pop("Disque") in {"ok", "attention"}
    assert found == dict.fromkeys(
        ("Réglages", "Réseau", "Horloge", "Jeton", "Conversation de l'équipe", "Base de données",
         "Droits sur les fichiers", "Base de connaissances", "Publication par l'équipe"), "ok",
    )  # fmt: skip
    assert code == 0
    assert sandbox.token not in out


async def test_everything_broken_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "acces-droits.db").write_text("pas une base " * 100, encoding="utf-8")
    (tmp_path / "acces-droits.db").chmod(0o644)
    (tmp_path / ".env").write_text("BOT_STAFF_IDS=un\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    token = "999999:unknown-bot-of-somebody-else-xyz"
    code, checks, out = await doctor(
        sandbox, tmp_path, BOT_TOKEN=token, BOT_STAFF_IDS="un", BOT_LOG_LEVEL="fort", BOT_KNOWLEDGE="nulle-part"
    )
    found = states(checks)
    for name in ("Réglages", "Jeton", "Base de données", "Droits sur les fichiers", "Base de connaissances"):
        assert found[name] == "problème", name
    assert out.count("BOT_STAFF_IDS") + out.count("BOT_LOG_LEVEL") == 2
    assert "acces-droits.db (0644)" in out
    assert ".env (0644)" in out
    assert code == 1
    assert token not in out


async def test_telegram_out_of_reach_and_a_staff_chat_that_is_none(sandbox: Sandbox, tmp_path: Path) -> None:
    code, checks, out = await doctor(sandbox, tmp_path, BOT_API_URL="http://127.0.0.1:1/bot")
    assert (code, checks["Réseau"]["state"]) == (1, "problème")
    assert "Jeton" not in checks
    assert sandbox.token not in out
    code, checks, _ = await doctor(sandbox, tmp_path, BOT_STAFF_CHAT_ID="424242424242")
    assert (code, checks["Conversation de l'équipe"]["state"]) == (1, "problème")
    sandbox.faults.bad_gateway("getMe")
    code, checks, _ = await doctor(sandbox, tmp_path)
    assert (code, checks["Réseau"]["state"]) == (1, "problème")
    code, checks, _ = await doctor(sandbox, tmp_path, BOT_WEBHOOK_URL="https://exemple.fr/crochet")
    assert (code, checks["Webhook"]["state"]) == (0, "attention")


async def test_a_newer_and_an_older_database(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "acces-droits.db"
    for schema, state in ((999, "problème"), (1, "attention")):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {schema}")
        path.chmod(0o600)
        before = path.read_bytes()
        _, checks, _ = await doctor(sandbox, tmp_path)
        assert checks["Base de données"]["state"] == state
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("drift", "state"), [(0, State.FINE), (60, State.WARNING), (-60, State.WARNING), (7200, State.PROBLEM)]
)
def test_the_clock_is_compared(drift: int, state: State) -> None:
    assert check_clock("Sun, 22 Nov 2026 09:30:00 GMT", NOW + timedelta(seconds=drift)).state is state


@pytest.mark.parametrize("told", [None, "", "hier", "22/11/2026"])
def test_a_date_that_nobody_can_read(told: str | None) -> None:
    assert check_clock(told, NOW).state is State.WARNING


def test_backups_grow_old(tmp_path: Path) -> None:
    settings = read_settings(_env_file=None, database=tmp_path / "b.db", backup_folder=tmp_path)
    assert check_backups(settings, NOW).state is State.WARNING
    (tmp_path / "acces-droits-20261121-041000.db").touch()
    assert check_backups(settings, NOW).state is State.FINE
    assert check_backups(settings, NOW + timedelta(days=3)).state is State.WARNING


@pytest.mark.parametrize(("free", "state"), [(1 << 20, State.PROBLEM), (1 << 29, State.WARNING), (1 << 40, State.FINE)])
def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    class Usage:
        pass

    Usage.free = free  # type: ignore[attr-defined]
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    settings = read_settings(_env_file=None, database=tmp_path / "pas" / "encore" / "b.db")
    assert check_disk(settings).state is state
