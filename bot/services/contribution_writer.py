"""Checks and writes what staff teach into one knowledge folder. Blocking file work: not for the event loop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.domain.contributions import LONGEST_WORDING, Change, TopicDraft, draft_topic, one_line, topic_id, wording_key
from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.privacy import redact
from bot.domain.text import readable
from bot.knowledge_base import contribution_checks as checks
from bot.knowledge_base.contribution_files import ContributionFiles, Written
from bot.services.contribution_errors import AlreadyLearntError, ContributionError


class ContributionWriter:
    """Every method but `undo` raises ContributionError when it writes nothing, and may raise OSError."""

    def __init__(self, folder: Path, knowledge: Knowledge, day: date) -> None:
        self._folder = folder
        self._files = ContributionFiles(folder)
        self._knowledge = knowledge
        self._day = day

    def learn(self, wording: str, topic: str) -> Change:
        text = _cleaned(wording)
        self._check_topic(topic)
        self._check_new(text, topic)
        return _change(self._files.learn(text, topic, self._day), f"{topic} : « {text} »", topic)

    def off_topic(self, wording: str) -> Change:
        text = _cleaned(wording)
        self._check_new(text, "")
        return _change(self._files.off_topic(text, self._day), f"hors champ : « {text} »", None)

    def add_topic(self, draft: TopicDraft, wordings: tuple[str, ...]) -> Change:
        texts = tuple({wording_key(text): text for text in map(_cleaned, wordings)}.values())
        if not texts:
            raise ContributionError("Il faut au moins une question qui mène à ce sujet.")
        for text in texts:
            self._check_new(text, None)
        topic = self.topic(draft, texts)
        if problems := checks.topic_problems(topic, self._knowledge):
            raise ContributionError("\n".join(problems))
        return _change(self._files.add_topic(topic), f"nouveau sujet {topic.id} : {topic.title}", topic.id)

    def correct(self, topic: str, field: str, value: str) -> Change:
        self._check_topic(topic)
        try:
            before, after = checks.correction(self._folder, topic, field, value)
        except checks.CorrectionError as error:
            raise ContributionError(str(error)) from None
        return _change(self._files.correct(topic, field, before, after, self._day), f"{topic}, {field} corrigé", topic)

    def undo(self, change_id: str) -> bool:
        return bool(self._files.undo(change_id))

    def draft_problems(self, draft: TopicDraft) -> tuple[str, ...]:
        """What is wrong with a draft, before its wordings are chosen."""
        return checks.topic_problems(self.topic(draft, (one_line(draft.titre) or "…",)), self._knowledge)

    def topic(self, draft: TopicDraft, wordings: tuple[str, ...] = ()) -> Topic:
        """The topic that a draft makes, with an id of its own."""
        taken = {*self._knowledge.topics, *self._made()}
        name = draft.id if draft.id and draft.id not in taken else topic_id(draft.titre, taken)
        return draft_topic(replace(draft, id=name), wordings, today=self._day, texts=self._knowledge.texts)

    def _made(self) -> set[str]:
        """Topics that staff made, in use already or not yet."""
        return {path.stem for path in self._files.topics()}

    def _check_topic(self, topic: str) -> None:
        if not self._files.base_topic(topic) and topic not in self._made():
            raise ContributionError(f"Le sujet « {topic} » n'existe pas.")

    def _check_new(self, text: str, topic: str | None) -> None:
        """`topic` is where the wording should lead: "" for nowhere, None for a topic that does not exist yet."""
        here = self._where(text)
        if here is None or (here == "" and topic != ""):
            return
        place = f"le sujet « {here} »" if here else "les messages hors champ"
        kind = AlreadyLearntError if here == topic else ContributionError
        raise kind(f"« {text} » est déjà dans {place}.")

    def _where(self, text: str) -> str | None:
        """The topic that already holds a wording; "" when it is known that none covers it; None: it is new.

        What is in use may be some seconds old: the files have the last word.
        """
        key = wording_key(text)
        found = self._files.knows(text)
        if found is not None:
            return found
        for topic in self._knowledge.topics.values():
            if any(wording_key(phrase) == key for phrase in topic.phrases):
                path = self._files.base_topic(topic.id)
                if path and self._files.holds(path, "phrases", key):
                    return topic.id
        return "" if self._files.holds(self._folder / "hors-champ.yaml", "hors_champ", key) else None


def _cleaned(wording: str) -> str:
    """What may be written of a message: redacted, on one line."""
    text = one_line(redact(one_line(wording)).text)
    if not wording_key(text) or not readable(text):
        raise ContributionError("Ce message ne contient aucun mot à apprendre.")
    if len(text) > LONGEST_WORDING:
        raise ContributionError(f"Message trop long : gardez l'essentiel ({LONGEST_WORDING} signes au plus).")
    return text


def _change(written: Written, summary: str, topic: str | None) -> Change:
    return Change(written.id, (written.path,), summary, topic)
