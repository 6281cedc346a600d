"""Delivery to a webhook on this machine, in order, tried again with growing pauses until the bot says 2xx."""

import asyncio
import ipaddress
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from bot.sandbox.errors import bad_request
from bot.sandbox.news import News
from bot.sandbox.updates import Pending, Updates
from bot.sandbox.wire import Json, encode, without_none

FIRST_PAUSE = 0.05  # seconds; each failure doubles it
LONGEST_PAUSE = 30.0
_PATIENCE = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_SECRET_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def is_loopback(host: str) -> bool:
    """Whether a name or address cannot mean another machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed; with no URL the bot polls."""

    updates: Updates
    news: News
    url: str = ""
    secret: str = ""
    most_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0
    first_pause: float = FIRST_PAUSE
    _task: "asyncio.Task[None] | None" = field(default=None)

    @property
    def information(self) -> Json:
        """The WebhookInfo object."""
        return without_none(
            url=self.url,
            has_custom_certificate=False,
            pending_update_count=len(self.updates.pending),
            last_error_date=self.last_error_date or None,
            last_error_message=self.last_error or None,
            max_connections=self.most_connections if self.url else None,
            allowed_updates=sorted(self.updates.allowed) or None,
        )

    async def set(self, url: str, secret: str, most_connections: int) -> None:
        """Starts pushing to a URL; an empty one stops. Raises ApiError."""
        if url:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname or ""):
                raise bad_request("bad webhook: the trial server delivers to loopback addresses only")
        if len(secret) > 256 or not _SECRET_ALPHABET.issuperset(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self.secret, self.most_connections = url, secret, most_connections
        self.last_error, self.last_error_date = "", 0
        if url:
            self._task = asyncio.create_task(self._push())

    async def stop(self) -> None:
        """Stops pushing; what has not arrived stays in the queue."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _push(self) -> None:
        client: AsyncHTTPClient = SimpleAsyncHTTPClient(force_instance=True)
        try:
            pause = self.first_pause
            while True:
                batch = self.updates.batch(1)
                if not batch:
                    await self.news.next()
                elif await self._deliver(client, batch[0]):
                    self.updates.drop(batch)
                    pause = self.first_pause
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            client.close()

    async def _deliver(self, client: AsyncHTTPClient, pending: Pending) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        request = HTTPRequest(
            self.url,
            method="POST",
            headers=headers,
            body=encode(pending.update),
            request_timeout=_PATIENCE,
            validate_cert=False,
        )
        try:
            response: HTTPResponse = await client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            self._failed(f"Connection failed: {error}")
            return False
        if HTTPStatus.OK <= response.code < HTTPStatus.MULTIPLE_CHOICES:
            return True
        self._failed(f"Wrong response from the webhook: {response.code} {response.reason}")
        return False

    def _failed(self, reason: str) -> None:
        self.last_error, self.last_error_date = reason, int(time.time())
        self.news.wake()
