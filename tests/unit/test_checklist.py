"""Lists of papers: what a button says of them, in 64 bytes and 24 characters."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checklist import Checklist
from bot.domain.knowledge import Knowledge
from bot.knowledge_base.loader import load_knowledge
from bot.sandbox.html_entities import parse_html
from bot.sandbox.markup import inline_keyboard
from handlers.checklist_data import PaperAction, PaperPressed, decode, encode, papers_name
from handlers.render.checklist import MOST_PAPERS, PER_PAGE, checklist_button, checklist_screen, paper_label
from handlers.render.html import MESSAGE_LIMIT, to_plain, visible_length
from handlers.render.screen import BUTTON_CHARACTERS, Screen
from tests.support.assistant import KNOWLEDGE

_KNOWN = ["rsa", "carte-vitale", "x" * 200]
_actions, _ticks = st.sampled_from(PaperAction), st.integers(0, (1 << MOST_PAPERS) - 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(KNOWLEDGE)


def _labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.keyboard for button in row]


@given(_actions, st.sampled_from(_KNOWN), st.lists(st.text(max_size=9)), _ticks, st.integers(0, MOST_PAPERS - 1))
def test_what_is_written_is_read(action: PaperAction, topic: str, papers: list[str], ticks: int, index: int) -> None:
    pressed = PaperPressed(action, topic, papers_name(papers), ticks, index)
    data = encode(pressed)
    assert 1 <= len(data.encode()) <= 64
    assert decode(data, _KNOWN) == pressed


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map(lambda text: f"pi:{text}")))
def test_forged_data_is_never_an_error(data: str) -> None:
    pressed = decode(data, _KNOWN)
    assert pressed is None or pressed.topic in _KNOWN


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=30), st.data())
def test_ticks_count_each_paper_once(papers: list[str], data: st.DataObject) -> None:
    checklist = Checklist(tuple(papers))
    have: set[int] = set()
    for _ in range(12):
        index = data.draw(st.integers(0, len(papers) - 1))
        there = data.draw(st.booleans())
        checklist = checklist.ticked(index, there=there)
        (have.add if there else have.discard)(index)
        assert checklist.valid
        assert checklist.missing == len(papers) - len(have)
        assert [place for place in range(len(papers)) if checklist.has(place)] == sorted(have)


def test_ticks_of_papers_that_are_not_there_are_refused() -> None:
    assert not Checklist(("a", "b"), 0b100).valid
    assert not Checklist(()).valid


@pytest.mark.parametrize(
    ("paper", "label"),
    [
        ("Votre pièce d'identité ou votre titre de séjour", "☐ 2. Pièce d'identité…"),
        ("Une photo d'identité", "☐ 2. Photo d'identité"),
        ("L'attestation de l'employeur", "☐ 2. Attestation…"),
        ("Un RIB", "☐ 2. RIB"),
        ("Anticonstitutionnellement", "☐ 2. Anticonstitutionne…"),
    ],
)
def test_a_label_names_the_paper(paper: str, label: str) -> None:
    assert paper_label(2, paper, there=False) == label


@given(st.integers(1, 150), st.text(min_size=1, max_size=120), st.booleans())
def test_a_label_always_fits(number: int, paper: str, there: bool) -> None:
    assert len(paper_label(number, paper, there=there)) <= BUTTON_CHARACTERS


def test_what_is_missing_is_said_in_words(knowledge: Knowledge) -> None:
    topic = replace(knowledge.topics["rsa"], documents=("Un RIB", "Votre bail", "Une <photo>"))
    said = knowledge.texts.say
    for ticks, title in (
        (0b000, said("pieces_manque", nombre=3)),
        (0b101, said("pieces_manque_un")),
        (0b111, said("pieces_complet")),
    ):
        screen = checklist_screen(knowledge, topic, Checklist(topic.documents, ticks))
        assert to_plain(screen.parts[0]).splitlines()[:2] == [topic.title, title]
        assert to_plain(screen.parts[0]).count(f" – {said('pieces_la')}") == ticks.bit_count()


@pytest.mark.parametrize("count", [1, PER_PAGE, PER_PAGE + 1, 3 * PER_PAGE, MOST_PAPERS])
def test_long_lists_turn_pages(knowledge: Knowledge, count: int) -> None:
    papers = tuple(f"Votre justificatif numéro {number} de l'année passée" for number in range(1, count + 1))
    topic = replace(knowledge.topics["rsa"], documents=papers)
    checklist, index, seen = Checklist(papers, (1 << count) - 1), 0, 0
    while True:
        screen = checklist_screen(knowledge, topic, checklist, index)
        assert len(screen.parts) == 1
        assert visible_length(screen.parts[0]) <= MESSAGE_LIMIT
        parse_html(screen.parts[0])
        rows = [[{"text": b.label, "callback_data": b.data} for b in row] for row in screen.keyboard]
        inline_keyboard(json.loads(json.dumps({"inline_keyboard": rows})))
        labels = _labels(screen)
        assert all(0 < len(label) <= BUTTON_CHARACTERS for label in labels)
        seen += sum(label.startswith("☑") for label in labels)
        if knowledge.texts.say("bouton_suivant") not in labels:
            break
        index += PER_PAGE
    assert seen == count


def test_a_topic_without_papers_has_no_list(knowledge: Knowledge) -> None:
    assert checklist_button(knowledge, replace(knowledge.topics["rsa"], documents=())) is None
    assert checklist_button(knowledge, knowledge.topics["rsa"]) is not None
