"""What staff teach in conversation: written as files beside the knowledge base, in use a few seconds later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.domain.contributions import LONGEST_WORDING, Change, TopicDraft, draft_topic, one_line, topic_id, wording_key
from bot.domain.models import Topic
from bot.domain.privacy import redact
from bot.domain.text import readable
from bot.errors import AccesDroitsError
from bot.knowledge_base import contribution_checks as checks
from bot.knowledge_base.contribution_files import ContributionFiles, Written
from bot.services.clock import Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.roles import Roles

Found = TypeVar("Found")


class ContributionError(AccesDroitsError):
    """What was asked for cannot be written; `str()` tells staff why, and nothing was changed."""


class AlreadyLearntError(ContributionError):
    """The wording already leads there: there is nothing to do."""


class ContributionService:
    """The one way from the staff desk into the knowledge folder. Roles are asked at every change."""

    def __init__(self, folder: Path, knowledge: KnowledgeService, roles: Roles, clock: Clock) -> None:
        self._folder = folder
        self._files = ContributionFiles(folder)
        self._knowledge = knowledge
        self._roles = roles
        self._clock = clock

    async def learn(self, wording: str, topic: str, *, by: int) -> Change:
        """Attach a wording to a topic; raises ContributionError."""
        self._check_role(by)
        text = self._wording(wording)

        def write() -> Change:
            self._check_topic(topic)
            self._check_new(text, topic)
            return _change(self._files.learn(text, topic, paris_day(self._clock)), f"{topic} : « {text} »", topic)

        return await self._beside(write)

    async def off_topic(self, wording: str, *, by: int) -> Change:
        """Note that no topic covers a wording; raises ContributionError."""
        self._check_role(by)
        text = self._wording(wording)

        def write() -> Change:
            self._check_new(text, "")
            return _change(self._files.off_topic(text, paris_day(self._clock)), f"hors champ : « {text} »", None)

        return await self._beside(write)

    async def add_topic(self, draft: TopicDraft, wordings: tuple[str, ...], *, by: int) -> Change:
        """Publish a new topic that these wordings lead to; raises ContributionError."""
        self._check_role(by)
        texts = tuple({wording_key(text): text for text in map(self._wording, wordings)}.values())

        def write() -> Change:
            topic = self._topic(draft, texts)
            for text in texts:
                self._check_new(text, None)
            if problems := self._problems(topic):
                raise ContributionError("\n".join(problems))
            return _change(self._files.add_topic(topic), f"nouveau sujet {topic.id} : {topic.title}", topic.id)

        return await self._beside(write)

    async def correct(self, topic: str, field: str, value: str, *, by: int) -> Change:
        """Change one text of a topic: `reponse`, `facettes.ou`, `etapes.2`, `contacts.0.telephone` …

        A whole list (`etapes`, `pieces`) is given one item a line. Raises ContributionError.
        """
        self._check_role(by)

        def write() -> Change:
            self._check_topic(topic)
            try:
                before, after = checks.correction(self._folder, topic, field, value)
            except checks.CorrectionError as error:
                raise ContributionError(str(error)) from None
            written = self._files.correct(topic, field, before, after, paris_day(self._clock))
            return _change(written, f"{topic}, {field} corrigé", topic)

        return await self._beside(write)

    async def undo(self, change_id: str, *, by: int) -> bool:
        """Take a change back; False when it is no longer there as it was written. Raises ContributionError."""
        self._check_role(by)
        return bool(await self._beside(lambda: self._files.undo(change_id)))

    def check_draft(self, draft: TopicDraft) -> tuple[str, ...]:
        """What is wrong with a draft, in French: the same checks as for any entry."""
        return self._problems(self._topic(draft, (one_line(draft.titre) or "…",)))

    def preview(self, draft: TopicDraft) -> Topic:
        """The topic as residents would read it, finished or not."""
        return self._topic(draft, ())

    def _topic(self, draft: TopicDraft, wordings: tuple[str, ...]) -> Topic:
        taken = {*self._knowledge.current.topics, *(path.stem for path in self._files.topics())}
        name = draft.id if draft.id and draft.id not in taken else topic_id(draft.titre, taken)
        texts = self._knowledge.current.texts
        return draft_topic(replace(draft, id=name), wordings, today=paris_day(self._clock), texts=texts)

    def _problems(self, topic: Topic) -> tuple[str, ...]:
        return checks.topic_problems(topic, self._knowledge.current)

    def _check_role(self, by: int) -> None:
        if not self._roles.is_staff(by):
            raise ContributionError("Seule l'équipe peut changer les réponses.")

    def _check_topic(self, topic: str) -> None:
        known = topic in self._knowledge.current.topics or topic in {path.stem for path in self._files.topics()}
        if not known:
            raise ContributionError(f"Le sujet « {topic} » n'existe pas.")

    def _wording(self, wording: str) -> str:
        """What may be written of a message: redacted, on one line."""
        text = one_line(redact(one_line(wording)).text)
        if not wording_key(text) or not readable(text):
            raise ContributionError("Ce message ne contient aucun mot à apprendre.")
        if len(text) > LONGEST_WORDING:
            raise ContributionError(
                f"Ce message est trop long : gardez l'essentiel ({LONGEST_WORDING} signes au plus)."
            )
        return text

    def _check_new(self, text: str, topic: str | None) -> None:
        """`topic` is where the wording should lead: "" for nowhere, None for a topic that does not exist yet."""
        key = wording_key(text)
        here = next(
            (
                one.id
                for one in self._knowledge.current.topics.values()
                if any(wording_key(phrase) == key for phrase in one.phrases)
            ),
            None,
        )
        found = self._files.knows(text)
        here = here if found is None else found
        if here is None and any(wording_key(one) == key for one in self._knowledge.current.off_topic):
            here = ""
        if here is None or (here == "" and topic != ""):
            return
        place = f"le sujet « {here} »" if here else "les messages hors champ"
        kind = AlreadyLearntError if here == topic else ContributionError
        raise kind(f"« {text} » est déjà dans {place}.")

    async def _beside(self, work: Callable[[], Found]) -> Found:
        """Run file work off the event loop; what the disk refuses is told in French."""
        try:
            return await asyncio.to_thread(work)
        except FileExistsError:
            raise ContributionError("Un sujet du même nom vient d'être créé : recommencez.") from None
        except OSError as error:
            raise ContributionError(
                f"Le dossier des réponses ne peut pas être écrit ({error.strerror or 'erreur'}). Rien n'est changé."
            ) from error


def _change(written: Written, summary: str, topic: str | None) -> Change:
    return Change(written.id, (written.path,), summary, topic)
