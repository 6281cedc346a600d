"""The gestures that publish: attach, answer, create, correct. What would change is shown before anything is written."""

from __future__ import annotations

import asyncio

from bot.domain.desk_drafts import CREATE_STEPS, FIELDS, draft_of
from bot.services.clock import paris_day
from bot.services.desk import DeskError
from bot.services.desk.gestures import MOST_LEARNT
from bot.services.desk.queue import CardDetail
from bot.storage.desk import DraftRow
from handlers.desk.pressed import Press
from handlers.render.desk_card import attach_screen, card_row, done_screen
from handlers.render.desk_data import DeskAction
from handlers.render.desk_draft import (
    answer_preview,
    correct_fields_screen,
    correct_preview,
    correct_topics_screen,
    impact_screen,
    second_yes_screen,
    step_screen,
    themes_choice,
    topic_preview,
)
from handlers.render.html import escape
from handlers.render.screen import Screen

ANSWER, CREATE, CORRECT, SEARCH = "repondre", "creer", "corriger", "chercher"
PREVIEW = "apercu"
_SURE = 2  # the last yes


def _texts(detail: CardDetail) -> list[str]:
    """What is learnt of a card: its clearest wordings."""
    return [one.text for one in detail.wordings if one.text and not one.language][:MOST_LEARNT]


async def _wait(press: Press) -> None:
    """Replaying takes seconds: say so at once."""
    await press.show(Screen((escape(press.services.texts.say("file_effet_attendre")),)))


# Rattacher


async def ask_attach(press: Press) -> None:
    detail = await press.take()
    await press.show(attach_screen(press.knowledge, press.card, detail.nearest))


async def ask_search(press: Press) -> None:
    await press.take()
    await press.desk.drafts.start(press.person, press.card, SEARCH, "mots", {})
    await press.show(step_screen(press.knowledge, press.card, "mots", {}))


async def searched(press: Press, draft: DraftRow, text: str) -> None:
    """The topics nearest to the words of a search."""
    await press.desk.drafts.finish(draft)
    await press.say(attach_screen(press.knowledge, press.card, press.desk.queue.nearest(text), searched=text[:60]))


async def attach_to(press: Press) -> None:
    """Show what attaching would change."""
    detail = await press.take()
    topic = _topic(press)
    await _wait(press)
    impact = await press.services.blast_radius.of_wordings(_texts(detail), topic)
    await press.say(impact_screen(press.knowledge, press.card, impact, DeskAction.ATTACH_YES, about=topic))


async def attach(press: Press) -> None:
    topic = _topic(press)
    if press.pressed.number != _SURE:
        await press.show(second_yes_screen(press.knowledge, press.card, DeskAction.ATTACH_YES, about=topic))
        return
    detail = await press.take()
    done = await press.desk.gestures.attach(press.card, _texts(detail), topic, by=press.person)
    title = press.knowledge.topics[topic].title
    await press.show(done_screen(press.knowledge, "file_rattacher_fait", done.act, done.told, sujet=title))


def _topic(press: Press) -> str:
    if press.pressed.about not in press.knowledge.topics:
        raise DeskError("file_disparue")
    return press.pressed.about


# Répondre


async def ask_answer(press: Press) -> None:
    await press.take()
    draft = await press.desk.drafts.start(press.person, press.card, ANSWER, "texte", {})
    await press.desk.drafts.go_on(draft, "texte")
    await press.show(step_screen(press.knowledge, press.card, "texte", draft.content))


async def answered(press: Press, draft: DraftRow, text: str) -> None:
    """Keep the answer and show it as those who wait will read it."""
    detail = await press.take()
    await press.desk.drafts.go_on(draft, PREVIEW, {"texte": text})
    waiting = await press.services.follow_ups.waiting([need for one in detail.wordings for need in one.need_ids])
    shown, below = answer_preview(press.knowledge, press.card, text, detail.card.title, waiting)
    await press.say(shown)
    await press.say(below)


async def answer(press: Press) -> None:
    draft = await _written(press, ANSWER)
    done = await press.desk.gestures.answer(press.card, str(draft.content["texte"]), by=press.person)
    await press.desk.drafts.finish(draft)
    await press.show(done_screen(press.knowledge, "file_repondre_fait", done.act, done.told))


# Créer un sujet


