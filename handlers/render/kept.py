"""What was kept of a message, until when, and the button that erases it."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.services.needs import Kept
from handlers.personal_data_buttons import Kind, encode
from handlers.render.answer import french_date
from handlers.render.html import escape
from handlers.render.menus import theme_buttons
from handlers.render.screen import Button, Keyboard, Screen


def kept_block(knowledge: Knowledge, kept: Kept | None) -> str:
    """Exactly the text that is kept, and until when; nothing when nothing was."""
    if kept is None or not kept.stored or not kept.text or kept.until is None:
        return ""
    texts = knowledge.texts
    until = texts.say("garde_jusqu_au", date=french_date(kept.until))
    return f"{escape(texts.say('garde_texte'))}\n<blockquote>{escape(kept.text)}</blockquote>\n{escape(until)}"


def erase_button(knowledge: Knowledge, kept: Kept | None) -> Keyboard:
    """The button that erases what was kept."""
    if kept is None or not kept.stored or kept.eraser is None:
        return ()
    return ((Button(knowledge.texts.say("bouton_effacer"), encode(Kind.ERASE_NEED, kept.eraser)),),)


def erased_screen(knowledge: Knowledge) -> Screen:
    """In place of the reply that showed what was kept."""
    return Screen((escape(knowledge.texts.say("garde_efface")),), theme_buttons(knowledge))
