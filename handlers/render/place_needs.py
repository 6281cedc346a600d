"""Choosing what one looks a place for: a theme, then a need of that theme."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.knowledge import Knowledge
from bot.domain.models import Theme, Topic
from handlers.place_data import PlaceAction, PlacePressed, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, rows_of


def needs_screen(knowledge: Knowledge, themes: Sequence[Theme], where: str) -> Screen:
    """The themes in which some need has a place."""
    buttons = [Button(theme.button, encode(PlacePressed(PlaceAction.THEME, theme.id, where))) for theme in themes]
    return Screen((escape(knowledge.texts.say("lieux_besoin")),), rows_of(buttons, 2))


def theme_needs_screen(knowledge: Knowledge, theme: Theme, topics: Sequence[Topic], where: str) -> Screen:
    """The needs of a theme that have a place."""
    buttons = [Button(topic.button, encode(PlacePressed(PlaceAction.NEED, topic.id, where))) for topic in topics]
    back = Button(knowledge.texts.say("bouton_retour"), encode(PlacePressed(PlaceAction.NEEDS, where=where)))
    keyboard: Keyboard = (*rows_of(buttons, 2), (back,))
    return Screen(join_blocks([bold(theme.title), escape(knowledge.texts.say("lieux_besoin_theme"))]), keyboard)
