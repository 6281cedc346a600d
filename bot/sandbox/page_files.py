"""The chat page and its files, under a policy that lets the browser load nothing from anywhere else."""

from importlib import resources
from typing import ClassVar

from tornado.web import RequestHandler

from bot.sandbox.guards import host_is_local

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; frame-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


class PageHandler(RequestHandler):
    """Static files from the package: the trial's page, for this machine only."""

    home: ClassVar[str] = "index.html"
    caching: ClassVar[str] = "no-cache"

    def set_default_headers(self) -> None:
        """The policy."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Permissions-Policy", "microphone=(self), camera=(), geolocation=(self)")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", self.caching)

    def get(self, name: str) -> None:
        """One file; the page itself has no name."""
        if not self.may_answer():
            self.set_status(403)
            return
        name = name or self.home
        file = resources.files("bot.sandbox") / "page" / name
        if not file.is_file():
            self.set_status(404)
            return
        self.set_header("Content-Type", _TYPES[name.rpartition(".")[2]])
        self.finish(file.read_bytes())

    def may_answer(self) -> bool:
        """Whether the request is for this machine under its own name."""
        return host_is_local(self.request)
