"""What staff teach in conversation: written as files beside the knowledge base, in use a few seconds later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.domain.contributions import Change, TopicDraft
from bot.domain.models import Topic
from bot.errors import AccesDroitsError
from bot.services.clock import Clock, paris_day
from bot.services.contribution_errors import AlreadyLearntError, ContributionError
from bot.services.knowledge import KnowledgeService
from bot.services.roles import Roles

if TYPE_CHECKING:
    from bot.services.contribution_writer import ContributionWriter

Found = TypeVar("Found")


class ContributionService:
    """The one way from the staff desk into the knowledge folder. Roles are asked at every change."""

    def __init__(self, folder: Path, knowledge: KnowledgeService, roles: Roles, clock: Clock) -> None:
        self._folder = folder
        self._knowledge = knowledge
        self._roles = roles
        self._clock = clock

    async def learn(self, wording: str, topic: str, *, by: int) -> Change:
        """Attach a wording to a topic; raises ContributionError."""
        self._check_role(by)
        return await beside(lambda: self.writer().learn(wording, topic))

    async def off_topic(self, wording: str, *, by: int) -> Change:
        """Note that no topic covers a wording; raises ContributionError."""
        self._check_role(by)
        return await beside(lambda: self.writer().off_topic(wording))

    async def add_topic(self, draft: TopicDraft, wordings: tuple[str, ...], *, by: int) -> Change:
        """Publish a new topic that these wordings lead to; raises ContributionError."""
        self._check_role(by)
        return await beside(lambda: self.writer().add_topic(draft, wordings))

    async def correct(self, topic: str, field: str, value: str, *, by: int) -> Change:
        """Change one text of a topic: `reponse`, `facettes.ou`, `etapes.2`, `contacts.0.telephone` …

        A whole list (`etapes`, `pieces`) is given one item a line. Raises ContributionError.
        """
        self._check_role(by)
        return await beside(lambda: self.writer().correct(topic, field, value))

    async def undo(self, change_id: str, *, by: int) -> bool:
        """Take a change back; False when it is no longer there as it was written. Raises ContributionError."""
        self._check_role(by)
        return await beside(lambda: self.writer().undo(change_id))

    def check_draft(self, draft: TopicDraft) -> tuple[str, ...]:
        """What is wrong with a draft, in French: the same checks as for any entry."""
        return self.writer().draft_problems(draft)

    def preview(self, draft: TopicDraft) -> Topic:
        """The topic as residents would read it, finished or not."""
        return self.writer().topic(draft)

    def writer(self, folder: Path | None = None) -> ContributionWriter:
        """What writes into the folder, or would into another one. Asks for no role: for what shows before it does."""
        from bot.services.contribution_writer import ContributionWriter  # noqa: PLC0415 (3 MB that only staff's changes need)

        return ContributionWriter(folder or self._folder, self._knowledge.current, paris_day(self._clock))

    def _check_role(self, by: int) -> None:
        if not self._roles.is_staff(by):
            raise ContributionError("Seule l'équipe peut changer les réponses.")


async def beside(work: Callable[[], Found]) -> Found:
    """Run file work off the event loop; what the disk refuses is told in French, and nothing is changed then."""
    try:
        return await asyncio.to_thread(work)
    except ContributionError:
        raise
    except AccesDroitsError as error:  # a file of the overlay that an editor broke, an id taken meanwhile
        raise ContributionError(f"{error} Rien n'est changé.") from error
    except OSError as error:
        reason = error.strerror or "erreur du disque"
        raise ContributionError(f"Les réponses ne peuvent pas être écrites ({reason}). Rien n'est changé.") from error


__all__ = ["AlreadyLearntError", "Change", "ContributionError", "ContributionService", "TopicDraft", "beside"]
