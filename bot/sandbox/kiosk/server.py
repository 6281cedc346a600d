"""The kiosk's own server: the resident's page on the town's network, and never the Bot API or another view."""

import asyncio
import contextlib
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.web import Application

from bot.sandbox.cast import Cast
from bot.sandbox.kiosk import handlers
from bot.sandbox.kiosk.stays import IDLE_SECONDS, Stays
from bot.sandbox.listening import listen, url_of
from bot.sandbox.page_files import PageHandler
from bot.sandbox.world import World

_LARGEST_BODY = handlers.LARGEST_VOICE + 1024
_SWEEP_SECONDS = 1.0


class KioskPageHandler(PageHandler):
    """The kiosk's page and what it is made of; any machine of the town may read it, no browser keeps it."""

    home = "kiosk.html"
    caching = "no-store"

    def may_answer(self) -> bool:
        """Whatever name the proxy gives this machine."""
        return True


class Kiosk:
    """A page for residents who come one after the other, in front of the same Telegram as the sandbox."""

    def __init__(
        self, world: World, cast: Cast, address: str, port: int = 0, *, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self.address = address
        self.port = port
        self.stays = Stays(world, cast, idle_seconds)
        self._server: HTTPServer | None = None
        self._sweeping: asyncio.Task[None] | None = None

    @property
    def page_url(self) -> str:
        """The page."""
        return url_of(self.address, self.port)

    async def start(self) -> None:
        """Listens; raises SandboxError where it cannot."""
        listening = listen(self.address, self.port)
        self.port = int(listening.getsockname()[1])
        self._server = HTTPServer(self._application(), max_body_size=_LARGEST_BODY, max_buffer_size=_LARGEST_BODY)
        self._server.add_sockets([listening])
        self._sweeping = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stops listening and erases every conversation."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeping
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()
            await self.stays.end_all()
            await server.close_all_connections()
            await asyncio.sleep(0)  # connections end in callbacks of the loop

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            await self.stays.sweep()

    def _application(self) -> Application:
        shared: dict[str, object] = {"stays": self.stays}
        routes: list[Any] = [
            (r"/kiosk/about", handlers.AboutHandler, shared),
            (r"/kiosk/begin", handlers.BeginHandler, shared),
            (r"/kiosk/screen", handlers.ScreenHandler, shared),
            (r"/kiosk/news", handlers.NewsHandler, shared),
            (r"/kiosk/send", handlers.SendHandler, shared),
            (r"/kiosk/press", handlers.PressHandler, shared),
            (r"/kiosk/voice", handlers.VoiceHandler, shared),
            (r"/kiosk/file", handlers.FileHandler, shared),
            (r"/kiosk/stay", handlers.StayHandler, shared),
            (r"/kiosk/leave", handlers.LeaveHandler, shared),
            (r"/(|[a-z-]+\.(?:css|js|svg))", KioskPageHandler, {}),
        ]
        return Application(routes, log_function=lambda _: None)
