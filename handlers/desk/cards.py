"""A card, and the gestures that write no file: set aside, ignore, merge, split, postpone."""

from __future__ import annotations

from bot.services.desk import DeskError
from handlers.desk.names import name_of
from handlers.desk.pressed import Press
from handlers.desk.queue import turn
from handlers.render.answer import french_date
from handlers.render.desk_card import (
    SPLIT_SHOWN,
    card_screen,
    done_screen,
    held_screen,
    merge_screen,
    number_of,
    postpone_screen,
    split_screen,
    wordings_screen,
    yes_screen,
)
from handlers.render.desk_data import DeskAction
from handlers.render.html import join_blocks
from handlers.render.screen import Screen

_SPLIT = "separer"
_POSTPONED = (7, 30, 90)


async def show(press: Press) -> None:
    """Open a card: it is in hand from now on, unless somebody else has it."""
    detail = await press.detail()
    holder = detail.card.holder
    if holder is not None and holder != press.desk.names.of(press.person):
        shown = card_screen(press.knowledge, detail)
        held = held_screen(press.knowledge, await name_of(press.context, holder))
        await press.show(Screen(join_blocks([held.parts[0], shown.parts[0]]), held.keyboard))
        return
    await press.take()
    draft = await press.desk.drafts.found(press.person, press.card, "creer")
    await press.show(card_screen(press.knowledge, detail, draft=draft is not None))


async def close(press: Press) -> None:
    """Back to the queue; the card is free again."""
    await press.desk.gestures.release(press.card, by=press.person)
    await press.desk.drafts.put_aside(press.person)
    await turn(press)


async def wordings(press: Press) -> None:
    await press.show(wordings_screen(press.knowledge, await press.detail(), press.pressed.number))


async def ask_off_topic(press: Press) -> None:
    await press.take()
    await press.show(yes_screen(press.knowledge, "file_hors_champ", press.card, DeskAction.OFF_TOPIC_YES))


async def off_topic(press: Press) -> None:
    detail = await press.take()
    texts = [one.text for one in detail.wordings if one.text]
    done = await press.desk.gestures.off_topic(press.card, texts, by=press.person)
    await press.show(done_screen(press.knowledge, "file_hors_champ_fait", done.act))


async def ask_ignore(press: Press) -> None:
    await press.take()
    await press.show(yes_screen(press.knowledge, "file_ignorer", press.card, DeskAction.IGNORE_YES))


async def ignore(press: Press) -> None:
    detail = await press.take()
    done = await press.desk.gestures.ignore(press.card, [one.text for one in detail.wordings], by=press.person)
    await press.show(done_screen(press.knowledge, "file_ignorer_fait", done.act))


async def ask_merge(press: Press) -> None:
    detail = await press.take()
    await press.show(merge_screen(press.knowledge, press.card, await press.desk.queue.alike(detail)))


async def merge(press: Press) -> None:
    """The card goes into the other one."""
    other = number_of(press.pressed.code)
    if other == press.card or await press.desk.queue.card(other) is None:
        raise DeskError("file_disparue")
    done = await press.desk.gestures.merge(press.card, other, by=press.person)
    await press.show(done_screen(press.knowledge, "file_fusionner_fait", done.act))


async def ask_split(press: Press) -> None:
    detail = await press.take()
    await press.desk.drafts.finish(await press.desk.drafts.start(press.person, press.card, _SPLIT, "choix", {}))
    if len(detail.wordings) < 2:
        raise DeskError("file_separer_seule")
    await press.show(split_screen(press.knowledge, detail, ()))


async def toggle_split(press: Press) -> None:
    """Pick a wording, or leave it. The picks are kept as needs, so that a new need moves none of them."""
    detail = await press.take()
    place = press.pressed.number
    if place >= min(len(detail.wordings), SPLIT_SHOWN):
        raise DeskError("file_disparue")
    draft = await press.desk.drafts.start(press.person, press.card, _SPLIT, "choix", {"needs": []})
    picked = set(draft.content.get("needs", [])) ^ {detail.wordings[place].need_ids[-1]}
    await press.desk.drafts.go_on(draft, "choix", {"needs": sorted(picked)})
    await press.desk.drafts.put_aside(press.person)
    await press.show(split_screen(press.knowledge, detail, sorted(picked)))


async def split(press: Press) -> None:
    detail = await press.take()
    draft = await press.desk.drafts.found(press.person, press.card, _SPLIT)
    picked = set(draft.content.get("needs", [])) if draft else set()
    chosen = [one for one in detail.wordings if picked & set(one.need_ids)]
    needs = [need for one in chosen for need in one.need_ids]
    done = await press.desk.gestures.split(press.card, needs, [one.text for one in chosen], by=press.person)
    if draft is not None:
        await press.desk.drafts.finish(draft)
    await press.show(done_screen(press.knowledge, "file_separer_fait", done.act))


async def ask_postpone(press: Press) -> None:
    await press.take()
    await press.show(postpone_screen(press.knowledge, press.card))


async def postpone(press: Press) -> None:
    days = press.pressed.number
    if days not in _POSTPONED:
        raise DeskError("file_disparue")
    done = await press.desk.gestures.postpone(press.card, days, by=press.person)
    detail = await press.desk.queue.card(press.card)
    day = french_date(detail.card.until) if detail and detail.card.until else ""
    await press.show(done_screen(press.knowledge, "file_reporter_fait", done.act, date=day))
