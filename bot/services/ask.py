"""A resident asks: what the message means, and the need kept when nobody could answer it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.decision import Unknown, choices
from bot.domain.needs import Reason, Why
from bot.domain.session_privacy import without_person
from bot.domain.understanding import Understood
from bot.services.knowledge import KnowledgeService
from bot.services.needs import Kept, NeedService

CHAT, PAGE = "chat", "page"  # on Telegram, and in the browser: the trial or the kiosk
SESSION = "session"  # the channel of what mediators ask and tell in a session


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood, what was kept of it (None when nothing had to be), and the commune that it named."""

    understood: Understood
    kept: Kept | None = None
    channel: str = "chat"
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """After "ce n'est pas ça": other topics to offer, or the need that was kept (None beside a danger)."""

    topics: tuple[str, ...] = ()
    kept: Kept | None = None


class AskService:
    """The main use case, without telegram."""

    def __init__(self, knowledge: KnowledgeService, needs: NeedService, channel: str = CHAT) -> None:
        self._knowledge = knowledge
        self._needs = needs
        self.channel = channel  # what is asked outside a session comes through this one

    async def ask(
        self,
        text: str,
        *,
        update_id: int,
        channel: str | None = None,
        after: str | None = None,
        near: str | None = None,
    ) -> Asked:
        """Read a message, `after` being the topic of the last answer and `near` the commune chosen before.

        An unknown need is stored before this returns, and so is one in another language, whatever the answer.
        Danger messages are never stored.
        """
        channel = channel or self.channel
        understood = self._knowledge.understanding.read(text, after)
        outcome = understood.outcome
        # Where a danger is stays unknown.
        commune = "" if understood.danger else self._commune(text) or near or ""
        answered = not isinstance(outcome, Unknown) or not understood.readable
        if understood.danger is not None or (answered and understood.language is None):
            return Asked(understood, channel=channel, commune=commune)
        kept = await self._needs.keep(
            without_person(text) if channel == SESSION else text,
            update_id=update_id,
            reason="unknown",
            ranking=understood.ranking,
            channel=channel,
            language=understood.language,
            commune=commune,
        )
        return Asked(understood, kept, channel, commune)

    def _commune(self, text: str) -> str:
        return self._knowledge.current.places.mentions.find(text)

    async def refuse(
        self, text: str | None, topic: str, *, update_id: int, second: bool, channel: str | None = None
    ) -> Refused:
        """ "Ce n'est pas ça": the next candidates once, then an unmet need."""
        if text and not second:
            ranking = self._knowledge.understanding.rank(text)
            others = choices(ranking, without=frozenset({topic}))
            if others:
                return Refused(topics=others)
        kept = await self._keep(text, update_id=update_id, reason="refused", topic=topic, channel=channel)
        return Refused(kept=kept)

    def without_danger(self, text: str) -> Understood:
        """What a message asks for, once its writer has said that they are in no danger. Nothing is kept of it."""
        return self._knowledge.understanding.read(text, safe=True)

    async def none_of_these(self, text: str | None, *, update_id: int, channel: str | None = None) -> Kept | None:
        """ "Aucune de ces réponses": an unmet need."""
        return await self._keep(text, update_id=update_id, reason="none", topic=None, channel=channel)

    async def told(self, text: str, *, update_id: int) -> Asked:
        """A mediator says what is missing or where it blocked: a need like any other, unless it tells of danger."""
        understood = self._knowledge.understanding.read(text)
        if understood.danger is not None:
            return Asked(understood)
        kept = await self._needs.keep(
            without_person(text),
            update_id=update_id,
            reason="unknown",
            ranking=understood.ranking,
            channel=SESSION,
            language=understood.language,
        )
        return Asked(understood, kept)

    async def wrong(self, text: str | None, topic: str, why: Why, *, update_id: int) -> Kept | None:
        """An answer that is itself at fault: a need, also when the person goes on with another answer."""
        return await self._keep(text, update_id=update_id, reason="refused", topic=topic, why=why)

    async def _keep(
        self,
        text: str | None,
        *,
        update_id: int,
        reason: Reason,
        topic: str | None,
        why: Why | None = None,
        channel: str | None = None,
    ) -> Kept | None:
        """Store what was refused; nothing at all of a message that told of danger, not even what it came near to."""
        understood = self._knowledge.understanding.read(text) if text else None
        if understood is not None and understood.danger is not None:
            return None
        return await self._needs.keep(
            without_person(text or "") if channel == SESSION else text or "",
            update_id=update_id,
            channel=channel or self.channel,
            reason=reason,
            ranking=understood.ranking if understood else (),
            topic=topic,
            language=understood.language if understood else None,
            why=why,
            commune=self._commune(text) if text else "",
        )
