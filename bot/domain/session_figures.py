"""Sessions as numbers: a mediator's own month, and the team's, in which nobody can be recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.coop import Coop
from bot.domain.models import Topic
from bot.domain.sessions import KINDS, Session

# Below these, a number of the team's could be somebody's own.
SMALLEST_SHOWN = 5
FEWEST_MEDIATORS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """What some sessions come to; counts are by kind, La Coop's theme, and La Coop's code of autonomy."""

    sessions: int = 0
    minutes: int = 0
    questions: int = 0
    needs: int = 0
    handouts: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    themes: Mapping[str, int] = field(default_factory=dict)
    autonomy: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number, or None when it is too small to be shown."""

    name: str
    number: int | None


def figures(sessions: Iterable[Session], topics: Mapping[str, Topic], coop: Coop) -> Figures:
    """The numbers of some sessions that are over."""
    over = [session for session in sessions if not session.is_open]
    themes: Counter[str] = Counter()
    for session in over:
        known = [topics[topic] for topic in session.topics if topic in topics]
        themes.update(coop.ordered(theme for topic in known for theme in coop.themes_of(topic)))
    return Figures(
        sessions=len(over),
        minutes=sum(session.minutes for session in over),
        questions=sum(len(session.noted("question")) for session in over),
        needs=sum(len(session.noted("need")) for session in over),
        handouts=sum(len(session.noted("handout")) for session in over),
        kinds=Counter(session.kind for session in over),
        themes=themes,
        autonomy=Counter(session.autonomy for session in over if session.autonomy),
    )


def shown_parts(counts: Mapping[str, int], *, names: Iterable[str] = KINDS) -> list[Shown]:
    """Parts that make up a whole, without small ones.

    One hidden part could be found by taking the others from the whole: the next smallest is hidden with it.
    """
    present = [(name, counts.get(name, 0)) for name in names if counts.get(name, 0)]
    hidden = {name for name, number in present if number < SMALLEST_SHOWN}
    left = sorted((number, name) for name, number in present if name not in hidden)
    if len(hidden) == 1 and left:
        hidden.add(left[0][1])
    return [Shown(name, None if name in hidden else number) for name, number in present]


def shown_counts(counts: Mapping[str, int]) -> list[Shown]:
    """Counts that overlap (a session has several themes), most frequent first, without small ones."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Shown(name, number if number >= SMALLEST_SHOWN else None) for name, number in ordered]
