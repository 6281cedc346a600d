"""The button that reads aloud, and what was understood of a voice message."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.spoken import Saying, spoken
from bot.domain.texts import Texts
from bot.services.needs import Kept
from handlers.render.html import escape, join_blocks, to_plain
from handlers.render.screen import Button, Keyboard, Screen
from handlers.voice_data import VoiceAction, encode


def listenable(texts: Texts, screen: Screen, *, keep: bool) -> Screen:
    """The screen with the button that reads it, always in the first place; `keep` when it holds nobody's words."""
    button = Button(texts.say("bouton_ecouter"), encode(VoiceAction.LISTEN, keep))
    return Screen(screen.parts, ((button,), *screen.keyboard))


def words_of(knowledge: Knowledge, screen: Screen) -> str:
    """What a voice says for a screen."""
    links = [button.label for row in screen.keyboard for button in row if button.url]
    return words_for(knowledge, "\n".join(map(to_plain, screen.parts)), links)


def words_for(knowledge: Knowledge, text: str, links: list[str]) -> str:
    """What a voice says for a text and the links under it."""
    return spoken(text, Saying(knowledge.vocabulary.acronyms, knowledge.vocabulary.said), links)


def heard_screen(knowledge: Knowledge, text: str, kept: Kept | None) -> Screen:
    """What was understood, quoted so that the buttons of the answer find it again, and the way to correct it."""
    texts = knowledge.texts
    markup = f"{escape(texts.say('voix_compris'))}\n<blockquote>{escape(text)}</blockquote>"
    token = kept.eraser if kept is not None and kept.eraser else ""
    return Screen((markup,), ((Button(texts.say("bouton_corriger"), encode(VoiceAction.CORRECT, token)),),))


def corrected_screen(knowledge: Knowledge, *, erased: bool) -> Screen:
    """The person types it instead; what was kept of the misunderstanding is gone."""
    keys = ["voix_corriger", *(["voix_corriger_efface"] if erased else [])]
    return Screen(join_blocks([escape(knowledge.texts.say(key)) for key in keys]))


def not_heard_screen(knowledge: Knowledge, themes: Keyboard, key: str, **values: object) -> Screen:
    """Why a voice message is not answered, a human's number, and the themes."""
    blocks = [escape(knowledge.texts.say(key, **values)), escape(knowledge.texts.say("voix_humain"))]
    return Screen(join_blocks(blocks), themes)
