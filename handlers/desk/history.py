"""Who did what, and taking it back within ten minutes."""

from __future__ import annotations

from handlers.desk.names import names_of
from handlers.desk.pressed import Press
from handlers.render.desk_card import queue_row
from handlers.render.desk_history import history_screen
from handlers.render.html import escape
from handlers.render.screen import Screen


async def show(press: Press) -> None:
    acts = await press.desk.gestures.history()
    names = await names_of(press.context, (act.who for act in acts))
    await press.show(history_screen(press.knowledge, acts, names))


async def undo(press: Press) -> None:
    """Take an act back, once."""
    done = await press.desk.gestures.undo(press.card, by=press.person)
    text = press.services.texts.say("file_annule" if done else "file_trop_tard")
    await press.show(Screen((escape(text),), (queue_row(press.knowledge),)))
