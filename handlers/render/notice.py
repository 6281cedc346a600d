"""The answer that somebody waited for, with what they had asked above it."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge import Knowledge
from handlers.callback_data import Action, encode
from handlers.render.answer import answer_screen
from handlers.render.html import MESSAGE_LIMIT, cut, escape, join_blocks, visible_length
from handlers.render.screen import Button, Screen

_LONGEST_QUESTION = 1000  # what is above it is the start of the question: the answer is what counts


def topic_notice(knowledge: Knowledge, topic: str, question: str, today: date, *, short: bool) -> Screen:
    """A topic exactly as residents see it, below what was asked."""
    screen = answer_screen(knowledge, knowledge.topics[topic], today, short=short)
    return _below_question(knowledge, question, screen)


def text_notice(knowledge: Knowledge, text: str, question: str) -> Screen:
    """A short answer of staff, as plain text, below what was asked."""
    texts = knowledge.texts
    blocks = [escape(texts.say("avis_equipe")), escape(text), escape(texts.say("avis_suite"))]
    themes = Button(texts.say("bouton_themes"), encode(Action.THEMES))
    return _below_question(knowledge, question, Screen(join_blocks(blocks), ((themes,),)))


def _below_question(knowledge: Knowledge, question: str, screen: Screen) -> Screen:
    """The question in the first message where it fits, else in a message of its own."""
    shown = question if len(question) <= _LONGEST_QUESTION else f"{question[:_LONGEST_QUESTION]} …"
    said = f"{escape(knowledge.texts.say('avis_demande'))}\n<blockquote>{escape(shown)}</blockquote>"
    first, *others = screen.parts
    if visible_length(said) + visible_length(first) + 2 <= MESSAGE_LIMIT:
        return Screen((f"{said}\n\n{first}", *others), screen.keyboard)
    return Screen((*cut(said), first, *others), screen.keyboard)
