"""Secrets that never print themselves, and files that only their owner can read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import assemble
from bot.sandbox import Sandbox
from tests.support.assistant import Assistant, settings_for, unknown

SECRETS = ("trial-token-for-this-machine-only", "clé des essais", "mot-de-passe-du-webhook")


@pytest.fixture
def generous_umask() -> Iterator[None]:
    """What a machine may give to everybody unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("BOT_"):
            monkeypatch.delenv(name)


async def test_no_object_of_the_assembly_prints_a_secret(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        settings = settings_for(sandbox, tmp_path, webhook_secret=SECRETS[2])
        assembly = await assemble(settings, sandbox.token)
        try:
            application, services = assembly.application, assembly.services
            said = [repr(settings), str(settings), settings.model_dump_json(), repr(application), repr(application.bot)]
            said += [str(application.bot), repr(application.updater), repr(assembly), str(assembly)]
            said += [repr(getattr(services, name)) for name in services.__slots__]
        finally:
            await assembly.close()
        for secret in SECRETS:
            assert secret not in "\n".join(said), secret


@pytest.mark.usefixtures("generous_umask")
async def test_every_file_that_is_made_is_its_owners(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        folder = tmp_path / "données"
        assistant = Assistant(sandbox, settings_for(sandbox, folder, secret=None))
        await assistant.start()
        await assistant.marie.writes(unknown())
        await assistant.marie.replies(1, within=20)
        made = list(folder.rglob("*"))  # while it runs: the write-ahead log too
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *made]}
        await assistant.stop()
    assert len(made) >= 4, modes
    assert all(mode & 0o077 == 0 for mode in modes.values()), {name: oct(mode) for name, mode in modes.items()}
