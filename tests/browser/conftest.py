"""The assistant with the shipped knowledge behind a kiosk, and a real browser before it."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.cli.kiosk import kiosk_of, kiosk_settings
from bot.sandbox import Sandbox
from bot.sandbox.kiosk import Kiosk
from tests.support.assistant import (
    ROOT,
    Assistant,
    bases_read_once,
    no_settings_of_this_machine,
    read_once,
    settings_for,
)
from tests.support.browser import CHROMIUM, chromium

__all__ = ["bases_read_once", "no_settings_of_this_machine"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped, and say why."""
    if CHROMIUM is None:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium"))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(staff_ids=(), mediator_ids=(), for_kiosk=True) as running:
        yield running


@pytest.fixture
async def kiosk(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Kiosk]:
    """A kiosk with the assistant behind it."""
    # Read once for all tests, beforehand: the shipped base takes longer than a start is waited for, on a busy machine.
    await read_once(ROOT / "knowledge")
    settings = settings_for(sandbox, tmp_path, token=None, kiosk=True, knowledge=ROOT / "knowledge")
    assistant = Assistant(sandbox, kiosk_settings(settings, sandbox))
    kiosk = Kiosk(sandbox.world, sandbox.cast, "127.0.0.1")
    assistant.beside = kiosk_of(kiosk)
    sandbox.world.journal.calls = deque()  # kept after all: a start is waited for by its calls
    try:
        await assistant.start()
        yield kiosk
    finally:
        await assistant.stop()
