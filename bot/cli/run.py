"""`acces-droits run`: on Telegram with a token, else the trial on this machine or, when asked, the kiosk."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal

from bot import logs
from bot.app.running import run as run_assistant
from bot.cli.kiosk import serve_kiosk
from bot.sandbox.server import Sandbox
from bot.services.memory import stay_small
from bot.settings import Settings, read_settings


def run(_options: argparse.Namespace) -> int:
    settings = read_settings()
    logs.configure(settings.log_level, as_json=settings.log_format == "json")
    stay_small()
    asyncio.run(_run(settings))
    return 0


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    if settings.token is not None:
        await run_assistant(settings, settings.token.get_secret_value(), stop)
        return
    if settings.kiosk:
        await serve_kiosk(settings, stop)
        return
    host, port = settings.trial_host_port
    async with Sandbox(host, port) as sandbox:
        trial = settings.model_copy(
            update={
                "api_url": sandbox.base_url,
                "api_file_url": sandbox.base_file_url,
                "staff_ids": settings.staff_ids or frozenset(sandbox.staff_ids),
                "mediator_ids": settings.mediator_ids or frozenset(sandbox.mediator_ids),
                "staff_chat_id": settings.staff_chat_id or sandbox.staff_ids[0],
            }
        )
        print(f"Essai sans Telegram : ouvrez {sandbox.page_url} (Ctrl+C pour arrêter).", flush=True)
        await run_assistant(trial, sandbox.token, stop)
