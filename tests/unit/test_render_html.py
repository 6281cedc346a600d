"""HTML as Telegram takes it: whatever is written, every piece is whole, short enough, and says what was to be said."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.html_entities import parse_html, utf16_length
from handlers.render.html import MESSAGE_LIMIT, bold, cut, escape, join_blocks, to_plain, visible_length

# Characters that break things: markup, astral planes, joiners, spaces of all kinds, ends of lines.
_ODD = st.sampled_from("<>&\"'/;#x bàé😀👨‍👩‍👧\u200d\u202e\u00a0\u2009\n\t\r\u0301𝖼")
_TEXT = st.text(alphabet=st.one_of(_ODD, st.characters(exclude_categories=["Cs"])), max_size=300)
_WORDS = st.lists(_TEXT, max_size=8).map(" ".join)
_TAG = st.sampled_from(["b", "i", "u", "s", "code"])


@st.composite
def markups(draw: st.DrawFn, depth: int = 2) -> str:
    """Escaped text with tags in it, nested, as the renderer writes them."""
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        if depth and draw(st.booleans()):
            name = draw(_TAG)
            pieces.append(f"<{name}>{draw(markups(depth=depth - 1))}</{name}>")
        else:
            pieces.append(escape(draw(_WORDS)))
    return " ".join(pieces)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _check(pieces: list[str] | tuple[str, ...], whole: str, limit: int) -> None:
    for piece in pieces:
        assert visible_length(piece) <= limit
        assert utf16_length(html.unescape(re.sub(r"<[^>]*>", "", piece))) <= limit
        opened: list[str] = []
        for closing, name in re.findall(r"<(/?)([a-z]+)>", piece):
            if closing:
                assert opened.pop() == name
            else:
                opened.append(name)
        assert not opened
        assert parse_html(piece)[0] == to_plain(piece)  # Telegram's own reading
    assert _squeezed("".join(map(to_plain, pieces))) == _squeezed(to_plain(whole))


@given(markups(), st.integers(8, 120))
@settings(max_examples=300, deadline=None)
def test_a_cut_never_breaks_a_tag_a_character_or_the_text(markup: str, limit: int) -> None:
    _check(cut(markup, limit), markup, limit)


@given(st.lists(markups(), max_size=6), st.integers(8, 200))
@settings(max_examples=200, deadline=None)
def test_blocks_are_joined_in_order_within_the_limit(blocks: list[str], limit: int) -> None:
    _check(join_blocks(blocks, limit), "".join(blocks), limit)


@given(_TEXT)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert to_plain(escape(text)) == text
    assert to_plain(bold(text)) == text
    assert visible_length(escape(text)) == utf16_length(text)


@given(st.text(alphabet="ab😀&<", min_size=1, max_size=3), st.integers(MESSAGE_LIMIT // 2, 2 * MESSAGE_LIMIT))
@settings(max_examples=40, deadline=None)
def test_one_endless_word_is_cut_at_telegrams_limit(unit: str, times: int) -> None:
    text = unit * times
    pieces = cut(bold(text))
    assert "".join(map(to_plain, pieces)) == text
    assert all(visible_length(piece) <= MESSAGE_LIMIT for piece in pieces)
    assert all(piece.startswith("<b>") and piece.endswith("</b>") for piece in pieces)


def test_few_blocks_stay_one_message() -> None:
    assert join_blocks(["<b>un</b>", "", "deux"]) == ("<b>un</b>\n\ndeux",)


@pytest.mark.parametrize("blocks", [[], [""], ["", ""]])
def test_nothing_is_no_message(blocks: list[str]) -> None:
    assert join_blocks(blocks) == ()


def test_a_cut_falls_between_words() -> None:
    assert cut("un deux trois quatre", 10) == ["un deux", "trois", "quatre"]
