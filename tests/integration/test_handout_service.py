"""Cards printed by a child: kept, two at once, and a child that fails or hangs costs nobody anything but the card."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.handout import PaperSize
from bot.services.handouts import HandoutError, HandoutService, service
from tests.unit.test_handouts import card

_COUNTING = """
import sys, pathlib
folder = pathlib.Path(sys.argv[1])
sys.stdin.read()
mine = folder / str(len(list(folder.iterdir())))
mine.touch()
sys.stdout.write("%PDF-1.4 " + mine.name)
"""


def child(monkeypatch: pytest.MonkeyPatch, source: str, *arguments: str) -> None:
    monkeypatch.setattr(service, "COMMAND", (sys.executable, "-c", source, *arguments))


async def test_a_card_is_printed_by_the_child() -> None:
    pdf = await HandoutService().pdf(card("carte-vitale", PaperSize.A4))
    assert pdf.startswith(b"%PDF-")


async def test_the_same_card_is_printed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child(monkeypatch, _COUNTING, str(tmp_path))
    printer, handout = HandoutService(), card("rsa", PaperSize.A4)
    first = await printer.pdf(handout)
    assert await printer.pdf(handout) == first
    assert await printer.pdf(replace(handout, title="Autre")) != first
    assert await printer.pdf(replace(handout, title="Encore")) == b"%PDF-1.4 2"  # the third child, not a fourth


async def test_no_more_is_kept_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    child(monkeypatch, "import sys; sys.stdin.read(); sys.stdout.write('%PDF-' + 'x' * 400_000)")
    printer, handout = HandoutService(), card("rsa", PaperSize.A4)
    for number in range(9):
        await printer.pdf(replace(handout, title=str(number)))
    assert sum(map(len, printer._kept.values())) <= service._KEPT_BYTES


async def test_two_at_once_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    printer, handout = HandoutService(), card("rsa", PaperSize.A4)
    inside, most = 0, 0

    async def slow(text: str) -> bytes:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        for _ in range(5):
            await asyncio.sleep(0)
        inside -= 1
        return b"%PDF-"

    monkeypatch.setattr(printer, "_print", slow)
    await asyncio.gather(*(printer.pdf(replace(handout, title=str(number))) for number in range(7)))
    assert most == service.AT_ONCE


@pytest.mark.parametrize(
    "source",
    ["raise SystemExit(3)", "print('no PDF')", "import os; os.kill(os.getpid(), 9)", "import sys; sys.stdin.close()"],
)
async def test_a_child_that_fails_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    child(monkeypatch, source)
    with pytest.raises(HandoutError):
        await HandoutService().pdf(card("rsa", PaperSize.A4))


async def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    child(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(service, "PATIENCE_SECONDS", 0.3)
    printer = HandoutService()
    with pytest.raises(HandoutError):
        await printer.pdf(card("rsa", PaperSize.A4))
    monkeypatch.undo()
    assert (await printer.pdf(card("rsa", PaperSize.A4))).startswith(b"%PDF-")  # the next one is served


def test_the_assistant_never_loads_what_draws() -> None:
    import subprocess  # noqa: PLC0415

    source = (
        "import sys, bot.app, handlers, handlers.handouts\n"
        "sys.exit(any(name in sys.modules for name in ('fpdf', 'segno', 'PIL', 'fontTools')))"
    )
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0
