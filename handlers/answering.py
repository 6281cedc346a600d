"""Sends what was understood of a question. Shared by typed questions and by deep links and buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Bot

from bot.context import Services
from bot.domain.decision import Answer, Choices
from bot.domain.models import Topic
from bot.domain.understanding import Talk
from bot.services.ask import Asked
from bot.services.clock import paris_day
from bot.services.question_kinds import question_of
from handlers.delivery import send
from handlers.reading_aloud import deliver
from handlers.render.answer import answer_screen, facet_screen
from handlers.render.html import escape
from handlers.render.mediator_card import for_mediator
from handlers.render.menus import theme_buttons
from handlers.render.outcome import choices_screen, danger_screen, foreign_screen, small_talk_screen, unknown_screen
from handlers.render.screen import Screen, opened
from handlers.render.steps import has_steps, step_screen


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
    follow_up: bool = False,
) -> None:
    """Send a topic's answer in the form that the person chose; a precise question after it gets its side only."""
    knowledge, today = services.knowledge.current, paris_day(services.clock)
    services.recent.remember(chat_id, topic.id)
    session = await services.sessions.under_way(user_id)
    choices = await services.preferences.choices(user_id)
    if follow_up and facet in topic.facets:
        screen = facet_screen(knowledge, topic, str(facet), today)
    elif choices.one_step and session is None and has_steps(topic):  # a mediator needs the whole answer
        screen = step_screen(knowledge, topic, today, short=choices.short, second=second, facet=facet)
    else:
        screen = answer_screen(knowledge, topic, today, short=choices.short, second=second, facet=facet)
    if session is not None:
        screen = for_mediator(knowledge, topic, session, screen)
    await deliver(bot, services, chat_id, opened(screen, opening), person=user_id, reply_to=reply_to)
    services.updates.count(update_id, "answer", topic.id)


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
) -> None:
    """Danger first and above anything else; then the answer, the choice, or the honest "I don't know".

    `echo` shows what was understood of a voice message, once danger is dealt with; the answer then replies to it.
    """
    knowledge = services.knowledge.current
    understood, outcome = asked.understood, asked.understood.outcome
    opening, language = None, understood.language
    abroad = language if understood.told_abroad else None
    question = question_of(asked, knowledge)
    if question is not None:
        services.updates.count_question(update_id, question)
    if understood.danger is not None:
        screen = danger_screen(knowledge, understood.danger, abroad)
        if abroad is None:
            await deliver(bot, services, chat_id, screen, person=user_id, reply_to=reply_to)
        else:  # our voice speaks French only
            await send(bot, chat_id, screen, reply_to=reply_to)
        services.updates.count(update_id, "danger", understood.danger.kind)
    if echo is not None:
        reply_to = await echo(asked)
    if understood.danger is not None and abroad is not None:
        return
    if language is not None:
        await send(bot, chat_id, foreign_screen(knowledge, language, asked.kept), reply_to=reply_to)
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
        await send_topic(
            bot, services, chat_id, topic,
            user_id=user_id, update_id=update_id, reply_to=reply_to, opening=opening,
            facet=understood.facet, follow_up=understood.follow_up,
        )  # fmt: skip
        return
    if isinstance(outcome, Choices):
        screen = choices_screen(knowledge, outcome.topics, several=outcome.several)
        what = "choices"
    elif isinstance(outcome, Talk):
        screen = small_talk_screen(knowledge, knowledge.small_talk[outcome.id])
        what = "smalltalk"
    elif not understood.readable:
        key = "quelle_demarche" if understood.facet else "incomprehensible"
        screen = Screen((escape(knowledge.texts.say(key)),), theme_buttons(knowledge))
        what = "unreadable"
    else:
        screen = unknown_screen(knowledge, asked.kept)
        what = "unknown"
    keep = asked.kept is None
    await deliver(bot, services, chat_id, opened(screen, opening), person=user_id, reply_to=reply_to, keep=keep)
    services.updates.count(update_id, what)
