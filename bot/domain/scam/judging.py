"""Compares the links of a message with the official sites: the likely imitation is named, nothing is called safe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from bot.domain.scam.hosts import decoded, is_number, look, registrable, suffix
from bot.domain.scam.links import Link, links, plain_text
from bot.domain.scam.lists import Official, ScamLists
from bot.domain.text import strip_accents

_STATE = Official("gouv.fr", "l'État")
_FEW_WORDS = 3
_EXACT_FROM = 7  # letters from which the name of a site of ours is no word of every day
_WORD = re.compile(r"[^\W_]{2,}")


class Kind(StrEnum):
    """What a link is, the worst first."""

    IMITATION = "imitation"
    HIDDEN = "hidden"
    NUMBER = "number"
    SHORT = "short"
    ODD = "odd"
    UNKNOWN = "unknown"
    OFFICIAL = "official"


_ORDER = list(Kind)


@dataclass(frozen=True, slots=True)
class Judged:
    """One link: its kind, and the official site that it is, or imitates."""

    host: str
    kind: Kind
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The links of a message, the worst first."""

    links: tuple[Judged, ...]

    @property
    def worst(self) -> Judged:
        return self.links[0]


class ScamJudge:
    """Built once from the lists and from the addresses that the knowledge base gives."""

    def __init__(self, lists: ScamLists, linked: Iterable[str], mentioned: Iterable[str] = ()) -> None:
        """`linked`: hosts that people are sent to; `mentioned`: hosts of sources, known but not official."""
        self._lists = lists
        self._official = {one.site: one for one in lists.official}
        for host in linked:
            site = registrable(host.lower())
            if site not in lists.platforms:
                self._official.setdefault(site, Official(site, site))
        self._mentioned = {registrable(host.lower()) for host in mentioned} - self._official.keys()
        self._words: dict[str, Official] = {}
        for site, words in lists.imitated.items():
            if site in self._official:
                self._words |= {look(word.replace("-", "")): self._official[site] for word in words}
        self._names: dict[str, Official] = {}
        for one in lists.official:
            self._words.setdefault(look(_name(one.site).replace("-", "")), one)
        for one in self._official.values():
            self._names.setdefault(look(_name(one.site)), one)
        self._looks = {look(site): one for site, one in self._official.items()}
        self._common = {look(word) for word in lists.common}
        self._company = {look(word) for word in lists.company}

    def judge(self, text: str) -> Verdict | None:
        """What to say of the links of a message; None when it is a question like any other. Never raises."""
        plain = plain_text(text)
        found = links(plain)
        judged = [(link, self.host(link)) for link in found]
        kept = [one for link, one in judged if not link.mail or one.kind is Kind.IMITATION]
        if not kept:
            return None
        kept.sort(key=lambda one: _ORDER.index(one.kind))
        if kept[0].kind in (Kind.UNKNOWN, Kind.OFFICIAL) and not self._in_doubt(plain, found):
            return None
        return Verdict(tuple(kept))

    def host(self, link: Link) -> Judged:
        """One link by itself."""
        host = link.host
        if link.user:
            return Judged(host, Kind.HIDDEN, self._imitated(f"{link.user.partition(':')[0]}.x"))
        if is_number(host):
            return Judged(host, Kind.NUMBER)
        site = registrable(host)
        if site in self._official:
            return Judged(host, Kind.OFFICIAL, self._official[site])
        if suffix(host) == _STATE.site and host != _STATE.site:
            return Judged(host, Kind.OFFICIAL, Official(site, _STATE.name))
        if site in self._lists.shorteners or host in self._lists.shorteners:
            return Judged(host, Kind.SHORT)
        if site in self._mentioned or site in self._lists.platforms:
            return Judged(host, Kind.UNKNOWN)
        imitated = self._imitated(host)
        if imitated is not None:
            return Judged(host, Kind.IMITATION, imitated)
        return Judged(host, Kind.UNKNOWN if host.isascii() and "xn--" not in host else Kind.ODD)

    def _imitated(self, host: str) -> Official | None:
        seen = look(decoded(host))
        labels = seen.split(".")
        for size in (3, 2):  # a whole official address as the beginning of another one
            for start in range(len(labels) - size + 1):
                inside = self._looks.get(".".join(labels[start : start + size]))
                if inside is not None:
                    return inside
        own = labels[:-1]
        parts = [part for label in own for part in label.split("-") if part]
        glued = [label.replace("-", "") for label in own]
        company = any(part in self._company for part in parts) or len(parts) > 2
        for word, official in self._words.items():
            if self._tells(word, parts, glued, company=company):
                return official
        for label in own:
            if label in self._names and len(label) >= _EXACT_FROM:
                return self._names[label]
        state = any(
            part in ("gouv", "gouvfr") or label.endswith("gouvfr") for label in own for part in label.split("-")
        )
        return _STATE if state else None

    def _tells(self, word: str, parts: list[str], glued: list[str], *, company: bool) -> bool:
        """Whether a name of a site holds an imitated word, whole, glued to another, or nearly."""
        weak = word in self._common or len(word) < 4
        if word in parts or word in glued:
            return company or not weak or word == glued[-1]
        if weak and len(word) < 5:
            return any(label.startswith(word) and label[len(word) :] in self._company for label in glued)
        if any(word in label for label in glued):
            return True
        if len(word) < 5:
            return False
        most = 2 if len(word) >= 9 else 1
        return any(
            one[:1] == word[:1] and OSA.distance(one, word, score_cutoff=most) <= most for one in (*parts, *glued)
        )

    def _in_doubt(self, plain: str, found: tuple[Link, ...]) -> bool:
        """Whether a message with no wrong link asks about it all the same: in words, as a lure, or by little else."""
        without = plain
        for link in found:
            without = without.replace(link.host, " ")
        said = strip_accents(re.sub(r"https?://\S*|/\S*", " ", without)).replace("’", "'")
        if any(strip_accents(cue) in said for cue in self._lists.questions):
            return True
        if any(link.plain for link in found) and sum(strip_accents(lure) in said for lure in self._lists.lures) > 1:
            return True
        return len(_WORD.findall(said)) <= _FEW_WORDS


def _name(site: str) -> str:
    """The name in a site, without what anybody may register under."""
    end = suffix(site)
    return site.removesuffix(f".{end}") if end else site