async def ask_create(press: Press) -> None:
    """Begin, or go on where one stopped."""
    detail = await press.take()
    if not _texts(detail):
        raise DeskError("file_sans_question")
    draft = await press.desk.drafts.start(press.person, press.card, CREATE, "theme", {})
    if draft.step == PREVIEW:
        await preview(press, draft)
    elif draft.step in CREATE_STEPS:
        await press.show(step_screen(press.knowledge, press.card, draft.step, draft.content))
    else:
        near = next((one.topic for one in detail.nearest if one.topic in press.knowledge.topics), None)
        first = press.knowledge.topics[near].theme if near else None
        await press.show(themes_choice(press.knowledge, press.card, first))


async def choose_theme(press: Press) -> None:
    if not any(theme.id == press.pressed.about for theme in press.knowledge.themes):
        raise DeskError("file_disparue")
    await press.take()
    draft = await press.desk.drafts.start(press.person, press.card, CREATE, "theme", {})
    await _next(press, draft, {**draft.content, "theme": press.pressed.about}, 0, edit=True)


async def ask_step(press: Press) -> None:
    """Change one part of a draft."""
    draft = await _begun(press)
    step = CREATE_STEPS[min(press.pressed.number, len(CREATE_STEPS) - 1)]
    await press.desk.drafts.go_on(draft, step)
    await press.say(step_screen(press.knowledge, press.card, step, draft.content))


async def skip_step(press: Press) -> None:
    """Leave a part as it is."""
    draft = await _begun(press)
    if draft.kind == CREATE and draft.step in CREATE_STEPS:
        await _next(press, draft, draft.content, CREATE_STEPS.index(draft.step) + 1, edit=True)


async def told(press: Press, draft: DraftRow, text: str) -> None:
    """Keep what was typed at a step, and ask for the next."""
    await press.take()
    if draft.step not in CREATE_STEPS:  # at the preview, a sentence changes nothing: say what can be done
        await preview(press, draft)
        return
    await _next(press, draft, {**draft.content, draft.step: text}, CREATE_STEPS.index(draft.step) + 1)


async def _next(press: Press, draft: DraftRow, content: dict[str, object], place: int, *, edit: bool = False) -> None:
    """The next part that is still missing; when none is, the preview."""
    while place < len(CREATE_STEPS) and CREATE_STEPS[place] in content:
        place += 1
    step = CREATE_STEPS[place] if place < len(CREATE_STEPS) else PREVIEW
    if step == PREVIEW and "theme" not in content:
        step = "theme"
    draft = await press.desk.drafts.go_on(draft, step, content)
    if step == PREVIEW:
        await preview(press, draft)
    elif step == "theme":
        await press.say(themes_choice(press.knowledge, press.card, None))
    else:
        screen = step_screen(press.knowledge, press.card, step, content)
        await (press.show(screen) if edit else press.say(screen))


async def preview(press: Press, draft: DraftRow) -> None:
    """The topic exactly as residents will see it, and what is wrong with it."""
    today = paris_day(press.services.clock)
    made = draft_of(draft.content, today)
    contributions = press.services.contributions
    problems = await asyncio.to_thread(contributions.check_draft, made)
    topic = await asyncio.to_thread(contributions.preview, made)
    shown, below = topic_preview(press.knowledge, press.card, topic, today, problems)
    await press.say(shown)
    await press.say(below)


async def check_create(press: Press) -> None:
    """Show what publishing would change."""
    detail = await press.take()
    draft = await _begun(press)
    made = draft_of(draft.content, paris_day(press.services.clock))
    await _wait(press)
    impact = await press.services.blast_radius.of_topic(made, _texts(detail))
    await press.say(impact_screen(press.knowledge, press.card, impact, DeskAction.CREATE_YES))


async def create(press: Press) -> None:
    draft = await _begun(press)
    if press.pressed.number != _SURE:
        await press.show(second_yes_screen(press.knowledge, press.card, DeskAction.CREATE_YES))
        return
    detail = await press.take()
    made = draft_of(draft.content, paris_day(press.services.clock))
    done = await press.desk.gestures.create(press.card, made, _texts(detail), by=press.person)
    await press.desk.drafts.finish(draft)
    await press.show(done_screen(press.knowledge, "file_creer_fait", done.act, done.told, titre=made.titre))


