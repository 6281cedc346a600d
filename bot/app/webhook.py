"""Takes updates that Telegram pushes: each is acknowledged once it is dealt with, so that a crash loses none.

python-telegram-bot's own webhook server says 200 as soon as an update stands in its queue, in memory. Here the answer
to Telegram waits until the update is finished; whatever else happens, Telegram pushes it again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.app.patient_bot import PatientBot
from bot.app.readable_updates import readable
from bot.errors import AccesDroitsError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
MOST_CONNECTIONS = 100
_CROWD = 40  # requests held at once: from here on slow lanes are emptied, so that nobody waits behind them
_LARGEST_BODY = 1 << 20
_LONGEST_SECONDS = 50.0  # Telegram waits a minute; an update that takes longer is pushed again and found under way
_LAST_SECONDS = 2.0
_OK, _BAD, _FORBIDDEN, _LATER = 200, 400, 403, 503
_log = logging.getLogger(__name__)


class ListeningError(AccesDroitsError):
    """An address of this machine cannot be listened on."""


class WebhookServer:
    """One path on a loopback port, behind the web server that holds the certificate."""

    def __init__(self, bot: PatientBot, queue: asyncio.Queue[object], url: str, secret: str) -> None:
        self.bot = bot
        self.secret = secret
        self.stopping = False
        self._queue = queue
        self._held = 0
        self._none_held = asyncio.Event()
        self._none_held.set()
        self._closing = asyncio.Event()
        routes = [(re.escape(urlsplit(url).path or "/"), _Handler, {"server": self})]
        application = Application(routes, log_function=_keep_silent)
        self._http = HTTPServer(application, max_body_size=_LARGEST_BODY, max_buffer_size=_LARGEST_BODY)

    def listen(self, host: str, port: int) -> None:
        """Accept requests; raises ListeningError."""
        try:
            self._http.add_sockets(bind_sockets(port, host))
        except OSError as error:
            raise ListeningError(
                f"l'adresse {host}:{port} (BOT_WEBHOOK_LISTEN) ne peut pas être écoutée : {error.strerror}"
            ) from None

    def take_no_more(self) -> None:
        """What comes from now on is left to Telegram; what was taken goes on."""
        self.stopping = True
        self._http.stop()

    async def close(self) -> None:
        """Give the last answers and end every connection."""
        self._closing.set()
        try:
            async with asyncio.timeout(_LAST_SECONDS):
                await self._none_held.wait()
        except TimeoutError:
            _log.warning("%d update(s) are left to Telegram", self._held)
        await self._http.close_all_connections()

    async def dealt_with(self, update: Update) -> bool:
        """Have an update handled; whether it is finished, and Telegram may forget it."""
        unconfirmed, number = self.bot.unconfirmed, update.update_id
        if unconfirmed.take(number):
            await self._queue.put(update)
        elif not unconfirmed.is_open(number):
            return True
        self._held += 1
        self._none_held.clear()
        try:
            if self._held >= _CROWD:
                unconfirmed.make_room()
            closing = asyncio.ensure_future(self._closing.wait())
            try:
                async with asyncio.timeout(_LONGEST_SECONDS):
                    while unconfirmed.is_under_way(number) and not closing.done():
                        change = asyncio.ensure_future(unconfirmed.change())
                        try:
                            await asyncio.wait({change, closing}, return_when=asyncio.FIRST_COMPLETED)
                        finally:
                            change.cancel()
            except TimeoutError:
                return False
            finally:
                closing.cancel()
            return not unconfirmed.is_open(number)
        finally:
            self._held -= 1
            if not self._held:
                self._none_held.set()


class _Handler(RequestHandler):
    """POST with the secret; every other method and path is unknown here."""

    SUPPORTED_METHODS = ("POST",)

    def initialize(self, server: WebhookServer) -> None:
        self.server = server

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    async def post(self) -> None:
        """Answer once the update is finished; with 503 Telegram pushes it again."""
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.server.secret.encode()):
            self.set_status(_FORBIDDEN)
            return
        data = _parsed(self.request.body)
        if data is None:
            self.set_status(_BAD)
            return
        if self.server.stopping:
            self.set_status(_LATER)
            return
        try:
            update = readable(data, self.server.bot)
        except Exception as error:  # noqa: BLE001 (a kind of update that this version cannot read: pushing again helps nobody)
            _log.error("an update cannot be read: %s", type(error).__name__)
            return
        self.set_status(_OK if await self.server.dealt_with(update) else _LATER)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Kind and place only; tornado would write the request."""
        _log.error("a pushed update failed: %s", getattr(typ, "__name__", typ), exc_info=(typ, value, tb))


def _parsed(body: bytes) -> dict[str, Any] | None:
    """An update as JSON; None for anything else."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = data.get("update_id") if isinstance(data, dict) else None
    return data if isinstance(number, int) and not isinstance(number, bool) else None


def _keep_silent(_handler: RequestHandler) -> None:
    """No line for each request: addresses say who knocks."""
