"""Finds what is or hides a link in a message: hxxp, spaces, brackets, a missing scheme, letters of other alphabets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LONGEST = 4096
_MOST = 8
_ENDINGS = (
    "fr|com|net|org|info|top|xyz|online|site|shop|icu|club|live|app|dev|link|click|eu|io|me|co|ru|cn|tk|ml|ga|cf|gq|pw|"
    "cc|vip|store|space|website|support|biz|ly|re|be|ch|lu|de|es|it|uk|us|pro|help|services|center|life|world|today|gouv"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")
_DOT = re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\[point\]|\(point\)|[。．｡․])\s?")
_SPACED_SCHEME = re.compile(r"\b(h(?:tt|xx)ps?)\s{0,2}:\s{0,2}/\s{0,2}/\s{0,2}")
_SPACED_DOT = re.compile(rf"(?<=[\w-]) {{0,2}}\. {{0,2}}(?=(?:{_ENDINGS})(?:[\s/?#.]|$))|(?<=www) {{0,2}}\. {{0,2}}")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_SCHEMED = re.compile(r"https?:/{1,3}([^\s/?#<>\"«»\\]{1,300})")
_BARE = re.compile(rf"(?<![\w.-])(?:{_LABEL}\.){{1,9}}(?:xn--[a-z0-9-]{{1,50}}|[^\W\d_]{{2,24}})(?![\w-])(?=([/?#:]?))")
_NUMBERS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?=[/:])")


@dataclass(frozen=True, slots=True)
class Link:
    """A host as it is written, what stands before an @ in it, and whether it is plainly meant as a link."""

    host: str
    user: str = ""
    plain: bool = True
    mail: bool = False


def plain_text(text: str) -> str:
    """Lower case, without invisible marks and the usual ways of hiding a link."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:_LONGEST]))[:_LONGEST].lower()
    text = _SPACED_SCHEME.sub(lambda found: found[1].replace("xx", "tt") + "://", _DOT.sub(".", text))
    return _SPACED_DOT.sub(".", text)


def links(plain: str) -> tuple[Link, ...]:
    """The links of a text of `plain_text`, each host once, in order."""
    found: dict[str, Link] = {}
    for match in _SCHEMED.finditer(plain):
        user, at, host = match[1].rpartition("@")
        _add(found, Link(_host(host), user if at else ""))
    rest = _SCHEMED.sub(" ", plain)
    for match in _NUMBERS.finditer(rest):
        _add(found, Link(match[0]))
    for match in _BARE.finditer(rest):
        host = _host(match[0])
        mail = match.start() > 0 and rest[match.start() - 1] == "@"
        meant = match[1] == "/" or host.startswith("www.")
        if meant or re.search(rf"\.(?:{_ENDINGS})$", host) or "xn--" in host:
            _add(found, Link(host, plain=meant and not mail, mail=mail))
    return tuple(found.values())[:_MOST]


def _host(written: str) -> str:
    if written.startswith("["):
        return written.partition("]")[0] + "]"
    return written.partition(":")[0].strip(".,;!?)('*…-")


def _add(found: dict[str, Link], link: Link) -> None:
    if link.host and len(found) < 4 * _MOST:
        found.setdefault(link.host, link)
