"""The cards of an inline search, as whoever they are shared with reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.danger import Danger
from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import Theme, Topic
from handlers.render.answer import answer_screen
from handlers.render.html import bold, escape, join_blocks
from handlers.render.menus import TOPICS_PER_PAGE
from handlers.render.outcome import danger_screen
from handlers.render.screen import Button, Keyboard

DANGER = "danger:"
THEME = "theme:"
THEME_LINK = "theme-"

Link = Callable[[str], str]  # from what /start receives to the address that opens the bot with it


@dataclass(frozen=True, slots=True)
class Card:
    """One result: what one sees in the list, and the message that choosing it sends."""

    id: str
    title: str
    description: str
    text: str
    keyboard: Keyboard = ()


def topic_cards(knowledge: Knowledge, topics: Sequence[Topic], today: date, link: Link) -> list[Card]:
    """The short answer of each topic, with the way to the whole of it."""
    cards = []
    for topic in topics:
        short = answer_screen(knowledge, topic, today, short=True)
        opened = Button(knowledge.texts.say("bouton_ouvrir_bot"), url=link(topic.id))
        text = join_blocks([*short.parts, _way(knowledge, link(topic.id))])[0]
        cards.append(Card(topic.id, topic.title, topic.brief, text, ((opened,),)))
    return cards


def theme_cards(knowledge: Knowledge, themes: Sequence[Theme], link: Link) -> list[Card]:
    """What each theme holds; for a search without words."""
    cards = []
    for theme in themes:
        address = link(f"{THEME_LINK}{theme.id}")
        topics = knowledge.theme_topics(theme.id)[:TOPICS_PER_PAGE]
        listed = "\n".join(f"• {escape(topic.title)}" for topic in topics)
        blocks = [bold(theme.title), escape(theme.help), listed, _way(knowledge, address)]
        opened = Button(knowledge.texts.say("bouton_ouvrir_bot"), url=address)
        cards.append(Card(f"{THEME}{theme.id}", theme.title, theme.help, join_blocks(blocks)[0], ((opened,),)))
    return cards


def danger_card(knowledge: Knowledge, danger: Danger, language: Language | None) -> Card:
    """The numbers, to be sent at once: a card asks nothing back."""
    screen = danger_screen(knowledge, replace(danger, certain=True), language)
    numbers = ", ".join(one.number for one in danger.numbers)
    return Card(f"{DANGER}{danger.kind}", knowledge.texts.say("inline_danger"), numbers, screen.parts[0])


def _way(knowledge: Knowledge, address: str) -> str:
    return escape(knowledge.texts.say("inline_lien", adresse=address))
