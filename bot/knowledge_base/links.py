"""Every web address of the knowledge base with its place, and the domains that only look like official ones.

Fraud sites live on such domains (impots-gouv.com), so one that slips into an answer would send residents there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from bot.domain.text import fold
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.stray_files import is_hidden
from bot.knowledge_base.yaml_file import Place, YamlFile, read_yaml

_STATE = "gouv.fr"
_USED_OFTEN = 3  # a domain that stands in that many files is taken for official, as every gouv.fr is
_SHORT = 5  # a shorter name (caf, msa) is a letter away from too many others: only its ending is compared
_LONG = 10  # from here on, two letters may differ
# Seen to be what they say, though their names are near to another's.
_GENUINE = frozenset(
    {"sante.fr", "service-public.fr", "refugies.info", "capemploi.fr", "ch-perigueux.fr", "franceinfo.fr", "doczz.fr"}
)
_RESIDENTS_WORDS = {"phrases", "mots"}  # they quote what residents received, fraud included
_URL = re.compile(r"https?://[^\s<>\"'»)\]]+", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w@.-])(?:[\w-]+\.)+(?:fr|com|net|org|eu|info|site|online|shop|xyz|top|click)(?![\w.-]*\w)")


@dataclass(frozen=True, slots=True, order=True)
class LinkPlace:
    """One place where an address stands; `url` is empty for a domain named in a sentence."""

    path: Path
    line: int
    host: str
    url: str = ""


def collect_links(folder: Path) -> list[LinkPlace]:
    """Every address and every domain name of the folder's YAML files; files that cannot be read are left to `check`."""
    found: set[LinkPlace] = set()
    for path in sorted(folder.rglob("*.yaml")):
        file = None if is_hidden(path) else read_yaml(path, ProblemList(folder))
        if file:
            found.update(_mentions(file, file.data, ()))
    return sorted(found)


def _mentions(file: YamlFile, data: Any, place: Place) -> Iterator[LinkPlace]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in _RESIDENTS_WORDS:
                yield from _mentions(file, value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _mentions(file, value, (*place, index))
    elif isinstance(data, str):
        line = file.line(place)
        for found in _URL.finditer(data):
            url = found.group().rstrip(".,;:!?")
            yield LinkPlace(file.path, line, host_of(url), url)
        for found in _BARE.finditer(_URL.sub(" ", data)):
            yield LinkPlace(file.path, line, found.group().lower().removeprefix("www."))


def host_of(url: str) -> str:
    """The host of an address, without `www.`; empty when the address has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def official_domains(links: Iterable[LinkPlace]) -> frozenset[str]:
    """What the base itself treats as official: every gouv.fr, and the domains that stand in several files."""
    files: dict[str, set[Path]] = defaultdict(set)
    for link in links:
        if link.host:
            files[_registered(link.host)].add(link.path)
    return frozenset(
        domain for domain, places in files.items() if domain.endswith(f".{_STATE}") or len(places) >= _USED_OFTEN
    )


def look_alike(host: str, official: Iterable[str]) -> str | None:
    """The official domain that `host` could be taken for, `gouv.fr` when it pretends to be the State's; or None."""
    host = fold(host)
    domain = _registered(host)
    known = frozenset(official)
    if host in {_STATE, ""} or domain in known or domain in _GENUINE or domain.endswith(f".{_STATE}"):
        return None
    if "gouv" in re.split(r"[.-]", host):
        near = [one for one in sorted(known) if one.endswith(f".{_STATE}") and _name(one) in re.split(r"[.-]", host)]
        return near[0] if near else _STATE
    for one in sorted(known):
        if f"{one}." in f"{host}." or _same_name(_name(domain), _name(one)):
            return one
    if "xn--" in host or not host.isascii():
        return "un nom en lettres ordinaires"
    return None


def _same_name(name: str, official: str) -> bool:
    allowed = 0 if len(official) < _SHORT else 1 if len(official) < _LONG else 2
    return OSA.distance(name, official, score_cutoff=allowed) <= allowed


def _registered(host: str) -> str:
    """The part of a host that someone registered: `caf.fr`, `impots.gouv.fr`."""
    labels = host.split(".")
    return ".".join(labels[-3:] if host.endswith(f".{_STATE}") else labels[-2:])


def _name(domain: str) -> str:
    """`impots` for impots.gouv.fr, `grandperigueux` for grand-perigueux.fr."""
    return domain.split(".", maxsplit=1)[0].replace("-", "")
