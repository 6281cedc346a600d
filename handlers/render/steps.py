"""An answer one step at a time: what it is about first, who helps at the end, and in words how far one has come."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from handlers.render.answer import (
    answer_keyboard,
    contact_line,
    facet_block,
    first_sentences,
    one_number,
    proof_block,
)
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Screen
from handlers.step_data import StepPressed, encode


def has_steps(topic: Topic) -> bool:
    """Whether there is anything to turn: a single step is the whole answer."""
    return len(topic.steps) > 1


def step_screen(
    knowledge: Knowledge,
    topic: Topic,
    today: date,
    index: int = 0,
    *,
    short: bool = False,
    second: bool = False,
    facet: str | None = None,
) -> Screen:
    """One step of a topic; a step that does not exist is the nearest one."""
    texts, last = knowledge.texts, len(topic.steps) - 1
    index = min(max(index, 0), last)
    blocks = [bold(topic.title)]
    if index == 0:
        if facet in topic.facets:
            blocks.append(facet_block(topic, str(facet)))
        blocks.append(escape(first_sentences(topic.answer) if short else topic.answer))
    progress = bold(texts.say("etape_progres", numero=index + 1, total=last + 1))
    blocks.append(f"{progress}\n{escape(topic.steps[index])}")
    if index == last and not short:
        contacts = [contact_line(knowledge, one, first=not place) for place, one in enumerate(topic.contacts)]
        blocks.append("\n".join([bold(texts.say("titre_contacts")), *contacts]))
    else:
        blocks.append(one_number(knowledge, topic))
    blocks.append(proof_block(knowledge, topic, today))
    turning = []
    if index:
        turning.append(Button(texts.say("bouton_etape_avant"), encode(StepPressed(topic.id, index - 1))))
    if index < last:
        turning.append(Button(texts.say("bouton_etape_apres"), encode(StepPressed(topic.id, index + 1))))
    return Screen(join_blocks(blocks), (tuple(turning), *answer_keyboard(knowledge, topic, second=second)))
