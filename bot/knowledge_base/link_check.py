"""Asks the web whether each address still answers: gently, one request at a time for each site, bounded in all.

Only what is certain counts against a link (404, 410, no such site, a permanent redirect). A site that refuses
robots, is slow or broken today is "unsure": it is listed and fails nothing.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urljoin, urlsplit

import httpx

from bot.knowledge_base.links import host_of

PAUSE = 1.0  # seconds between two requests to one site: nobody's server notices it
AT_ONCE = 8
TIMEOUT = httpx.Timeout(15.0, connect=8.0)
_HOPS = 8
_GONE = {404, 410}
_PERMANENT = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}
_NO_SUCH_SITE = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class LinkState(Enum):
    """What the web said."""

    ALIVE = "vivant"
    DEAD = "mort"
    MOVED = "déplacé"
    UNSURE = "incertain"


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One address: its state, why in French, where it moved, and whether a server answered at all."""

    url: str
    state: LinkState
    reason: str = ""
    new_url: str = ""
    answered: bool = True


class LinkChecker:
    """Checks addresses with one client; `pause` is kept between two requests to the same site."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        pause: float = PAUSE,
        at_once: int = AT_ONCE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._pause = pause
        self._slots = asyncio.Semaphore(at_once)
        self._sites: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}
        self._sleep = sleep
        self._clock = clock

    async def check(self, urls: Iterable[str], *, done: Callable[[], None] = lambda: None) -> list[LinkReport]:
        """A report for each address, in order; `done` is called after each."""

        async def one(url: str) -> LinkReport:
            try:
                return await self._report(url)
            finally:
                done()

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(url)) for url in dict.fromkeys(urls)]
        return [task.result() for task in tasks]

    async def _report(self, url: str) -> LinkReport:
        permanent, current = url, url
        only_permanent = True
        try:
            for _ in range(_HOPS):
                status, location = await self._ask(current)
                if status in _REDIRECTS and location:
                    current = urljoin(current, location)
                    only_permanent = only_permanent and status in _PERMANENT
                    permanent = current if only_permanent else permanent
                    continue
                return _judged(url, status, permanent, current)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError):
            return LinkReport(url, LinkState.DEAD, "cette adresse n'est pas correcte", answered=False)
        except httpx.HTTPError as error:
            return _failed(url, error)
        return LinkReport(url, LinkState.UNSURE, "le site renvoie sans fin d'une page à l'autre")

    async def _ask(self, url: str) -> tuple[int, str]:
        """Status and `Location`. HEAD first; GET where HEAD is refused, as many sites do, without reading the page."""
        status, location = await self._request("HEAD", url)
        if status < 400:
            return status, location
        return await self._request("GET", url)

    async def _request(self, method: str, url: str) -> tuple[int, str]:
        site = host_of(url)
        async with self._sites[site]:
            wait = self._free_at.get(site, 0.0) - self._clock()
            if wait > 0:
                await self._sleep(wait)
            try:
                async with self._slots, self._client.stream(method, url, follow_redirects=False) as answer:
                    return answer.status_code, answer.headers.get("Location", "")
            finally:
                self._free_at[site] = self._clock() + self._pause


def _judged(url: str, status: int, permanent: str, current: str) -> LinkReport:
    if status in _GONE:
        return LinkReport(url, LinkState.DEAD, f"cette page n'existe plus (erreur {status})")
    if status >= 400:
        return LinkReport(url, LinkState.UNSURE, f"le site répond par une erreur ({status})")
    if _path(url) and not _path(current) and not urlsplit(current).query:
        return LinkReport(
            url, LinkState.MOVED, "le site renvoie à son accueil : la page n'existe sans doute plus", current
        )
    if _same(url, permanent):
        return LinkReport(url, LinkState.ALIVE)
    return LinkReport(url, LinkState.MOVED, f"cette page a déménagé, la nouvelle adresse est {permanent}", permanent)


def _failed(url: str, error: httpx.HTTPError) -> LinkReport:
    state, reason = _failure(error)
    return LinkReport(url, state, reason, answered=False)


def _failure(error: httpx.HTTPError) -> tuple[LinkState, str]:
    if isinstance(error, httpx.TimeoutException):
        return LinkState.UNSURE, "le site ne répond pas assez vite"
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            if cause.errno in _NO_SUCH_SITE:
                return LinkState.DEAD, "ce site n'existe pas ou plus"
            return LinkState.UNSURE, "pas d'accès à internet, ou l'annuaire des sites ne répond pas"
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            return LinkState.UNSURE, "le site refuse la connexion"
    if "CERTIFICATE" in str(error).upper():
        return LinkState.UNSURE, "le certificat de sécurité du site n'est pas valable"
    return LinkState.UNSURE, "la connexion au site échoue"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _path(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _same(one: str, other: str) -> bool:
    """Whether two addresses differ only by https, `www.`, a last slash or the place in the page."""
    first, second = urlsplit(one), urlsplit(other)
    return (host_of(one), first.path.rstrip("/"), first.query) == (
        host_of(other),
        second.path.rstrip("/"),
        second.query,
    )
