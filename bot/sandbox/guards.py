"""Who may talk to the sandbox: this machine only, and no page of another site in its browser."""

from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

from bot.sandbox.errors import AddressError
from bot.sandbox.webhook import is_loopback


def check_address(address: str) -> None:
    """Raises AddressError where other machines could connect."""
    if not is_loopback(address):
        raise AddressError(
            f"L'essai n'écoute que sur cette machine : « {address} » n'est pas une adresse locale "
            "(essayez 127.0.0.1 ou ::1)."
        )


def host_is_local(request: HTTPServerRequest) -> bool:
    """Whether the Host header names this machine: a site that rebinds its name to us does not."""
    return is_loopback(urlsplit(f"//{request.host}").hostname or "")


def is_same_origin(request: HTTPServerRequest) -> bool:
    """Whether a request comes from our own page or from no page at all."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin.lower() == f"http://{request.host.lower()}"
