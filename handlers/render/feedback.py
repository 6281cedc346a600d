"""Why an answer was wrong, in one tap."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.needs import Why
from bot.services.needs import Kept
from handlers.feedback_data import WhyPressed, encode
from handlers.render.answer import answer_keyboard
from handlers.render.html import escape, join_blocks
from handlers.render.kept import kept_block, kept_buttons
from handlers.render.screen import Button, Keyboard, Screen

_LABELS: dict[Why, str] = {
    "not_mine": "bouton_pourquoi_autre",
    "unclear": "bouton_pourquoi_flou",
    "false": "bouton_pourquoi_faux",
    "missing": "bouton_pourquoi_manque",
}


def why_keyboard(knowledge: Knowledge, topic: Topic, kept: Kept | None) -> Keyboard:
    """The buttons of a refused answer: the reasons stand where "ce n'est pas ça" stood."""
    eraser = kept.eraser or "" if kept else ""
    reasons = tuple(
        (Button(knowledge.texts.say(label), encode(WhyPressed(why, topic.id, eraser))),)
        for why, label in _LABELS.items()
    )
    return answer_keyboard(knowledge, topic, reasons=reasons)


def remark_screen(knowledge: Knowledge, kept: Kept) -> Screen:
    """A reason made a need: exactly what is kept, and the buttons of a kept question."""
    texts = knowledge.texts
    blocks = [escape(texts.say("pourquoi_garde")), kept_block(knowledge, kept), escape(texts.say("inconnu_prevenir"))]
    return Screen(join_blocks(blocks), kept_buttons(knowledge, kept))
