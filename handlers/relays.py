"""/relais: a mediator hands on how far somebody came; whoever types the code, or opens its link, goes on from there."""

from __future__ import annotations

import contextlib

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.domain.decision import Answer, Choices
from bot.domain.models import Topic
from bot.domain.relays import Relay, is_code, typed_code, version
from bot.services.clock import paris_day
from bot.services.retention import RELAYS
from handlers.answering import send_topic
from handlers.delivery import edit, send
from handlers.guards import mediator_only
from handlers.relay_data import PATTERN, RelayAction, decode
from handlers.render.html import escape
from handlers.render.outcome import danger_screen
from handlers.render.relays import code_screen, state_screen, ticking_screen, topics_screen
from handlers.render.screen import Screen

LINK = "rel-"


@mediator_only
async def begin(update: Update, context: Context) -> None:
    """/relais [sujet]: tick what is done and missing; without words, for the last answer. A code opens it."""
    message = update.effective_message
    if message is None:
        return
    services, knowledge = context.services, context.services.knowledge.current
    text = " ".join(context.args or ())
    code = typed_code(text)
    if code is not None:
        await _open(update, context, code)
        return
    if not text:
        last = services.recent.last(message.chat_id)
        topics: tuple[str, ...] = (last,) if last in knowledge.topics else ()
    else:
        understood = services.knowledge.understanding.read(text)
        if understood.danger is not None:
            await send(context.bot, message.chat_id, danger_screen(knowledge, understood.danger))
            services.updates.count(update.update_id, "danger", understood.danger.kind)
            return
        outcome = understood.outcome
        topics = (outcome.topic,) if isinstance(outcome, Answer) else ()
        topics = outcome.topics if isinstance(outcome, Choices) else topics
    found = tuple(knowledge.topics[topic] for topic in topics)
    if not found:
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("relais_mode")),)))
    elif len(found) > 1:
        await send(context.bot, message.chat_id, topics_screen(knowledge, found))
    else:
        await send(context.bot, message.chat_id, ticking_screen(knowledge, found[0], _fresh(found[0])))


async def press(update: Update, context: Context) -> None:
    """Tick, or make the code. For anybody but mediators these buttons do not exist."""
    query = update.callback_query
    if query is None:
        return
    services, knowledge = context.services, context.services.knowledge.current
    pressed = decode(query.data, knowledge.topics)
    message = query.message if isinstance(query.message, Message) else None
    allowed = services.roles.is_mediator(query.from_user.id)
    old = services.texts.say("ancien_bouton") if pressed is None or message is None or not allowed else None
    with contextlib.suppress(TelegramError):
        await query.answer(old, show_alert=old is not None)
    if pressed is None or message is None or not allowed:
        return
    screen = ticking_screen(knowledge, pressed.topic, pressed.relay)
    if pressed.action is RelayAction.BEGIN:
        await send(context.bot, message.chat_id, screen)
    elif pressed.action is RelayAction.TICK:
        await edit(message, screen)
    else:
        code = await services.relays.make(pressed.relay)
        link = create_deep_linked_url(context.bot.username, f"{LINK}{code}")
        last_day = RELAYS.last_day(paris_day(services.clock))
        await edit(message, code_screen(knowledge, pressed.topic, code, link, last_day))
        services.updates.count(update.update_id, "relay_made", pressed.topic.id)


async def open_link(update: Update, context: Context, payload: str) -> bool:
    """Open the link of a relay; False when the link is none."""
    code = payload.removeprefix(LINK)
    if code == payload:
        return False
    await _open(update, context, code)
    return True


async def open_typed(update: Update, context: Context) -> bool:
    """Open the code that a message is; False for any other message."""
    message = update.effective_message
    code = typed_code(message.text or "") if message else None
    if code is None:
        return False
    await _open(update, context, code)
    return True


async def _open(update: Update, context: Context, code: str) -> None:
    """The state, then the answer. A code that is wrong, used or old: one sentence, the same for all."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services, knowledge = context.services, context.services.knowledge.current
    relay = await services.relays.take(code, user.id, update.update_id)
    if relay is None:
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("relais_perdu")),)))
        return
    topic = knowledge.topics.get(relay.topic)
    if topic is None:
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("sujet_inconnu")),)))
    else:
        await send(context.bot, message.chat_id, state_screen(knowledge, topic, relay))
        await send_topic(
            context.bot, services, message.chat_id, topic, user_id=user.id, update_id=update.update_id
        )  # fmt: skip
        services.updates.count(update.update_id, "relay_opened", topic.id)
    if is_code(code):
        await services.relays.used(code)  # only now: a reply that did not arrive is tried again


def _fresh(topic: Topic) -> Relay:
    return Relay(topic.id, version(topic))


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("relais", begin, filters=filters.ChatType.PRIVATE))
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
