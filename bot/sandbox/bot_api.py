"""The Bot API over HTTP: what an unchanged Telegram client talks to."""

import asyncio
import inspect
import json
import logging
import re
import socket
import struct
from collections.abc import Mapping

from tornado.httputil import HTTPFile
from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.guards import host_is_local
from bot.sandbox.journal import Call
from bot.sandbox.methods import METHODS, Method
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.polling import Polling
from bot.sandbox.updates import Pending
from bot.sandbox.wire import Json, encode
from bot.sandbox.world import World

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"


class BotApiHandler(RequestHandler):
    """`/bot<token>/<method>`."""

    def initialize(self, world: World, polling: Polling) -> None:
        """The sandbox this server shows."""
        self.world = world
        self.polling = polling
        self.abandoned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sent: list[Pending] = []

    def set_default_headers(self) -> None:
        """Says nothing of the server."""
        self.clear_header("Server")

    def on_connection_close(self) -> None:
        """Lets a poll end whose caller has gone."""
        if not self.abandoned.done():
            self.abandoned.set_result(None)

    def compute_etag(self) -> str | None:
        """None: a bot never asks twice for the same thing."""
        return None

    async def get(self, token: str, name: str) -> None:
        """Parameters in the address."""
        await self._answer(token, name)

    async def post(self, token: str, name: str) -> None:
        """Parameters in the body: a form, with files or without, or JSON."""
        await self._answer(token, name)

    async def _answer(self, token: str, name: str) -> None:
        call: Call | None = None
        try:
            name, method = self._method(token, name)
            p = self._parameters()
            call = Call(name, p.values, tuple(p.uploads))
            self.world.journal.add(call)
            self.world.news.wake()
            fault = self.world.faults.take(name)
            if fault is not None:
                await self._fail(fault, method, p, call)
                return
            result = await self._result(method, p)
        except ApiError as error:
            await self._refuse(error, call)
        except Exception:  # noqa: BLE001 - a fault of ours must not look like silence of Telegram
            _log.exception("The sandbox failed on %s", name)
            await self._refuse(ApiError(500, "Internal Server Error"), call)
        else:
            await self._send(200, {"ok": True, "result": result}, call)

    def _method(self, token: str, name: str) -> tuple[str, Method | None]:
        if not host_is_local(self.request):
            raise ApiError(403, "Forbidden: this server answers its own machine only")
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if token != self.world.token:
            raise ApiError(401, "Unauthorized")
        if name.lower() == "getupdates":
            return "getUpdates", None
        found = METHODS.find(name)
        if found is None:
            raise ApiError(404, "Not Found")
        return found

    async def _result(self, method: Method | None, p: Parameters) -> object:
        if method is None:
            self.sent = await self.polling.updates(p, self.abandoned)
            return [pending.update for pending in self.sent]
        result = method(self.world, p)
        return await result if inspect.isawaitable(result) else result

    def _parameters(self) -> Parameters:
        request = self.request
        if request.headers.get("Content-Type", "").startswith("application/json"):
            return _from_json(request.body)
        try:
            values = {name: given[-1].decode() for name, given in request.arguments.items()}
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return Parameters(values, _uploads(request.files))

    async def _refuse(self, error: ApiError, call: Call | None) -> None:
        body: Json = {"ok": False, "error_code": error.code, "description": error.description}
        if error.parameters:
            body["parameters"] = dict(error.parameters)
            self.set_header("Retry-After", str(error.parameters.get("retry_after", "")))
        await self._send(error.code, body, call)

    async def _send(self, status: int, body: Json, call: Call | None) -> None:
        if call is not None:
            call.status, call.description = status, body.get("description", "")
            self.world.news.wake()
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        try:
            await self.finish(encode(body))
        except StreamClosedError:
            return
        for pending in self.sent:
            pending.sent = True

    async def _fail(self, fault: Fault, method: Method | None, p: Parameters, call: Call) -> None:
        result: object = await self._result(method, p) if fault.executed else None
        match fault.trouble:
            case "refuse" if fault.error is not None:
                raise fault.error
            case "gateway":
                call.status = 502
                self.set_status(502)
                self.set_header("Content-Type", "text/html")
                await self.finish(_GATEWAY_PAGE)
            case "hang":
                await self.abandoned
            case "drop":
                body = encode({"ok": True, "result": result})
                self.set_header("Content-Length", str(len(body)))
                self.write(body[: len(body) // 2])
                await self.flush()
                self.detach().close()
            case "reset":
                stream = self.detach()
                # Lingering for no time at all is how a socket is closed with a reset.
                stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                stream.close()
            case _:
                await asyncio.sleep(fault.seconds)
                await self._send(200, {"ok": True, "result": result}, call)
        self.world.news.wake()


def _from_json(body: bytes) -> Parameters:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("object expected")
    return Parameters({name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()})


def _uploads(files: Mapping[str, list[HTTPFile]]) -> dict[str, Upload]:
    return {name: Upload(given[0].filename, given[0].body, given[0].content_type) for name, given in files.items()}


class FileHandler(RequestHandler):
    """`/file/bot<token>/<path>`: the download that getFile points to."""

    def initialize(self, world: World) -> None:
        """The sandbox this server shows."""
        self.world = world

    async def get(self, token: str, path: str) -> None:
        """The bytes of a file."""
        if not host_is_local(self.request):
            self.set_status(403)
            return
        file = self.world.files.by_path(path) if token == self.world.token else None
        if file is None:
            self.set_status(404 if token == self.world.token else 401)
            self.finish(encode({"ok": False, "error_code": self.get_status(), "description": "Not Found"}))
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(file.content)