async def _begun(press: Press) -> DraftRow:
    """The draft of a topic; raises DeskError when there is none (any more)."""
    found = await press.desk.drafts.found(press.person, press.card, CREATE)
    if found is None:
        raise DeskError("file_brouillon_perdu")
    return found


# Corriger


async def ask_correct(press: Press) -> None:
    detail = await press.take()
    card = detail.card
    refused = [card.nearest] if card.refused and card.nearest else []
    topics = [card.topic] if card.topic else [*refused, *(one.topic for one in detail.nearest)]
    await press.show(correct_topics_screen(press.knowledge, press.card, list(dict.fromkeys(topics))))


async def choose_field(press: Press) -> None:
    topic = press.knowledge.topics[_topic(press)]
    await press.show(correct_fields_screen(press.knowledge, press.card, topic, FIELDS))


async def ask_value(press: Press) -> None:
    await press.take()
    topic, place = _topic(press), press.pressed.number
    if place >= len(FIELDS):
        raise DeskError("file_disparue")
    draft = await press.desk.drafts.start(press.person, press.card, CORRECT, "valeur", {})
    before = current_value(press, topic, FIELDS[place])
    content = {"topic": topic, "field": FIELDS[place], "valeur": before}
    await press.desk.drafts.go_on(draft, "valeur", content)
    await press.show(step_screen(press.knowledge, press.card, "valeur", content))


async def valued(press: Press, draft: DraftRow, text: str) -> None:
    """Keep the correction and show both texts."""
    await press.take()
    topic, field = str(draft.content["topic"]), str(draft.content["field"])
    await press.desk.drafts.go_on(draft, PREVIEW, {**draft.content, "nouveau": text})
    await press.say(correct_preview(press.knowledge, press.card, current_value(press, topic, field), text))


async def correct(press: Press) -> None:
    """First what it would change, then the yes."""
    draft = await _written(press, CORRECT)
    topic, field, value = (str(draft.content[name]) for name in ("topic", "field", "nouveau"))
    if press.pressed.number == 0:
        await _wait(press)
        impact = await press.services.blast_radius.of_correction(topic, field, value)
        await press.say(impact_screen(press.knowledge, press.card, impact, DeskAction.CORRECT_YES))
        return
    if press.pressed.number != _SURE:
        await press.show(second_yes_screen(press.knowledge, press.card, DeskAction.CORRECT_YES))
        return
    done = await press.desk.gestures.correct(press.card, topic, field, value, by=press.person)
    await press.desk.drafts.finish(draft)
    title = press.knowledge.topics[topic].title if topic in press.knowledge.topics else topic
    await press.show(done_screen(press.knowledge, "file_corriger_fait", done.act, done.told, sujet=title))


def current_value(press: Press, topic: str, field: str) -> str:
    """What stands there now, as one edits it."""
    found = press.knowledge.topics.get(topic)
    if found is None:
        return ""
    head, *rest = field.split(".")
    if head == "reponse":
        return found.answer
    if head == "etapes":
        return "\n".join(found.steps)
    if head == "facettes":
        return found.facets.get(rest[0], "")
    contact = found.contacts[0] if found.contacts else None
    name = {"telephone": "phone", "horaires": "hours"}[rest[1]]
    return str(getattr(contact, name) or "") if contact else ""


# Drafts


async def _written(press: Press, kind: str) -> DraftRow:
    """A draft that stands at its preview; raises DeskError when there is none (any more)."""
    found = await press.desk.drafts.found(press.person, press.card, kind)
    if found is None or found.step != PREVIEW:
        raise DeskError("file_brouillon_perdu")
    return found


async def put_aside(press: Press) -> None:
    """Later: the draft stays for seven days."""
    await press.desk.drafts.put_aside(press.person)
    text = press.services.texts.say("file_plus_tard")
    await press.show(Screen((escape(text),), (card_row(press.knowledge, press.card),)))


async def give_up(press: Press) -> None:
    """Throw a draft away."""
    found = await press.desk.drafts.found(press.person, press.card, press.pressed.code)
    if found is not None:
        await press.desk.drafts.finish(found)
    text = press.services.texts.say("file_jete")
    await press.show(Screen((escape(text),), (card_row(press.knowledge, press.card),)))
