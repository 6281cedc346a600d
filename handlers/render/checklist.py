"""The papers of a topic as boxes to tick, in words first: what is missing is said, not only drawn."""

from __future__ import annotations

import re

from bot.domain.checklist import Checklist
from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.texts import Texts
from handlers.callback_data import Action
from handlers.callback_data import encode as encode_action
from handlers.checklist_data import PaperAction, PaperPressed, encode, papers_name
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import BUTTON_CHARACTERS, Button, Keyboard, Screen, rows_of

PER_PAGE = 8
MOST_PAPERS = 150  # beyond that a button could not hold the ticks
_MARKS = {True: "☑", False: "☐"}
_OPENING = re.compile(r"^(?:votre|vos|une?|les?|la|des|du|de la|son|sa|ses|leurs?|l['’]|d['’])(?:\s+|(?<=['’]))", re.I)
_LINKING = frozenset("de du des d la le les l un une et ou à au aux en pour par sur avec sans votre vos son sa ses "
                     "si qui que qu dont n ne dans".split())  # fmt: skip


def checklist_button(knowledge: Knowledge, topic: Topic) -> Button | None:
    """The button under an answer that opens the list; None for a topic without papers."""
    if not 0 < len(topic.documents) <= MOST_PAPERS:
        return None
    data = encode(PaperPressed(PaperAction.OPEN, topic.id, papers_name(topic.documents)))
    return Button(knowledge.texts.say("bouton_pieces"), data)


def checklist_screen(knowledge: Knowledge, topic: Topic, checklist: Checklist, index: int = 0) -> Screen:
    """The page of the list that holds the paper at `index`."""
    texts = knowledge.texts
    here = _page(checklist, index)
    pages = -(-len(checklist.papers) // PER_PAGE)
    lines = [escape(_line(texts, checklist, place)) for place in here]
    blocks = [
        f"{bold(topic.title)}\n{bold(_missing(texts, checklist))}",
        "\n".join(lines),
        escape(texts.say("pieces_consigne")),
    ]
    if pages > 1:
        blocks.append(escape(texts.say("page", numero=here[0] // PER_PAGE + 1, total=pages)))
    return Screen(join_blocks(blocks), _keyboard(knowledge, topic, checklist, here))


def _page(checklist: Checklist, index: int) -> range:
    first = min(index, len(checklist.papers) - 1) // PER_PAGE * PER_PAGE
    return range(first, min(first + PER_PAGE, len(checklist.papers)))


def _missing(texts: Texts, checklist: Checklist) -> str:
    if checklist.missing == 0:
        return texts.say("pieces_complet")
    if checklist.missing == 1:
        return texts.say("pieces_manque_un")
    return texts.say("pieces_manque", nombre=checklist.missing)


def _line(texts: Texts, checklist: Checklist, place: int) -> str:
    there = checklist.has(place)
    state = texts.say("pieces_la" if there else "pieces_a_trouver")
    return f"{_MARKS[there]} {place + 1}. {checklist.papers[place]} – {state}"


def _keyboard(knowledge: Knowledge, topic: Topic, checklist: Checklist, here: range) -> Keyboard:
    texts, papers = knowledge.texts, papers_name(checklist.papers)

    def button(label: str, action: PaperAction, index: int) -> Button:
        return Button(label, encode(PaperPressed(action, topic.id, papers, checklist.ticks, index)))

    boxes = [
        button(
            paper_label(place + 1, checklist.papers[place], there=checklist.has(place)),
            PaperAction.HAVE_NOT if checklist.has(place) else PaperAction.HAVE,
            place,
        )
        for place in here
    ]
    turns = []
    if here.start > 0:
        turns.append(button(texts.say("bouton_precedent"), PaperAction.PAGE, here.start - PER_PAGE))
    if here.stop < len(checklist.papers):
        turns.append(button(texts.say("bouton_suivant"), PaperAction.PAGE, here.stop))
    answer = Button(topic.button, encode_action(Action.TOPIC, topic.id))
    return (*rows_of(boxes, 1), *((tuple(turns),) if turns else ()), (answer,))


def paper_label(number: int, paper: str, *, there: bool) -> str:
    """A box, its number in the text above, and the first words that name the paper."""
    start = f"{_MARKS[there]} {number}. "
    name = _OPENING.sub("", paper)
    name = name[:1].upper() + name[1:]
    room = BUTTON_CHARACTERS - len(start)
    if len(name) <= room:
        return start + name
    words = name[:room].split()  # the last one may be cut in the middle
    if not name[room - 1 : room].isspace() and not name[room : room + 1].isspace():
        words = words[:-1]
    while words and (len(" ".join(words)) >= room or _bare(words[-1]) in _LINKING or not _bare(words[-1])):
        words.pop()
    short = " ".join(words).rstrip(" ,;:(.") or name[: room - 1].rstrip()
    return f"{start}{short}…"


def _bare(word: str) -> str:
    return word.strip(" ,;:()«».'’").lower()
