"""`@bot carte vitale` in any chat: cards to share. What is typed is neither kept nor counted; a chosen card counts."""

from __future__ import annotations

import contextlib

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, ChosenInlineResultHandler, InlineQueryHandler
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.domain.inline_cards import MOST_CARDS
from bot.services.clock import paris_day
from handlers.delivery import markup
from handlers.render.inline import DANGER, THEME, Card, danger_card, theme_cards, topic_cards

QUESTION_LINK = "question"
_CACHE_SECONDS = 60  # Telegram answers the same words itself for so long; a corrected topic is shared soon after
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def search(update: Update, context: Context) -> None:
    """Offer up to ten cards; danger first, then the topics. Without words: the themes that are asked for most."""
    query = update.inline_query
    if query is None:
        return
    services, knowledge = context.services, context.services.knowledge.current

    def link(payload: str) -> str:
        return create_deep_linked_url(context.bot.username, payload)

    if query.query.strip():
        found = await services.inline_cards.find(query.query)
        understood, cards = found.understood, topic_cards(knowledge, found.topics, paris_day(services.clock), link)
        if understood.danger is not None:
            language = understood.language if understood.told_abroad else None
            cards.insert(0, danger_card(knowledge, understood.danger, language))
    else:
        cards = theme_cards(knowledge, await services.inline_cards.themes(), link)
    with contextlib.suppress(BadRequest):  # too late: the next letter has made another search
        await query.answer(
            [_article(card) for card in cards[:MOST_CARDS]],
            cache_time=_CACHE_SECONDS,
            button=InlineQueryResultsButton(services.texts.say("bouton_poser_question"), start_parameter=QUESTION_LINK),
        )


async def chosen(update: Update, context: Context) -> None:
    """A card was shared: which one is counted, and nothing of who did, where, or what was typed."""
    result = update.chosen_inline_result
    if result is None:
        return
    services, identifier = context.services, result.result_id
    if identifier in services.knowledge.current.topics:
        services.updates.count(update.update_id, "inline", identifier)
    elif identifier.startswith(DANGER):
        services.updates.count(update.update_id, "inline_danger")
    elif identifier.startswith(THEME):
        services.updates.count(update.update_id, "inline_theme")


def _article(card: Card) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(card.text, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW),
        reply_markup=markup(card.keyboard),
        description=card.description,
    )


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(InlineQueryHandler(search))
    application.add_handler(ChosenInlineResultHandler(chosen))
