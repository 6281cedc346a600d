"""A web on loopback for the link check: every site is one server, time is what the test says."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

REDIRECTS = {
    "/moved": (301, "https://nouveau.example/page"),
    "/moved-twice": (308, "/moved"),
    "/today": (302, "/page"),
    "/today-then-moved": (302, "/moved"),
    "/home": (302, "/"),
    "/slash": (301, "/slash/"),
    "/loop": (301, "/loop"),
    "/lost": (301, "https://absent.example/"),
    "/odd": (301, "mailto:a@b.example"),
}


class LoopbackWeb(RequestHandler):
    def prepare(self) -> None:
        state: WebState = self.settings["state"]
        state.seen.append((self.request.method or "", self.request.host, self.request.path))

    def head(self) -> None:
        path = self.request.path
        if path in {"/no-head", "/gone", "/absent", "/broken"}:
            self.set_status(405 if path == "/no-head" else 404)
        elif path in REDIRECTS:
            status, target = REDIRECTS[path]
            self.set_status(status)
            self.set_header("Location", target)

    def get(self) -> None:
        self.set_status({"/gone": 410, "/absent": 404, "/broken": 503, "/robots": 403}.get(self.request.path, 200))
        self.write("x" * 1000)


class WebState:
    """What the server saw, and the time that the checker believes in."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


class LoopbackTransport(httpx.AsyncBaseTransport):
    """Every `.example` site stands on one loopback server; `absent.example` does not exist."""

    ends: tuple[str, ...] = (".example",)

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport()
        self.open: Counter[str] = Counter()
        self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if host == "absent.example":
            raise httpx.ConnectError("no") from socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if host == "hors-ligne.example":
            raise httpx.ConnectError("no") from socket.gaierror(socket.EAI_AGAIN, "Temporary failure")
        if host == "lent.example":
            raise httpx.ReadTimeout("slow", request=request)
        if host == "certificat.example":
            raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")
        assert host.endswith(self.ends), f"a test tried to reach {host}"
        self.open[host] += 1
        assert self.open[host] == 1, f"two requests at a time to {host}"
        self.most = max(self.most, sum(self.open.values()))
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        try:
            return await self._inner.handle_async_request(request)
        finally:
            self.open[host] -= 1

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
def state() -> WebState:
    return WebState()


@pytest.fixture
async def transport(state: WebState) -> AsyncIterator[LoopbackTransport]:
    listening, port = bind_unused_port()
    server = HTTPServer(Application([(r"/.*", LoopbackWeb)], state=state, log_function=lambda _: None))
    server.add_socket(listening)
    yield LoopbackTransport(port)
    server.stop()
    await server.close_all_connections()
