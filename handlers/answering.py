"""Sends what was understood of a question. Shared by typed questions and by deep links and buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot

from bot.context import Services
from bot.domain.decision import Answer, Choices
from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import Topic
from bot.domain.understanding import Talk
from bot.services.ask import Asked
from bot.services.clock import paris_day
from bot.services.question_kinds import question_of
from handlers.delivery import send
from handlers.reading_aloud import deliver
from handlers.render.answer import answer_screen, facet_screen
from handlers.render.html import escape
from handlers.render.languages import isolated
from handlers.render.mediator_card import for_mediator
from handlers.render.menus import theme_buttons
from handlers.render.outcome import choices_screen, danger_screen, foreign_screen, small_talk_screen, unknown_screen
from handlers.render.screen import Button, Screen, opened
from handlers.render.steps import has_steps, step_screen
from handlers.render.tongues import topic_screen_in
from handlers.tongue_choice import Tongue, tongue
from handlers.tongue_data import TonguePart, TonguePressed, encode


@dataclass(frozen=True, slots=True)
class InTongue:
    """The language of an answer where it is translated, and one that a button under the French one leads to."""

    language: Language | None = None
    offered: Language | None = None


_FRENCH = InTongue()


async def send_topic(
    bot: Bot,
    services: Services,
    chat_id: int,
    topic: Topic,
    *,
    user_id: int | None,
    update_id: int,
    reply_to: int | None = None,
    second: bool = False,
    opening: str | None = None,
    facet: str | None = None,
    tongues: InTongue = _FRENCH,
) -> None:
    """Send a topic's answer in the form and, where it has a translation, in the language that the person chose."""
    knowledge, today = services.knowledge.current, paris_day(services.clock)
    services.recent.remember(chat_id, topic.id)
    session = await services.sessions.under_way(user_id)
    choices = await services.preferences.choices(user_id)
    language = tongues.language if session is None else None  # a mediator reads the French answer aloud
    if language is not None and language.code in topic.translations:
        screen = topic_screen_in(knowledge, topic, language, today, short=choices.short)
        await send(bot, chat_id, screen, reply_to=reply_to)  # our voice speaks French only
    else:
        if choices.one_step and session is None and has_steps(topic):  # a mediator needs the whole answer
            screen = step_screen(knowledge, topic, today, short=choices.short, second=second, facet=facet)
        else:
            screen = answer_screen(knowledge, topic, today, short=choices.short, second=second, facet=facet)
        if language is not None and language.speech is not None and language.code == choices.language:
            opening = opening or isolated(language.speech.say("reponse_en_francais"), language)
        screen = _with_offer(screen, topic, tongues.offered)
        if session is not None:
            screen = for_mediator(knowledge, topic, session, screen)
        await deliver(bot, services, chat_id, opened(screen, opening), person=user_id, reply_to=reply_to)
    services.updates.count(update_id, "answer", topic.id)


def _with_offer(screen: Screen, topic: Topic, offered: Language | None) -> Screen:
    """The French answer, with the way to its translation first."""
    if offered is None or offered.speech is None or offered.code not in topic.translations:
        return screen
    data = encode(TonguePressed(TonguePart.TOPIC, offered.code, topic.id))
    return Screen(screen.parts, ((Button(offered.speech.name, data),), *screen.keyboard))


async def _send_side(
    bot: Bot, services: Services, chat_id: int, topic: Topic, asked: Asked, *, user_id: int | None, reply_to: int
) -> None:
    """A precise question after an answer gets its side only."""
    knowledge = services.knowledge.current
    services.recent.remember(chat_id, topic.id)
    session = await services.sessions.under_way(user_id)
    screen = facet_screen(knowledge, topic, str(asked.understood.facet), paris_day(services.clock))
    if session is not None:
        screen = for_mediator(knowledge, topic, session, screen)
    screen = opened(screen, asked.understood.definition)
    await deliver(bot, services, chat_id, screen, person=user_id, reply_to=reply_to)


