"""Who did what at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.domain.knowledge import Knowledge
from bot.services.clock import PARIS
from bot.storage.desk import ActRow
from handlers.render.answer import french_date
from handlers.render.desk_card import queue_row
from handlers.render.desk_data import DeskAction, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Screen, cut_label


def history_screen(knowledge: Knowledge, acts: Sequence[ActRow], names: Mapping[str, str]) -> Screen:
    """The latest acts, latest first; those of the last ten minutes can be taken back."""
    texts = knowledge.texts
    if not acts:
        return Screen((escape(texts.say("file_historique_vide")),), (queue_row(knowledge),))
    lines, rows = [], []
    for place, act in enumerate(acts, 1):
        moment = datetime.fromisoformat(act.at).replace(tzinfo=UTC).astimezone(PARIS)
        name = names.get(act.who, texts.say("file_quelquun"))
        what = texts.say(f"file_acte_{act.act}")
        detail = f" : {act.detail}" if act.detail else ""
        undone = f" ({texts.say('file_acte_annule')})" if act.undone else ""
        said = f"{place}. {french_date(moment.date())}, {moment:%H:%M}, {name} : {what}{detail}{undone}"
        lines.append(escape(said))
        if act.can_undo:
            label = cut_label(texts.say("bouton_file_annuler_acte", nombre=place))
            rows.append((Button(label, encode(DeskAction.UNDO, act.id)),))
    parts = join_blocks([bold(texts.say("file_historique")), "\n".join(lines)])
    return Screen(parts, (*rows, queue_row(knowledge)))
