"""/health, /ready and /metrics on a loopback port, for whatever watches this machine."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.app.metrics import CONTENT_TYPE, exposition
from bot.app.webhook import ListeningError
from bot.services.state import StateService

_UNAVAILABLE = 503
_log = logging.getLogger(__name__)


class HealthServer:
    """Answers as soon as the process runs, and says when it serves people."""

    def __init__(self, state: StateService, stop: asyncio.Event) -> None:
        self.state = state
        self.stop = stop
        routes = [(path, handler, {"server": self}) for path, handler in _ROUTES]
        self._http = HTTPServer(Application(routes, log_function=_keep_silent), max_body_size=1024)

    def listen(self, host: str, port: int) -> None:
        """Accept requests; raises ListeningError."""
        try:
            self._http.add_sockets(bind_sockets(port, host))
        except OSError as error:
            raise ListeningError(
                f"l'adresse {host}:{port} (BOT_HEALTH_ADDRESS) ne peut pas être écoutée : {error.strerror}"
            ) from None

    async def close(self) -> None:
        self._http.stop()
        await self._http.close_all_connections()


class _Handler(RequestHandler):
    SUPPORTED_METHODS = ("GET",)

    def initialize(self, server: HealthServer) -> None:
        self.server = server

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Kind and place, through our own formatter."""
        _log.error("a look at the state failed: %s", getattr(typ, "__name__", typ), exc_info=(typ, value, tb))


class _Health(_Handler):
    async def get(self) -> None:
        """The process runs and its loop turns; whatever else is wrong, starting it again would not mend it."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write("ok\n")


class _Ready(_Handler):
    async def get(self) -> None:
        """200 while people are served, else 503 with the reasons."""
        reasons = [*self.server.state.why_not_ready(), *(["stopping"] if self.server.stop.is_set() else [])]
        self.set_status(_UNAVAILABLE if reasons else 200)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps({"ready": not reasons, "reasons": reasons}) + "\n")


class _Metrics(_Handler):
    async def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE)
        self.write(exposition(await self.server.state.read()))


_ROUTES: tuple[tuple[str, type[_Handler]], ...] = (("/health", _Health), ("/ready", _Ready), ("/metrics", _Metrics))


def _keep_silent(_handler: RequestHandler) -> None:
    """No line for each request: one comes every few seconds."""
