"""Notices of any text, and button data of any kind."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.html_entities import parse_html
from handlers.feedback_data import decode
from handlers.render.html import MESSAGE_LIMIT, to_plain, visible_length
from handlers.render.notice import text_notice, topic_notice
from handlers.render.screen import Screen
from tests.support.assistant import small_understanding

PIECES = st.one_of(
    st.text(), st.sampled_from(["<b>", "</b>", "&lt;", "<", "😀" * 500, "a" * 5000, "\n\n", "<blockquote>"])
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def _telegram_takes(screen: Screen) -> None:
    assert screen.parts
    for part in screen.parts:
        text, _ = parse_html(part)
        assert text.strip()
        assert visible_length(part) <= MESSAGE_LIMIT


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_text_of_staff_is_sent_word_for_word(text: str, question: str) -> None:
    screen = text_notice(small_understanding().knowledge, text, question)
    _telegram_takes(screen)
    shown = "".join("".join(map(to_plain, screen.parts)).split())
    assert "".join(text.split()) in shown
    assert "".join(question[:1000].split()) in shown


@settings(deadline=None)
@given(TEXTS)
def test_a_topic_comes_whole_below_any_question(question: str) -> None:
    screen = topic_notice(small_understanding().knowledge, "rsa", question, date(2026, 11, 22), short=False)
    _telegram_takes(screen)
    assert "Demander le RSA" in to_plain("\n".join(screen.parts))
    assert screen.keyboard


@given(st.one_of(st.none(), st.text(), TEXTS.map("pq:{}".format)))
def test_button_data_of_any_kind_is_read_without_an_error(data: str | None) -> None:
    pressed = decode(data, ["rsa"])
    assert pressed is None or pressed.topic == "rsa"
