"""Every button under our messages. Old, forged or foreign data ends in a kind sentence, never in an error."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context, Services
from bot.domain.decision import Answer, Choices
from bot.domain.knowledge import Knowledge
from bot.services.ask import SESSION
from bot.services.updates import Said
from bot.storage.errors import StorageError
from handlers.answering import InTongue, send_topic
from handlers.asked import asked_in, question_text
from handlers.callback_data import Action, Pressed, decode
from handlers.delivery import edit, markup, send
from handlers.reading_aloud import deliver, still_listenable, take_voices_back
from handlers.render.answer import answer_keyboard, facets_screen
from handlers.render.feedback import why_keyboard
from handlers.render.html import escape, join_blocks
from handlers.render.menus import theme_screen, themes_screen
from handlers.render.outcome import choices_screen, danger_now_screen, unknown_screen
from handlers.render.screen import Screen
from handlers.render.settings import settings_screen
from handlers.render.tongues import say, themes_screen_in
from handlers.session_rows import with_session_rows
from handlers.tongue_choice import Tongue, tongue_of
from handlers.tongue_data import PREFIX as TONGUE
from handlers.voice_data import PREFIX as VOICE

_MAX_CARDS = 3


@dataclass(frozen=True, slots=True)
class Press:
    """One press: the button, the message it stood under, and the question that message answered."""

    query: CallbackQuery
    message: Message
    pressed: Pressed
    update_id: int
    context: Context

    @property
    def services(self) -> Services:
        return self.context.services

    @property
    def knowledge(self) -> Knowledge:
        return self.services.knowledge.current

    @property
    def question(self) -> Message | None:
        """The message that holds the question, as Telegram still knows it."""
        return asked_in(self.message)

    @property
    def question_text(self) -> str | None:
        return question_text(self.message)

    async def tongue(self) -> Tongue:
        """The language that the person chose, or that of their telephone."""
        return await tongue_of(self.services, self.query.from_user)

    async def channel(self) -> str:
        """Where a need comes from: a mediator's session, or somebody's own conversation."""
        return SESSION if await self.services.sessions.under_way(self.query.from_user.id) else self.services.ask.channel

    def note(self) -> None:
        """The person has said this about the message: a second press says nothing new."""
        self.services.updates.note(Said(self.message.chat_id, self.message.message_id, self.pressed.action))

    async def show(self, screen: Screen) -> None:
        """What may hold the person's own words is read aloud like an answer, but its sound is not kept."""
        reply_to = self.question.message_id if self.question else None
        await deliver(
            self.context.bot, self.services, self.message.chat_id, screen,
            person=self.query.from_user.id, reply_to=reply_to, keep=False,
        )  # fmt: skip


async def press(update: Update, context: Context) -> None:
    """Answer the press at once (the phone shows a clock until then), then do what the button says."""
    query = update.callback_query
    if query is None:
        return
    texts = context.services.texts
    knowledge = context.services.knowledge.current
    known = [*knowledge.topics, *(theme.id for theme in knowledge.themes)]
    pressed = decode(query.data, known)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None or not _fits(pressed, knowledge):
        await _acknowledge(query, texts.say("ancien_bouton"), alert=True)
        return
    said = Said(message.chat_id, message.message_id, pressed.action)
    if context.services.updates.was_said(said):
        await _acknowledge(query, texts.say("deja_compte"))
        return
    await _acknowledge(query, texts.say("merci_aide") if pressed.action is Action.HELPED else None)
    await _ACTIONS[pressed.action](Press(query, message, pressed, update.update_id, context))


def _fits(pressed: Pressed, knowledge: Knowledge) -> bool:
    """Whether the id is of the kind that the action is about."""
    if pressed.action in (Action.TOPIC, Action.HELPED, Action.NOT_THAT, Action.CONTACTS, Action.FACETS):
        return pressed.about in knowledge.topics
    if pressed.action is Action.THEME:
        return any(theme.id == pressed.about for theme in knowledge.themes)
    return not pressed.about


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


async def _topic(press: Press) -> None:
    if press.question is not None:  # a choice under a question: in a session, that is what the question was about
        await press.services.sessions.answered(press.query.from_user.id, press.pressed.about)
    await _show_topic(press, press.pressed.about, second=press.pressed.number > 0)


async def _show_topic(press: Press, topic: str, *, second: bool = False) -> None:
    await send_topic(
        press.context.bot,
        press.services,
        press.message.chat_id,
        press.knowledge.topics[topic],
        user_id=press.query.from_user.id,
        update_id=press.update_id,
        reply_to=press.question.message_id if press.question else None,
        second=second,
        tongues=InTongue((await press.tongue()).either),
    )


async def _helped(press: Press) -> None:
    topic = press.knowledge.topics[press.pressed.about]
    press.services.updates.count(press.update_id, "helped", topic.id)
    keyboard = answer_keyboard(press.knowledge, topic, asked=False)
    with contextlib.suppress(BadRequest):  # the message is gone, or its buttons are
        await press.message.edit_reply_markup(
            with_session_rows(press.message, still_listenable(press.message, keyboard))
        )
    press.note()


