"""The kiosk of `acces-droits run`: residents alone on the town's network, the Bot API on a loopback port."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.app.running import run as run_assistant
from bot.context import Services
from bot.sandbox.kiosk import Kiosk
from bot.sandbox.server import Sandbox
from bot.settings import Settings


async def serve_kiosk(settings: Settings, stop: asyncio.Event) -> None:
    """Until `stop`; raises AccesDroitsError when it cannot start."""
    token = f"1000001:{secrets.token_urlsafe(32)}"  # nobody else on this machine may speak for the assistant
    async with Sandbox(token=token, staff_ids=(), mediator_ids=(), for_kiosk=True) as sandbox:
        host, port = settings.trial_host_port
        beside = kiosk_of(Kiosk(sandbox.world, sandbox.cast, host, port))
        await run_assistant(kiosk_settings(settings, sandbox), sandbox.token, stop, beside=beside)


def kiosk_settings(settings: Settings, sandbox: Sandbox) -> Settings:
    """The same settings for a place where there are only residents."""
    return settings.model_copy(
        update={
            "api_url": sandbox.base_url,
            "api_file_url": sandbox.base_file_url,
            "webhook_url": None,
            "staff_ids": frozenset(),
            "mediator_ids": frozenset(),
            "staff_chat_id": None,
        }
    )


def kiosk_of(kiosk: Kiosk) -> Callable[[Services], AbstractAsyncContextManager[Kiosk]]:
    """Opens the kiosk once there are services; whoever leaves is forgotten by them too."""

    @asynccontextmanager
    async def opened(services: Services) -> AsyncIterator[Kiosk]:
        async def farewell(person: int) -> None:
            services.recent.forget(person)
            services.recent_communes.forget(person)
            await services.my_data.erase(person)

        kiosk.stays.farewell = farewell
        async with kiosk:
            print(f"Borne pour le public : {kiosk.page_url} (Ctrl+C pour arrêter).", flush=True)
            yield kiosk

    return opened
