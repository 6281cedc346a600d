"""What was kept of a message, until when, and the buttons that erase it or wait for its answer."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge import Knowledge
from bot.services.needs import Kept
from handlers.personal_data_buttons import Kind, encode
from handlers.render.answer import french_date
from handlers.render.html import escape
from handlers.render.menus import theme_buttons
from handlers.render.screen import Button, Keyboard, Screen


def kept_block(knowledge: Knowledge, kept: Kept | None) -> str:
    """Exactly the text that is kept, and until when; nothing when nothing was."""
    if kept is None or not (kept.stored or kept.later) or not kept.text or kept.until is None:
        return ""
    texts = knowledge.texts
    until = texts.say("garde_jusqu_au", date=french_date(kept.until))
    return f"{escape(texts.say('garde_texte'))}\n<blockquote>{escape(kept.text)}</blockquote>\n{escape(until)}"


def may_wait(kept: Kept | None) -> bool:
    """Whether somebody can be told of an answer: what they asked is kept, in words that staff can read."""
    return kept is not None and kept.stored and bool(kept.text) and kept.eraser is not None and kept.may_tell


def kept_buttons(knowledge: Knowledge, kept: Kept | None) -> Keyboard:
    """The buttons of what was kept: to hear of the answer, and to erase it."""
    if kept is None or kept.eraser is None or not may_wait(kept):
        return erase_button(knowledge, kept)
    tell_me = Button(knowledge.texts.say("bouton_prevenir"), encode(Kind.TELL_ME, kept.eraser))
    return ((tell_me,), *erase_button(knowledge, kept))


def erase_button(knowledge: Knowledge, kept: Kept | None) -> Keyboard:
    """The button that erases what was kept."""
    if kept is None or not (kept.stored or kept.later) or kept.eraser is None:
        return ()
    return ((Button(knowledge.texts.say("bouton_effacer"), encode(Kind.ERASE_NEED, kept.eraser)),),)


def erased_screen(knowledge: Knowledge) -> Screen:
    """In place of the reply that showed what was kept."""
    return Screen((escape(knowledge.texts.say("garde_efface")),), theme_buttons(knowledge))


def waiting_screen(knowledge: Knowledge, token: str, until: date) -> Screen:
    """The wish to hear of an answer is noted: until when, what is kept for it, and one tap to end it."""
    texts = knowledge.texts
    stop = Button(texts.say("bouton_ne_plus_prevenir"), encode(Kind.TELL_ME_NOT, token))
    return Screen((escape(texts.say("avis_note", date=french_date(until))),), ((stop,),))
