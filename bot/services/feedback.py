"""Why an answer was refused: noted with the need, counted, and told to staff at once when it may be false."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bot.domain.needs import Why
from bot.services.alerts import Alerts
from bot.services.ask import AskService
from bot.services.clock import Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.needs import Kept, NeedService
from bot.services.pseudonyms import pseudonym

ALERTS_PER_PERSON = 3  # a day; what comes above is noted and counted like the others
_PURPOSE = "feedback"


class FeedbackService:
    """One tap after "ce n'est pas ça"."""

    def __init__(
        self,
        ask: AskService,
        needs: NeedService,
        knowledge: KnowledgeService,
        alerts: Alerts,
        key: bytes,
        clock: Clock,
    ) -> None:
        self._ask = ask
        self._needs = needs
        self._knowledge = knowledge
        self._alerts = alerts
        self._key = key
        self._clock = clock
        self._told = _DayOfAlerts()

    async def say(
        self, why: Why, topic: str, text: str | None, *, eraser: str, person: int, update_id: int
    ) -> Kept | None:
        """Note why the answer `topic` was wrong for the question `text`; raises StorageError.

        `eraser` is the token of the need that the refusal made, "" when it made none. Then an answer that is itself at
        fault makes one now, which is returned; one that merely answers something else does not: the person is being
        offered other answers.
        """
        kept = None
        if eraser:
            await self._needs.explain(eraser, why)
        elif why != "not_mine":
            kept = await self._ask.wrong(text, topic, why, update_id=update_id)
        if why == "false":
            await self._tell_staff(topic, person)
        return kept

    async def _tell_staff(self, topic: str, person: int) -> None:
        """Staff hear of a topic once a day, and of what one person says three times a day."""
        who = pseudonym(self._key, person, _PURPOSE)
        if self._told.allows(paris_day(self._clock), topic, who):
            current = self._knowledge.current
            title = current.topics[topic].title
            await self._alerts.send(current.texts.say("equipe_info_fausse", titre=title, sujet=topic))


class _DayOfAlerts:
    """What staff were told today, in memory only: it tells who reported."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._topics: set[str] = set()
        self._people: Counter[str] = Counter()

    def allows(self, day: date, topic: str, who: str) -> bool:
        """Whether this alert is one more that staff should get; it then counts."""
        if day != self._day:
            self._day = day
            self._topics.clear()
            self._people.clear()
        if topic in self._topics or self._people[who] >= ALERTS_PER_PERSON:
            return False
        self._topics.add(topic)
        self._people[who] += 1
        return True
