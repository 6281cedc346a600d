"""How many people the assistant serves, what it costs beside a bare echo bot, and where it bends.

    make load                                               # growing rates, then the echo bot at the same rates
    python -m tests.benchmarks.load [--seconds 10] [--rates 10,30,60]
    python -m tests.benchmarks.load --soak 60               # thirty messages a second for an hour

The real process (`python -m bot run`, the shipped base, an empty database) talks over HTTP to the local Bot API, which
runs in this process together with everybody who writes: words of all registers, buttons, voice, commands, inline
searches. The load is open: people write at their rate whether or not the bot keeps up, and a wait counts from the
moment at which the message was due. Processor time is beside every wall time, since other work shares the machine.
Telegram itself takes thirty messages a second from a bot: `BOT_SENDS_PER_SECOND=0` lifts that limit here.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from bot.sandbox import Sandbox
from tests.benchmarks.latency import processor_seconds, resident
from tests.benchmarks.load_people import Crowd, Stage
from tests.benchmarks.measures import print_table

RATES = (10.0, 30.0, 60.0, 100.0, 150.0, 200.0, 250.0, 300.0)
SECONDS = 10.0
SOAK_RATE = 30.0
_SOAK_SLICE = 60.0
_PEOPLE = 3000  # nobody writes more than twenty messages a minute
_BENDS_MS = 1000.0  # where p99 passes this, more is asked than is answered
_PATIENCE = 60.0
_ROOT = Path(__file__).parents[2]
_HEAD = ("bot", "asked/s", "answered/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "of it here", "MB", "lost", "doubled")


def town() -> Sandbox:
    """A Telegram with room for everybody, which remembers their last messages only."""
    return Sandbox(most_rooms=2 * _PEOPLE, most_messages=6)


@asynccontextmanager
async def running(module: str, sandbox: Sandbox, folder: Path) -> AsyncIterator[int]:
    """A bot as a process of its own; gives its number."""
    clean = {n: v for n, v in os.environ.items() if not n.lower().endswith("_proxy") and not n.startswith("BOT_")}
    clean |= {
        "PYTHONPATH": str(_ROOT),
        "BOT_TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.base_url,
        "BOT_API_FILE_URL": sandbox.base_file_url,
        "BOT_DATABASE": str(folder / "acces-droits.db"),
        "BOT_LOG_LEVEL": "WARNING",
        "BOT_SENDS_PER_SECOND": "0",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, env=clean, cwd=folder)
    try:
        yield process.pid
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), _PATIENCE)


async def measured(name: str, crowd: Crowd, pid: int, rate: float, seconds: float) -> tuple[Stage, list[str]]:
    """One rate: the stage and its row."""
    used, here = processor_seconds(pid), time.process_time()
    stage = await crowd.write(rate, seconds)
    used, here = processor_seconds(pid) - used, time.process_time() - here
    quantiles = [1000 * float(np.quantile(stage.waits or [0.0], share)) for share in (0.5, 0.95, 0.99)]
    done = max(len(stage.waits), 1)
    row = [
        name, f"{stage.rate:.0f}{' (late)' if stage.late else ''}", f"{len(stage.waits) / stage.seconds:.0f}",
        *(f"{quantile:.1f}" for quantile in quantiles), f"{1000 * used / done:.1f}", f"{1000 * here / done:.1f}",
        f"{resident(pid):.0f}", str(stage.lost), str(stage.doubled),
    ]  # fmt: skip
    return stage, row


async def growing(name: str, module: str, rates: list[float], seconds: float) -> tuple[list[list[str]], str]:
    """Rates one after the other, until the bot no longer keeps up."""
    rows, bend = [], f"{name}: not reached at {rates[-1]:.0f} a second"
    with tempfile.TemporaryDirectory() as folder:
        async with town() as sandbox, running(module, sandbox, Path(folder)) as pid:
            crowd = Crowd(sandbox, _PEOPLE)
            await crowd.write(20, 5, _PATIENCE)  # the base is read, caches are warm
            for rate in rates:
                stage, row = await measured(name, crowd, pid, rate, seconds)
                rows.append(row)
                print("\t".join(row), file=sys.stderr, flush=True)
                if stage.lost or 1000 * float(np.quantile(stage.waits or [0.0], 0.99)) > _BENDS_MS:
                    bend = f"{name}: {rate:.0f} a second asked, {len(stage.waits) / stage.seconds:.0f} answered"
                    break
    return rows, bend


async def soak(minutes: float) -> None:
    """Thirty messages a second for long; a row each minute."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        async with town() as sandbox, running("bot", sandbox, Path(folder)) as pid:
            crowd = Crowd(sandbox, _PEOPLE)
            await crowd.write(20, 5, _PATIENCE)
            end = time.monotonic() + 60 * minutes
            while time.monotonic() < end:
                left = min(_SOAK_SLICE, end - time.monotonic())
                _, row = await measured("assistant", crowd, pid, SOAK_RATE, max(left, 1))
                rows.append(row)
                print("\t".join(row), file=sys.stderr, flush=True)
    print_table(_HEAD, rows)


async def main(options: argparse.Namespace) -> None:
    """Measure and print."""
    if options.soak:
        await soak(options.soak)
        return
    rates = [float(rate) for rate in options.rates.split(",")]
    load = os.getloadavg()[0]
    rows, bends = [], []
    for name, module in (("assistant", "bot"), ("echo", "tests.benchmarks.echo_bot")):
        if options.only in (None, name):
            found, bend = await growing(name, module, rates, options.seconds)
            rows += found
            bends.append(bend)
    print(f"{os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after")
    print_table(_HEAD, rows)
    print("where it bends:", "; ".join(bends))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Load on the assistant, beside a bare echo bot.")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each rate is held")
    parser.add_argument("--rates", default=",".join(f"{rate:.0f}" for rate in RATES))
    parser.add_argument("--only", choices=("assistant", "echo"))
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    asyncio.run(main(parser.parse_args()))
