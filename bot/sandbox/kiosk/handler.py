"""What every address of the kiosk shares: the key of a stay in a header, nothing kept, errors as French sentences."""

import json
from typing import ClassVar

from tornado.web import HTTPError, RequestHandler

from bot.sandbox.errors import ApiError, SandboxError
from bot.sandbox.kiosk.stays import FullError, GoneError, Stay, Stays
from bot.sandbox.wire import Json, encode

KEY_HEADER = "X-Stay"
_OURS = frozenset({"same-origin", "none"})


class KioskHandler(RequestHandler):
    """An address under /kiosk/. A page of another site cannot send the header, nor JSON, without asking first."""

    body_type: ClassVar[str] = "application/json"

    def initialize(self, stays: Stays) -> None:
        """Those who are there."""
        self.stays = stays

    def set_default_headers(self) -> None:
        """Nothing here is kept by the browser, or read as anything else than what it is."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")

    def compute_etag(self) -> str | None:
        """None: a name for what was said would outlive it."""
        return None

    def prepare(self) -> None:
        """Refuses the pages of other sites."""
        if self.request.headers.get("Sec-Fetch-Site", "none") not in _OURS:
            self.refuse(403, "Cette demande vient d'une autre page.")
        elif self.request.method == "POST":
            kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip()
            if kind != self.body_type:
                self.refuse(415, "Contenu inattendu.")

    async def stay(self) -> Stay:
        """The stay that the request belongs to; raises GoneError."""
        return await self.stays.find(self.request.headers.get(KEY_HEADER, ""))

    async def acting(self) -> Stay:
        """The same for someone who does something: they are there, and not too fast; raises GoneError, HTTPError."""
        stay = await self.stay()
        self.stays.goes_on(stay)
        if not stay.pace.allows(self.stays.clock()):
            raise HTTPError(429)
        return stay

    def body(self) -> Json:
        """The JSON object of the request; raises HTTPError."""
        try:
            body = json.loads(self.request.body or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise HTTPError(400)
        return body

    def reply(self, value: object) -> None:
        """Ends the request with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(encode(value))

    def refuse(self, status: int, sentence: str) -> None:
        """Ends the request with a sentence for a person."""
        self.set_status(status)
        self.reply({"error": sentence})

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Every error as a sentence; none tells what was said."""
        info = kwargs.get("exc_info")
        error = info[1] if isinstance(info, tuple) else None
        if isinstance(error, GoneError):
            self.refuse(410, str(error))
        elif isinstance(error, FullError):
            self.refuse(503, str(error))
        elif isinstance(error, SandboxError | ApiError):
            self.refuse(400, "Ce bouton ou ce message n'est plus valable.")
        elif status_code == 429:
            self.set_header("Retry-After", "2")
            self.refuse(429, "Attendez quelques secondes, puis recommencez.")
        else:
            self.refuse(status_code, "La demande n'a pas pu aboutir.")

    def log_exception(self, typ: object, value: object, tb: object) -> None:
        """What is answered with a sentence is no fault of the program."""
        if not isinstance(value, SandboxError | ApiError | HTTPError):
            super().log_exception(typ, value, tb)  # type: ignore[arg-type]
