"""Which URLs Telegram takes in buttons and links: one rule for both, so that `tel:` fails in both."""

import re

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_TG_USER = re.compile(r"^tg:(?://)?user\?id=(\d+)$", re.IGNORECASE)
_BAD_HOST = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}%]")
_KNOWN_SCHEMES = frozenset({"http", "https"})


class LinkError(ValueError):
    """Why Telegram would refuse this URL, in its words."""


def mentioned_user(url: str) -> int | None:
    """The user id of a `tg://user?id=…` link, which mentions a person without a username."""
    match = _TG_USER.match(url)
    return int(match.group(1)) if match else None


def checked_link(url: str) -> str:
    """The URL as Telegram rewrites it; raises LinkError with its reason."""
    url = url.strip()
    if url.lower().startswith(("tg:", "ton:", "tonsite:")):
        return url
    scheme = _SCHEME.match(url)
    name = scheme.group(1).lower() if scheme else "http"
    if name not in _KNOWN_SCHEMES:
        raise LinkError("Unsupported URL protocol")
    rest = url[scheme.end() :] if scheme else url
    authority, path = _split_authority(rest)
    host, port = _host_and_port(authority)
    if not host:
        raise LinkError("URL host is empty")
    if _BAD_HOST.search(host):
        raise LinkError("URL host is invalid")
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    if not path.startswith("/"):
        path = "/" + path
    return f"{name}://{host.lower()}{port}{path.replace(' ', '%20')}"


def _split_authority(rest: str) -> tuple[str, str]:
    end = next((i for i, c in enumerate(rest) if c in "/?#"), len(rest))
    return rest[:end], rest[end:]


def _host_and_port(authority: str) -> tuple[str, str]:
    host = authority.rpartition("@")[2]
    if host.startswith("[") and host.endswith("]"):
        return host, ""
    host, colon, port = host.rpartition(":")
    if not colon:
        return port, ""
    number = int(port) if port.isascii() and port.isdecimal() else 0
    if not 0 < number <= 65535:
        raise LinkError("Wrong port number specified in the URL")
    return host, f":{number}"
