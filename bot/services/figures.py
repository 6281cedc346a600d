"""The figures of a period, for staff: read, added up, and made such that nobody is recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from bot.domain.figures import Counted, Figures, Outcomes, Part, delays
from bot.domain.freshness import to_check
from bot.domain.knowledge import Knowledge
from bot.domain.periods import Period, Span, period_of
from bot.domain.small_cells import protect
from bot.domain.text import fold
from bot.services.clock import PARIS, Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.storage.figures import FigureStore
from bot.storage.hours import hour_of

_LISTED = 10


class FigureService:
    """Every method raises StorageError."""

    def __init__(self, store: FigureStore, knowledge: KnowledgeService, clock: Clock) -> None:
        self._store = store
        self._knowledge = knowledge
        self._clock = clock

    def current(self, span: Span) -> Period:
        """The period that today is in."""
        return period_of(span, paris_day(self._clock))

    async def collect(self, period: Period) -> Figures:
        """Everything about a period, up to today."""
        store, knowledge, today = self._store, self._knowledge.current, paris_day(self._clock)
        start, until = period.start, min(period.end, today)
        counts = await store.questions(start, until)
        channels: dict[str, Outcomes] = {}
        for one in counts:
            channels[one.channel] = channels.get(one.channel, Outcomes()) + one.outcomes
        before = await store.questions(period.before.start, period.before.end)
        refused = await store.topics("refused", start, until)
        checks = to_check(knowledge.topics.values(), today)
        return Figures(
            period=period,
            until=until,
            channels=channels,
            previous=sum((one.outcomes for one in before), Outcomes()),
            parts=tuple(
                Part(first, last, sum((one.outcomes for one in counts if first <= one.day <= last), Outcomes()))
                for first, last in period.parts(until)
            ),
            helped=sum((await store.topics("helped", start, until)).values()),
            refused=sum(refused.values()),
            topics=_most(await store.topics("answer", start, until), _title(knowledge)),
            refused_topics=_most(refused, _title(knowledge)),
            missing=_most(_alike(await store.missing(start, until)), str),
            waiting=await store.waiting(until),
            delays=delays(await store.waits(_midnight(start), _midnight(until + timedelta(days=1)))),
            places=protect(_with_names(await store.communes(start, until), knowledge)),
            overdue=sum(one.overdue for one in checks),
            entries=len(knowledge.topics),
        )


def _title(knowledge: Knowledge) -> Callable[[str], str]:
    def title(topic: str) -> str:
        found = knowledge.topics.get(topic)
        return found.title if found else topic

    return title


def _most(counts: Mapping[str, int], label: Callable[[str], str]) -> tuple[Counted, ...]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Counted(label(name), n) for name, n in ordered[:_LISTED] if name and n)


def _alike(texts: Mapping[str, int]) -> dict[str, int]:
    """The same words in other letters, accents or marks are one; shown as they were written most."""
    shown: dict[str, str] = {}
    counts: dict[str, int] = {}
    for text, n in texts.items():  # the most frequent first
        name = shown.setdefault(" ".join(fold(text).rstrip(" ?!.").split()), text)
        counts[name] = counts.get(name, 0) + n
    return counts


def _with_names(counts: Mapping[tuple[str, str], int], knowledge: Knowledge) -> dict[tuple[str, str], int]:
    """Themes and communes as people call them; what has no name any more counts as not said."""
    themes = {theme.id: theme.title for theme in knowledge.themes}
    communes = {commune.insee: commune.name for commune in knowledge.places.communes}
    named: dict[tuple[str, str], int] = {}
    for (theme, commune), n in counts.items():
        key = (themes.get(theme, ""), communes.get(commune, ""))
        named[key] = named.get(key, 0) + n
    return named


def _midnight(day: date) -> str:
    """The beginning of a day in Périgueux, as needs hold it."""
    return hour_of(datetime.combine(day, time(), tzinfo=PARIS))
