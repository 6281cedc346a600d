"""Which language somebody is answered in: the one they chose, the one they write, then their telephone's."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import User

from bot.context import Services
from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.preferences import FRENCH, Choices


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language that was chosen in the settings, or else the one of the telephone; None is French."""

    chosen: Language | None = None
    phone: Language | None = None

    @property
    def either(self) -> Language | None:
        return self.chosen or self.phone


def tongue(knowledge: Knowledge, choices: Choices, telephone: str | None) -> Tongue:
    """What the settings and Telegram's own language say, among the languages that we speak."""
    if choices.language == FRENCH:
        return Tongue()
    chosen = spoken(knowledge, choices.language)
    return Tongue(chosen) if chosen else Tongue(None, spoken(knowledge, telephone))


async def tongue_of(services: Services, user: User | None) -> Tongue:
    """The same, for whoever wrote or pressed."""
    if user is None:
        return Tongue()
    choices = await services.preferences.choices(user.id)
    return tongue(services.knowledge.current, choices, user.language_code)


def spoken(knowledge: Knowledge, code: str | None) -> Language | None:
    """The language of a code, when the bot has all its sentences."""
    language = knowledge.languages.get(code)
    return language if language is not None and language.speech is not None else None
