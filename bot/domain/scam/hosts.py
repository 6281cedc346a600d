"""The parts of a host that say whose it is, and how it looks to the eye."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from publicsuffixlist import PublicSuffixList

# Letters of other alphabets that look like ours, and figures and letters that are taken for each other.
_LOOKS = str.maketrans(
    "авгеёзіїјкмнорстсухһԁԛѕүαβεηικμνορτυχωıℓøđłϲəіiı013456",
    "abreeзlljkmhopctcyxhdqsyabenlkuvoptuxwllodlcellloleasb".replace("з", "e"),
)
_NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}|\[[0-9a-f:.]*\]?")


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffix list that comes with the library: 2 MB, read at the first link."""
    return PublicSuffixList()


def registrable(host: str) -> str:
    """What somebody had to register: impots.gouv.fr of www.impots.gouv.fr, xyz.top of ameli.fr.xyz.top."""
    return _suffixes().privatesuffix(host) or host


def suffix(host: str) -> str:
    """What stands to the right of the name: gouv.fr, com."""
    return _suffixes().publicsuffix(host) or ""


def is_number(host: str) -> bool:
    """Whether a host is an address in figures, in any of the forms that browsers take."""
    return _NUMBER.fullmatch(host) is not None


def decoded(host: str) -> str:
    """The host with its punycode labels as they are shown."""
    return ".".join(map(_decoded, host.split(".")))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def look(text: str) -> str:
    """What a host looks like at a glance."""
    text = text.translate(_LOOKS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.translate(_LOOKS).replace("rn", "m").replace("vv", "w")
