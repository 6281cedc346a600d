"""One card: what was asked, how often, by whom it was asked where, what comes near, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cards import Card
from bot.domain.decision import Scored
from bot.domain.knowledge import Knowledge
from bot.services.desk.queue import CardDetail
from handlers.callback_data import Action
from handlers.callback_data import encode as topic_data
from handlers.render.desk_data import DeskAction, encode
from handlers.render.desk_queue import figures
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, cut_label, rows_of

_OTHERS = 4
_SHOWN = 300
SPLIT_SHOWN = 10
_WORDINGS_PAGE = 15


def card_screen(knowledge: Knowledge, detail: CardDetail, *, draft: bool = False) -> Screen:
    """The whole card with its gestures; `draft` when the reader has begun a topic for it."""
    texts, card = knowledge.texts, detail.card
    blocks = [bold(_cut(card.title) or texts.say("file_sans_texte")), escape(figures(texts, card))]
    others = [one for one in detail.wordings if one.text != card.title]
    if others:
        lines = [
            f"• {escape(_cut(one.text))}" + (f" ({one.count})" if one.count > 1 else "") for one in others[:_OTHERS]
        ]
        if len(others) > _OTHERS:
            lines.append(escape(texts.say("file_autres", nombre=len(others) - _OTHERS)))
        blocks.append("\n".join([bold(texts.say("file_aussi")), *lines]))
    if detail.channels:
        said = ", ".join(f"{_channel(knowledge, one)} ({count})" for one, count in detail.channels.items())
        blocks.append(escape(texts.say("file_canaux", liste=said)))
    if detail.communes:
        said = ", ".join(f"{name} ({count})" for name, count in list(detail.communes.items())[:5])
        blocks.append(escape(texts.say("file_communes", liste=said)))
    languages = sorted({one.language for one in detail.wordings if one.language})
    if languages:
        blocks.append(escape(texts.say("file_langues", liste=", ".join(languages))))
    if detail.nearest:
        near = [f"• {escape(_title(knowledge, one.topic))} ({round(100 * one.score)} %)" for one in detail.nearest[:3]]
        blocks.append("\n".join([bold(texts.say("file_proches")), *near]))
    return Screen(join_blocks(blocks), _gestures(knowledge, card, draft=draft))


def held_screen(knowledge: Knowledge, name: str) -> Screen:
    """Somebody else has the card in hand."""
    return Screen((escape(knowledge.texts.say("file_prise", nom=name)),), (queue_row(knowledge),))


def _gestures(knowledge: Knowledge, card: Card, *, draft: bool) -> Keyboard:
    def button(name: str, action: DeskAction) -> Button:
        return Button(knowledge.texts.say(f"bouton_file_{name}"), encode(action, card.id))

    if card.topic:
        about = knowledge.topics.get(card.topic)
        seen = (
            ((Button(knowledge.texts.say("bouton_file_voir"), topic_data(Action.TOPIC, about.id)),),) if about else ()
        )
        return (*seen, (button("corriger", DeskAction.CORRECT), button("reporter", DeskAction.POSTPONE)),
                queue_row(knowledge, card.id))  # fmt: skip
    create = "reprendre" if draft else "creer"
    return (
        (button("rattacher", DeskAction.ATTACH), button("repondre", DeskAction.ANSWER)),
        (button(create, DeskAction.CREATE), button("corriger", DeskAction.CORRECT)),
        (button("hors_champ", DeskAction.OFF_TOPIC), button("ignorer", DeskAction.IGNORE)),
        (button("fusionner", DeskAction.MERGE), button("separer", DeskAction.SPLIT)),
        (button("reporter", DeskAction.POSTPONE), button("questions", DeskAction.WORDINGS)),
        queue_row(knowledge, card.id),
    )


def queue_row(knowledge: Knowledge, card: int = 0) -> tuple[Button, ...]:
    """The way back to the queue; a card that was in hand is put back."""
    action = encode(DeskAction.CLOSE, card) if card else encode(DeskAction.QUEUE)
    return (Button(knowledge.texts.say("bouton_file_retour"), action),)


def card_row(knowledge: Knowledge, card: int) -> tuple[Button, ...]:
    return (Button(knowledge.texts.say("bouton_file_fiche"), encode(DeskAction.CARD, card)),)


def attach_screen(knowledge: Knowledge, card: int, topics: Sequence[Scored], *, searched: str = "") -> Screen:
    """Topics to attach to: the nearest, or those that a search found."""
    texts = knowledge.texts
    known = [one for one in topics if one.topic in knowledge.topics][:6]
    lines = "\n".join(f"• {escape(knowledge.topics[one.topic].brief)}" for one in known)
    head = texts.say("file_rattacher_recherche", mots=searched) if searched else texts.say("file_rattacher")
    rows = [
        (Button(knowledge.topics[one.topic].button, encode(DeskAction.ATTACH_TO, card, about=one.topic)),)
        for one in known
    ]
    search = (Button(texts.say("bouton_file_chercher"), encode(DeskAction.SEARCH, card)),)
    return Screen(join_blocks([escape(head), lines]), (*rows, search, card_row(knowledge, card)))


def yes_screen(knowledge: Knowledge, key: str, card: int, action: DeskAction, **values: object) -> Screen:
    """A question with one yes."""
    texts = knowledge.texts
    yes = Button(texts.say("bouton_file_oui"), encode(action, card))
    return Screen((escape(texts.say(key, **values)),), ((yes,), card_row(knowledge, card)))


def merge_screen(knowledge: Knowledge, card: int, others: Sequence[Card]) -> Screen:
    """Cards that look alike, to put together with this one."""
    texts = knowledge.texts
    lines = "\n".join(f"{place}. {escape(_cut(one.title))} ({one.count})" for place, one in enumerate(others, 1))
    rows = [
        (Button(cut_label(f"{place}. {one.title}"), encode(DeskAction.MERGE_YES, card, code=_letters(one.id))),)
        for place, one in enumerate(others, 1)
    ]
    key = "file_fusionner" if others else "file_fusionner_aucune"
    return Screen(join_blocks([escape(texts.say(key)), lines]), (*rows, card_row(knowledge, card)))


def split_screen(knowledge: Knowledge, detail: CardDetail, picked: Sequence[int]) -> Screen:
    """The wordings of a card, to choose those that are something else; `picked` are the first need of each."""
    texts, card = knowledge.texts, detail.card.id
    shown = detail.wordings[:SPLIT_SHOWN]
    rows = []
    for place, one in enumerate(shown):
        mark = "✓ " if one.need_ids[-1] in picked else ""
        rows.append((Button(cut_label(f"{mark}{one.text}"), encode(DeskAction.SPLIT_TOGGLE, card, number=place)),))
    lines = [
        f"{'✓ ' if one.need_ids[-1] in picked else ''}{place}. {escape(_cut(one.text))}"
        for place, one in enumerate(shown, 1)
    ]
    done = (Button(texts.say("bouton_file_separer_oui"), encode(DeskAction.SPLIT_YES, card)),)
    blocks = [escape(texts.say("file_separer")), "\n".join(lines)]
    return Screen(join_blocks(blocks), (*rows, *((done,) if picked else ()), card_row(knowledge, card)))


def postpone_screen(knowledge: Knowledge, card: int) -> Screen:
    texts = knowledge.texts
    buttons = [
        Button(texts.say(f"bouton_file_jours_{days}"), encode(DeskAction.POSTPONE_YES, card, number=days))
        for days in (7, 30, 90)
    ]
    return Screen((escape(texts.say("file_reporter")),), (*rows_of(buttons, 3), card_row(knowledge, card)))


def wordings_screen(knowledge: Knowledge, detail: CardDetail, page: int) -> Screen:
    """All the ways in which it was asked."""
    texts, card = knowledge.texts, detail.card.id
    pages = max(1, -(-len(detail.wordings) // _WORDINGS_PAGE))
    page = min(page, pages - 1)
    shown = detail.wordings[page * _WORDINGS_PAGE : (page + 1) * _WORDINGS_PAGE]
    lines = [f"• {escape(_cut(one.text) or texts.say('file_sans_texte'))} ({one.count})" for one in shown]
    turns = []
    if page:
        turns.append(Button(texts.say("bouton_precedent"), encode(DeskAction.WORDINGS, card, number=page - 1)))
    if page + 1 < pages:
        turns.append(Button(texts.say("bouton_suivant"), encode(DeskAction.WORDINGS, card, number=page + 1)))
    rows = (*((tuple(turns),) if turns else ()), card_row(knowledge, card))
    head = bold(texts.say("file_questions", nombre=len(detail.wordings)))
    parts = join_blocks([head, "\n".join(lines)])
    return Screen(parts, rows)


def done_screen(knowledge: Knowledge, key: str, act: int, told: int = 0, **values: object) -> Screen:
    """What was done, and how to take it back."""
    texts = knowledge.texts
    blocks = [escape(texts.say(key, **values))]
    if told:
        blocks.append(escape(texts.say("file_prevenus", nombre=told)))
    blocks.append(escape(texts.say("file_annulable")))
    undo = (Button(texts.say("bouton_file_annuler"), encode(DeskAction.UNDO, act)),)
    return Screen(join_blocks(blocks), (undo, queue_row(knowledge)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def _title(knowledge: Knowledge, topic: str) -> str:
    found = knowledge.topics.get(topic)
    return found.title if found else topic


def _channel(knowledge: Knowledge, channel: str) -> str:
    known = {"chat", "session", "inline", "page"}
    return knowledge.texts.say(f"file_canal_{channel}") if channel in known else channel


def _letters(number: int) -> str:
    """A card's number as a word of letters, beside the number of the other card."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def number_of(letters: str) -> int:
    """The card behind such a word; 0 for anything else."""
    digits = "".join(str(ord(one) - ord("a")) if "a" <= one <= "j" else "x" for one in letters)
    return int(digits) if digits.isdigit() else 0
