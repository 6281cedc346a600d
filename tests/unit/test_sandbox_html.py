"""Telegram's HTML as the sandbox reads it: entities, offsets, complaints."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.html_entities import MarkupError, parse_html, utf16_length


def _entities(markup: str) -> list[tuple[Any, ...]]:
    _, entities = parse_html(markup)
    keys = ("type", "offset", "length", "url", "language")
    return [tuple(e[k] for k in keys if k in e) for e in entities]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("", "", []),
        ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>", "abcde",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1), ("strikethrough", 4, 1)]),
        ("🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', "xy",
         [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<a href=telegram.org> </a>", " ", [("text_link", 0, 1, "http://telegram.org/")]),
        ("<a href='https://caf.fr/a?b=1&amp;c=2'>CAF</a>", "CAF",
         [("text_link", 0, 3, "https://caf.fr/a?b=1&c=2")]),
        ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12, "http://telegram.org/")]),
        ("<a href='tel:+33553000000'>05 53 00 00 00</a>", "05 53 00 00 00", []),
        ("<pre><code class='language-fift'>x</code></pre>", "x", [("pre", 0, 1, "fift")]),
        ("<pre>x</pre><code>y</code>", "xy", [("pre", 0, 1), ("code", 1, 1)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
        ("&lt;&gt;&amp;&quot;&laquo;&#233;&#xe9;&#12345678;", '<>&"&laquo;éé&#12345678;', []),
        ("&#128512;", "😀", []),
        ("&#xD83D;&#xDE00;", "😀", []),
        ("<b></b>", "", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("AT&T & co; &", "AT&T & co; &", []),
    ],
)  # fmt: skip
def test_reads(markup: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    assert parse_html(markup)[0] == text
    assert _entities(markup) == entities


_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("&#xDFDF;", _SURROGATE),
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("ligne<br>", 'Unsupported start tag "br" at byte offset 5'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<b>x", "Can't find end tag corresponding to start tag \"b\""),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href='x'/>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)  # fmt: skip
def test_complains(markup: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as error:
        parse_html(markup)
    assert str(error.value) == complaint


_words = st.text(st.characters(codec="utf-8"), max_size=12)
_tags = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"])


@given(_words)
def test_escaped_text_comes_back(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(st.lists(st.tuples(_words, _tags, _words), max_size=6))
def test_offsets_point_at_the_words(parts: list[tuple[str, str, str]]) -> None:
    markup = "".join(f"{html.escape(a)}<{tag}>{html.escape(b)}</{tag}>" for a, tag, b in parts).replace("&#x27;", "'")
    text, entities = parse_html(markup)
    units = text.encode("utf-16-le")
    cut = [units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in entities]
    assert cut == [b for _, _, b in parts if b]
    assert utf16_length(text) == len(units) // 2


@given(st.text(alphabet="<>/ab=\"'&; lt#x1é😀-", max_size=40))
def test_any_markup_is_read_or_complained_of(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except MarkupError:
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_length(text) for e in entities)
