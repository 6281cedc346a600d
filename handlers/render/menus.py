"""Menus: the start, the themes, the topics of a theme, settings."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import Theme
from handlers.callback_data import Action, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.languages import isolated, language_blocks, not_proofread
from handlers.render.screen import Button, Keyboard, Screen, rows_of
from handlers.tongue_data import TonguePart, TonguePressed
from handlers.tongue_data import encode as encode_tongue

TOPICS_PER_PAGE = 8
URGENCE = "urgence"


def theme_buttons(knowledge: Knowledge, language: Language | None = None) -> Keyboard:
    """All themes that hold a topic, two in a row, in menu order, named in another language where it names them."""
    themes = [theme for theme in knowledge.themes if knowledge.theme_topics(theme.id)]
    return rows_of([_theme_button(theme, language) for theme in themes], 2)


def _theme_button(theme: Theme, language: Language | None) -> Button:
    if language is None or language.speech is None:
        return Button(theme.button, encode(Action.THEME, theme.id))
    label = language.speech.themes.get(theme.id, theme.button)
    if theme.id == URGENCE:  # the one theme that exists in that language
        return Button(label, encode_tongue(TonguePressed(TonguePart.URGENCE, language.code)))
    return Button(label, encode(Action.THEME, theme.id))


def start_screen(knowledge: Knowledge, language: Language | None = None) -> Screen:
    """Who we are, in French, and below it in the language of the person's telephone when it is one of ours."""
    texts = knowledge.texts
    blocks = [escape(texts.say("accueil")), escape(texts.say("accueil_consigne"))]
    if language is not None:
        blocks += language_blocks(language)
    return Screen(join_blocks(blocks), theme_buttons(knowledge, language))


def help_screen(knowledge: Knowledge, language: Language | None = None) -> Screen:
    """How to ask, in French, and below it who helps in the language of the person's telephone."""
    keys = ("aide", "aide_commandes", "aide_humain")
    blocks = [escape(knowledge.texts.say(key)) for key in keys]
    if language is not None and language.speech is not None:
        said = (isolated(language.speech.say(key), language) for key in ("aide", "inconnu_humain"))
        blocks += [*map(escape, said), not_proofread(language)]
    return Screen(join_blocks(blocks), theme_buttons(knowledge, language))


def themes_screen(knowledge: Knowledge) -> Screen:
    return Screen((escape(knowledge.texts.say("themes_titre")),), theme_buttons(knowledge))


def theme_screen(knowledge: Knowledge, theme: Theme, page: int) -> Screen:
    """One page of a theme's topics; a page that does not exist is the nearest one."""
    texts = knowledge.texts
    topics = knowledge.theme_topics(theme.id)
    pages = max(1, -(-len(topics) // TOPICS_PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = topics[page * TOPICS_PER_PAGE : (page + 1) * TOPICS_PER_PAGE]
    blocks = [bold(theme.title), escape(theme.help), escape(texts.say("theme_titre"))]
    turning: list[Button] = []
    if pages > 1:
        blocks.append(escape(texts.say("page", numero=page + 1, total=pages)))
        if page:
            turning.append(Button(texts.say("bouton_precedent"), encode(Action.THEME, theme.id, page - 1)))
        if page < pages - 1:
            turning.append(Button(texts.say("bouton_suivant"), encode(Action.THEME, theme.id, page + 1)))
    keyboard = (
        *rows_of([Button(topic.button, encode(Action.TOPIC, topic.id)) for topic in shown], 2),
        *((tuple(turning),) if turning else ()),
        (Button(texts.say("bouton_retour"), encode(Action.THEMES)),),
    )
    return Screen(join_blocks(blocks), keyboard)