async def send_asked(
    bot: Bot,
    services: Services,
    chat_id: int,
    asked: Asked,
    *,
    user_id: int | None,
    update_id: int,
    reply_to: int,
    echo: Callable[[Asked], Awaitable[int]] | None = None,
    telephone: str | None = None,
) -> None:
    """Danger first and above anything else; then the answer, the choice, or the honest "I don't know".

    `echo` shows what was understood of a voice message, once danger is dealt with; the answer then replies to it.
    """
    knowledge = services.knowledge.current
    understood, outcome = asked.understood, asked.understood.outcome
    opening, language = None, understood.language
    abroad = language if understood.told_abroad else None
    tongues = tongue(knowledge, await services.preferences.choices(user_id), telephone)
    question = question_of(asked, knowledge)
    if question is not None:
        services.updates.count_question(update_id, question)
    if understood.danger is not None:
        screen = danger_screen(knowledge, understood.danger, abroad, beside=tongues.either)
        if abroad is None and tongues.either is None:
            await deliver(bot, services, chat_id, screen, person=user_id, reply_to=reply_to)
        else:  # our voice speaks French only
            await send(bot, chat_id, screen, reply_to=reply_to)
        services.updates.count(update_id, "danger", understood.danger.kind)
    if echo is not None:
        reply_to = await echo(asked)
    if understood.danger is not None and abroad is not None:
        return
    if language is not None:
        below = knowledge.topics[outcome.topic] if isinstance(outcome, Answer) else None
        screen = foreign_screen(knowledge, tongues.chosen or language, asked.kept, topic=below)
        await send(bot, chat_id, screen, reply_to=reply_to)
        services.updates.count(update_id, "foreign", language.code)
        if not isinstance(outcome, Answer):
            return
    if understood.danger is not None:
        if not isinstance(outcome, Answer | Choices) or (
            isinstance(outcome, Answer) and outcome.topic == understood.danger.kind
        ):
            return
        opening = knowledge.texts.say("danger_autre_besoin")
    if understood.definition:
        opening = understood.definition
    if isinstance(outcome, Answer):
        topic = knowledge.topics[outcome.topic]
        if understood.follow_up and understood.facet in topic.facets:
            await _send_side(bot, services, chat_id, topic, asked, user_id=user_id, reply_to=reply_to)
            services.updates.count(update_id, "answer", topic.id)
            return
        written = language if language is not None and language.code in topic.translations else None
        await send_topic(
            bot, services, chat_id, topic,
            user_id=user_id, update_id=update_id, reply_to=reply_to, opening=opening, facet=understood.facet,
            tongues=InTongue(tongues.chosen or written, tongues.phone),
        )  # fmt: skip
        return
    screen, what = _without_answer(knowledge, asked, tongues)
    screen, keep = opened(screen, opening), asked.kept is None
    if tongues.either is not None and what in ("unknown", "smalltalk"):  # our voice speaks French only
        await send(bot, chat_id, screen, reply_to=reply_to)
    else:
        await deliver(bot, services, chat_id, screen, person=user_id, reply_to=reply_to, keep=keep)
    services.updates.count(update_id, what)


def _without_answer(knowledge: Knowledge, asked: Asked, tongues: Tongue) -> tuple[Screen, str]:
    """A choice, small talk, a request for other words, or the honest "I don't know"; and how it is counted."""
    understood, outcome = asked.understood, asked.understood.outcome
    if isinstance(outcome, Choices):
        return choices_screen(knowledge, outcome.topics, several=outcome.several), "choices"
    if isinstance(outcome, Talk):
        return small_talk_screen(knowledge, knowledge.small_talk[outcome.id], tongues.either), "smalltalk"
    if not understood.readable:
        key = "quelle_demarche" if understood.facet else "incomprehensible"
        return Screen((escape(knowledge.texts.say(key)),), theme_buttons(knowledge)), "unreadable"
    return unknown_screen(knowledge, asked.kept, chosen=tongues.chosen, beside=tongues.phone), "unknown"
