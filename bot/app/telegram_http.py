"""Calls Telegram through httpcore alone: what httpx does around each call costs as much as the call itself."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.request import getproxies

import httpcore
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.app.connections import Connections

_HEADERS = ((b"User-Agent", BaseRequest.USER_AGENT.encode()), (b"Accept", b"*/*"))
_JSON = (*_HEADERS, (b"Content-Type", b"application/json"))
_NOT_GIVEN = type(BaseRequest.DEFAULT_NONE)
_SECONDS = {"read": 5.0, "write": 5.0, "connect": 5.0, "pool": 5.0}  # python-telegram-bot's own but the last


class TelegramHTTP(HTTPXRequest):
    """python-telegram-bot's own client for files and behind a proxy; httpcore, which is under it, for all else."""

    def __init__(self, connections: int, trust: ssl.SSLContext) -> None:
        super().__init__(connection_pool_size=connections, httpx_kwargs={"verify": trust})
        self._connections, self._trust = connections, trust
        self._through_proxy = bool({"http", "https", "all"} & getproxies().keys())
        self._open: Connections | None = None

    async def initialize(self) -> None:
        await super().initialize()
        if self._open is None:
            self._open = Connections(self._connections, self._trust)

    async def shutdown(self) -> None:
        await super().shutdown()
        connections, self._open = self._open, None
        if connections is not None:
            await connections.aclose()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **options: Any
    ) -> tuple[int, bytes]:
        """Status and body; raises TelegramError when there is no answer."""
        if self._through_proxy or args or self._open is None or (request_data and request_data.contains_files):
            return await super().do_request(url, method, request_data, *args, **options)
        body = request_data.json_payload if request_data else None
        seconds = {name: _seconds(name, options) for name in _SECONDS}
        try:
            address = httpcore.URL(url)
            host = (b"Host", _host(address))
            length = ((b"Content-Length", str(len(body)).encode()),) if body else ()
            headers = [host, *(_JSON if body else _HEADERS), *length]
            request = httpcore.Request(method, address, headers=headers, content=body, extensions={"timeout": seconds})
            return await self._open.request(request, seconds["pool"])
        except httpcore.PoolTimeout as error:
            raise TimedOut("no connection was free: this was not sent to Telegram") from error
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise NetworkError(f"httpcore.{type(error).__name__}") from error


def _seconds(name: str, options: dict[str, Any]) -> float | None:
    given = options.get(f"{name}_timeout")
    return _SECONDS[name] if given is None or isinstance(given, _NOT_GIVEN) else float(given)


def _host(address: httpcore.URL) -> bytes:
    default = {b"http": 80, b"https": 443}.get(address.scheme)
    return address.host if address.port in (None, default) else b"%b:%d" % (address.host, address.port)
