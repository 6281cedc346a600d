"""What editors write of official sites, short addresses, and the words of false messages (arnaques.yaml)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Official:
    """A site and whose it is, as people say it."""

    site: str
    name: str


@dataclass(frozen=True, slots=True)
class ScamLists:
    """All lists of the file; sites in lower case, without scheme nor www."""

    official: tuple[Official, ...] = ()
    platforms: frozenset[str] = frozenset()
    shorteners: frozenset[str] = frozenset()
    imitated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lures: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    company: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