async def _not_that(press: Press) -> None:
    topic = press.pressed.about
    press.services.updates.count(press.update_id, "refused", topic)
    refused = await press.services.ask.refuse(
        press.question_text,
        topic,
        update_id=press.update_id,
        second=press.pressed.number > 0,
        channel=await press.channel(),
    )
    if refused.topics:
        await press.show(choices_screen(press.knowledge, refused.topics, second=True))
    else:
        await press.show(unknown_screen(press.knowledge, refused.kept, opening="pas_ca_suite"))
        press.note()
    # What may be right comes first; why the other was wrong can be said where it stands, or not at all.
    keyboard = why_keyboard(press.knowledge, press.knowledge.topics[topic], refused.kept)
    with contextlib.suppress(BadRequest):
        await press.message.edit_reply_markup(markup(still_listenable(press.message, keyboard)))


async def _none_of_these(press: Press) -> None:
    press.services.updates.count(press.update_id, "none")
    kept = await press.services.ask.none_of_these(
        press.question_text, update_id=press.update_id, channel=await press.channel()
    )
    tongue = await press.tongue()
    await press.show(unknown_screen(press.knowledge, kept, chosen=tongue.chosen, beside=tongue.phone))
    press.note()


async def _contacts(press: Press) -> None:
    topic = press.knowledge.topics[press.pressed.about]
    for contact in [contact for contact in topic.contacts if contact.phone][:_MAX_CARDS]:
        await press.context.bot.send_contact(press.message.chat_id, str(contact.phone), contact.name[:64])


async def _facets(press: Press) -> None:
    await press.show(facets_screen(press.knowledge.topics[press.pressed.about]))


async def _themes(press: Press) -> None:
    language = (await press.tongue()).either
    screen = themes_screen_in(press.knowledge, language) if language else themes_screen(press.knowledge)
    await _in_place(press, screen)


async def _theme(press: Press) -> None:
    theme = next(theme for theme in press.knowledge.themes if theme.id == press.pressed.about)
    await _in_place(press, theme_screen(press.knowledge, theme, press.pressed.number))


async def _in_place(press: Press, screen: Screen) -> None:
    """Turn the page of a menu in place; an answer that people may still be reading stays."""
    if press.message.reply_to_message is None and _menu(press.message):
        await edit(press.message, screen)
    else:
        await send(press.context.bot, press.message.chat_id, screen)


def _menu(message: Message) -> bool:
    """Whether every button of a message leads to a theme, a topic or the themes: then it is a menu."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    kinds = {str(button.callback_data).split(":")[0] for row in rows for button in row}
    kinds -= {VOICE}  # a menu that can be listened to is one
    return bool(kinds) and kinds <= {Action.THEME.value, Action.THEMES.value, Action.TOPIC.value, TONGUE}


async def _danger_yes(press: Press) -> None:
    await press.show(danger_now_screen(press.knowledge, (await press.tongue()).either))


async def _danger_no(press: Press) -> None:
    """No danger: the numbers stay in sight, and the question that the message may have held is answered."""
    text = press.question_text
    outcome = press.services.ask.without_danger(text).outcome if text else None
    answered = isinstance(outcome, Answer | Choices)
    said = escape(press.knowledge.texts.say("danger_non_reponse" if answered else "danger_non"))
    language = (await press.tongue()).either
    blocks = [said, say(language, "danger_non")] if language and not answered else [said]
    await press.show(Screen(join_blocks(blocks)))
    if isinstance(outcome, Answer):
        await _show_topic(press, outcome.topic)
    elif isinstance(outcome, Choices):
        press.services.updates.count(press.update_id, "choices")
        await press.show(choices_screen(press.knowledge, outcome.topics, several=outcome.several))


async def _leave(press: Press) -> None:
    """For someone who is watched: the message becomes something harmless, at once."""
    texts = press.knowledge.texts
    blocks = [escape(texts.say("quitter_vite")), escape(texts.say("quitter_vite_mode"))]
    await edit(press.message, Screen(join_blocks(blocks)))
    await take_voices_back(press.context.bot, press.services, press.message)


async def _short_answers(press: Press) -> None:
    short = press.pressed.number == 1
    try:
        await press.services.preferences.choose_short_answers(press.query.from_user.id, short)
    except StorageError as error:
        await press.services.health.failed(error)
        await press.show(Screen((escape(press.knowledge.texts.say("erreur")),)))
        return
    choices = await press.services.preferences.choices(press.query.from_user.id)
    await edit(press.message, settings_screen(press.knowledge, choices, voice=press.services.speech.available))


_ACTIONS: dict[Action, Callable[[Press], Awaitable[None]]] = {
    Action.TOPIC: _topic,
    Action.HELPED: _helped,
    Action.NOT_THAT: _not_that,
    Action.NONE_OF_THESE: _none_of_these,
    Action.CONTACTS: _contacts,
    Action.FACETS: _facets,
    Action.THEMES: _themes,
    Action.THEME: _theme,
    Action.DANGER_YES: _danger_yes,
    Action.DANGER_NO: _danger_no,
    Action.LEAVE: _leave,
    Action.SHORT_ANSWERS: _short_answers,
}


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press))
