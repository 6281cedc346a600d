"""Open connections to one server, the last used first: taking one costs the same however many there are.

httpcore's own pool looks through all of its connections several times for each call: a quarter of the processor when
many answers leave at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque

import httpcore

_KEPT_SECONDS = 5.0  # httpx's own: an idle connection is closed before Telegram closes it


class Connections:
    """At most so many at once; whoever comes then waits."""

    def __init__(self, most: int, trust: ssl.SSLContext) -> None:
        self._trust = trust
        self._places = asyncio.Semaphore(most)
        self._idle: deque[httpcore.AsyncHTTPConnection] = deque()

    async def request(self, request: httpcore.Request, wait_seconds: float | None) -> tuple[int, bytes]:
        """Status and body; raises httpcore's errors, PoolTimeout when no connection was free for too long."""
        try:
            async with asyncio.timeout(wait_seconds if self._places.locked() else None):
                await self._places.acquire()
        except TimeoutError:
            raise httpcore.PoolTimeout from None
        try:
            return await self._send(request)
        finally:
            self._places.release()

    async def _send(self, request: httpcore.Request) -> tuple[int, bytes]:
        connection = await self._take(request.url.origin)
        try:
            answer = await connection.handle_async_request(request)
            try:
                body = await answer.aread()
            finally:
                await answer.aclose()
        except BaseException:
            await _close(connection)
            raise
        if connection.is_idle() and not connection.is_closed():
            self._idle.append(connection)
            await self._close_the_oldest()
        else:
            await _close(connection)
        return answer.status, body

    async def _take(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        while self._idle:
            connection = self._idle.pop()
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            await _close(connection)
        return httpcore.AsyncHTTPConnection(origin, self._trust, _KEPT_SECONDS)

    async def _close_the_oldest(self) -> None:
        """After a rush, one by one."""
        if len(self._idle) > 1 and self._idle[0].has_expired():
            await _close(self._idle.popleft())

    async def aclose(self) -> None:
        while self._idle:
            await _close(self._idle.pop())


async def _close(connection: httpcore.AsyncHTTPConnection) -> None:
    with contextlib.suppress(httpcore.NetworkError, httpcore.TimeoutException):
        await connection.aclose()
