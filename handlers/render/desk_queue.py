"""The queue as staff read it: what matters most first, with its filters and pages."""

from __future__ import annotations

from datetime import date

from bot.domain.cards import KINDS, STATES, Card, Wanted
from bot.domain.knowledge import Knowledge
from bot.domain.texts import Texts
from bot.services.desk.queue import PAGE, Page
from handlers.render.answer import french_date
from handlers.render.desk_data import DeskAction, code_of, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Screen, cut_label, rows_of

_SHOWN_WORDING = 140


def queue_screen(knowledge: Knowledge, page: Page, wanted: Wanted) -> Screen:
    """One page of cards, each with a button."""
    texts = knowledge.texts
    titles = {theme.id: theme.button for theme in knowledge.themes}
    head = bold(texts.say("file_titre", nombre=page.total))
    chosen = [
        texts.say(f"file_etat_{wanted.state}") if wanted.state else "",
        texts.say(f"file_type_{wanted.kind}") if wanted.kind else "",
        titles.get(wanted.theme or "", ""),
    ]
    blocks = [head] if page.total or any(chosen) else []
    if any(chosen):
        blocks.append(escape(texts.say("file_filtre", choix=", ".join(filter(None, chosen)))))
    if not page.total:
        blocks.append(escape(texts.say("equipe_file_vide")))
    first = page.number * PAGE + 1
    blocks += [f"{place}. {_line(texts, card)}" for place, card in enumerate(page.cards, first)]
    rows: list[tuple[Button, ...]] = [
        (Button(cut_label(f"{place}. {card.title or texts.say('file_sans_texte')}"), encode(DeskAction.CARD, card.id)),)
        for place, card in enumerate(page.cards, first)
    ]
    code, theme = code_of(wanted), wanted.theme or ""
    turns = []
    if page.number:
        back = encode(DeskAction.QUEUE, code=code, about=theme, number=page.number - 1)
        turns.append(Button(texts.say("bouton_precedent"), back))
    if page.number + 1 < page.pages:
        further = encode(DeskAction.QUEUE, code=code, about=theme, number=page.number + 1)
        turns.append(Button(texts.say("bouton_suivant"), further))
    rows += [tuple(turns)] if turns else []
    rows.append(
        tuple(
            Button(texts.say(f"bouton_file_{name}"), encode(DeskAction.FILTER, code=code, about=theme, number=place))
            for place, name in enumerate(("etat", "type", "theme"))
        )
    )
    rows.append((Button(texts.say("bouton_file_historique"), encode(DeskAction.HISTORY)),))
    return Screen(join_blocks(blocks), tuple(rows))


def filter_screen(knowledge: Knowledge, wanted: Wanted, which: int) -> Screen:
    """The values of one filter."""
    texts = knowledge.texts
    theme, state, kind = wanted.theme or "", wanted.state, wanted.kind
    choices: list[tuple[str, Wanted]] = []
    if which == 0:
        choices = [(texts.say("file_etat_a_traiter"), Wanted(None, kind, wanted.theme))]
        choices += [(texts.say(f"file_etat_{one}"), Wanted(one, kind, wanted.theme)) for one in STATES]
    elif which == 1:
        choices = [(texts.say("file_tous"), Wanted(state, None, wanted.theme))]
        choices += [(texts.say(f"file_type_{one}"), Wanted(state, one, wanted.theme)) for one in KINDS]
    else:
        choices = [(texts.say("file_tous"), Wanted(state, kind, None))]
        choices += [(theme.button, Wanted(state, kind, theme.id)) for theme in knowledge.themes]
    buttons = [
        Button(cut_label(label), encode(DeskAction.QUEUE, code=code_of(one), about=one.theme or ""))
        for label, one in choices
    ]
    back = Button(texts.say("bouton_retour"), encode(DeskAction.QUEUE, code=code_of(wanted), about=theme))
    return Screen((escape(texts.say("file_choisir_filtre")),), (*rows_of(buttons, 2), (back,)))


def figures(texts: Texts, card: Card) -> str:
    """How many, who waits, since when, the trend."""
    if card.topic:
        return texts.say("file_perime", date=french_date(card.since))
    said = [texts.say("file_nombre", nombre=card.count)]
    if card.waiting:
        said.append(texts.say("file_attendent", nombre=card.waiting))
    said.append(texts.say("file_depuis", date=french_date(card.since)))
    if card.growth:
        said.append(texts.say("file_tendance", nombre=f"{card.growth:+d}"))
    if card.state not in ("new", "open"):
        said.append(_state(texts, card, card.until))
    return ", ".join(said) + "."


def _state(texts: Texts, card: Card, until: date | None) -> str:
    said = texts.say(f"file_etat_{card.state}").lower()
    return f"{said} ({french_date(until)})" if until else said


def _line(texts: Texts, card: Card) -> str:
    title = card.title or texts.say("file_sans_texte")
    shown = title if len(title) <= _SHOWN_WORDING else f"{title[:_SHOWN_WORDING].rstrip()}…"
    language = f" ({escape(card.language)})" if card.language else ""
    return f"{bold(shown)}{language}\n<i>{escape(figures(texts, card))}</i>"
