"""A python-telegram-bot Bot that talks to a sandbox, whatever proxy the environment names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from telegram import Bot
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.sandbox import Sandbox


def direct_request(**options: float) -> HTTPXRequest:
    """Requests that never pass through a proxy: one would take even loopback away."""
    return HTTPXRequest(httpx_kwargs={"trust_env": False}, **options)  # type: ignore[arg-type]


@asynccontextmanager
async def bot_of(sandbox: Sandbox, *, read_timeout: float = 5) -> AsyncIterator[Bot]:
    """The bot of a sandbox, ready to call."""
    bot = Bot(
        sandbox.token,
        base_url=sandbox.base_url,
        base_file_url=sandbox.base_file_url,
        request=direct_request(read_timeout=read_timeout),
        get_updates_request=direct_request(),
    )
    async with bot:
        yield bot


@asynccontextmanager
async def polling(application: Application) -> AsyncIterator[None]:  # type: ignore[type-arg]
    """Runs an application by polling, and stops it in order."""
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=10, poll_interval=0)
        try:
            yield
        finally:
            if application.updater.running:
                await application.updater.stop()
            await application.stop()


def web_client(sandbox: Sandbox, **headers: str) -> httpx.AsyncClient:
    """A browser of sorts on the sandbox."""
    return httpx.AsyncClient(base_url=sandbox.page_url, headers=headers, trust_env=False)
