"""Every topic as a card to take home: read back as its readers do, with the eyes, aloud, and with a phone."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.domain.freshness import review_day
from bot.domain.handout import Handout, PaperSize
from bot.domain.knowledge import Knowledge
from bot.knowledge_base.loader import load_knowledge
from bot.services.handouts.layout import Row, in_two
from bot.services.handouts.printing import LEAST, TooLongError, print_handout
from bot.services.handouts.sheet import CODE_SIDES
from bot.settings import read_settings
from handlers.button_fields import digest
from handlers.handout_data import HandoutPressed, decode, encode
from handlers.render.handout import handout_of
from tests.support.assistant import ROOT

_TODAY = date(2026, 11, 22)
_TOPICS = sorted(path.stem for path in (ROOT / "knowledge" / "sujets").glob("*/*.yaml"))
_SIDES = {PaperSize.A4: (210, 297), PaperSize.A5: (148, 210)}
# Eight numbers, six steps: 83 mm more than two A5 pages hold in 16 points. Smaller type, and nothing cut.
_SMALLER = {("violences-conjugales", PaperSize.A5): 14.0}


@cache
def knowledge() -> Knowledge:
    return load_knowledge(read_settings(_env_file=None).knowledge)


def card(topic: str, size: PaperSize, today: date = _TODAY) -> Handout:
    found = knowledge().topics[topic]
    link = f"https://t.me/acces_droits_bot?start={topic}"
    return handout_of(knowledge(), found, size, today, link=link, bot="acces_droits_bot")


def plain(text: str) -> str:
    """Text without what only sets it: line ends, glued spaces."""
    return re.sub(r"\s+", "", text)


def codes(pdf: bytes) -> list[str]:
    """What a phone reads on the last page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[len(document) - 1].render(scale=2, grayscale=True).to_numpy()
        return sorted(found.text for found in zxingcpp.read_barcodes(picture))
    finally:
        document.close()


def type_sizes(reader: PdfReader) -> set[float]:
    """Every type size on the pages, in points."""
    found: set[float] = set()
    for page in reader.pages:
        contents: Any = page.get_contents()
        found |= {float(size) for size in re.findall(rb"/F\d+ ([\d.]+) Tf", contents.get_data())}
    return found


def test_every_topic_is_here() -> None:
    assert set(_TOPICS) == set(knowledge().topics)
    assert len(_TOPICS) >= 169


@pytest.mark.parametrize("topic", _TOPICS)
def test_a_topic_makes_a_card(topic: str, caplog: pytest.LogCaptureFixture) -> None:
    for size in PaperSize:
        handout = card(topic, size)
        with caplog.at_level(logging.WARNING, logger="fpdf"):
            pdf = print_handout(handout)
        assert "missing" not in caplog.text  # glyphs, as fpdf2 tells of them
        reader = PdfReader(BytesIO(pdf), strict=True)
        assert len(reader.pages) in (1, 2)
        for page in reader.pages:
            width, height = (round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height))
            assert (width, height) == _SIDES[size]
        text = plain("".join(page.extract_text() for page in reader.pages))
        reach = [part for one in handout.reach for part in (one.name, *one.lines)]
        for part in (handout.title, *handout.steps, *handout.papers, *reach, *handout.proof):
            assert plain(part) in text, part
        assert "?" not in text or any("?" in part for part in (handout.answer, *handout.steps, *handout.papers, *reach))
        assert codes(pdf) == sorted(code.url for code in handout.codes)
        assert min(type_sizes(reader)) >= _SMALLER.get((topic, size), LEAST)


def test_a_card_names_itself_and_its_language() -> None:
    reader = PdfReader(BytesIO(print_handout(card("carte-vitale", PaperSize.A4))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Obtenir, refaire ou mettre à jour sa carte Vitale"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    marks = [kid.get_object() for kid in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    kinds = [mark["/S"] for mark in marks]
    assert kinds[0] == "/H1"
    assert kinds.count("/H2") == 3
    assert [mark["/Alt"] for mark in marks if mark["/S"] == "/Figure"] == [
        "La page officielle ameli.fr", "Sur Telegram @acces_droits_bot",
    ]  # fmt: skip


def test_codes_are_large_enough_for_an_old_phone() -> None:
    assert all(side * 33 / 35 >= 25 for side in CODE_SIDES.values())


def test_what_is_out_of_date_says_so() -> None:
    topic = knowledge().topics["carte-vitale"]
    late = card("carte-vitale", PaperSize.A4, date(review_day(topic).year + 1, 1, 1))
    text = plain(PdfReader(BytesIO(print_handout(late))).pages[-1].extract_text())
    assert plain("Information du 22 novembre 2026, à confirmer au 3646.") in text
    assert plain("Information vérifiée") not in text


@pytest.mark.parametrize("size", PaperSize)
def test_more_than_the_base_holds_is_small_rather_than_cut(size: PaperSize) -> None:
    """An entry twice as long as the longest: two pages, every sentence there."""
    handout = card("violences-conjugales", size)
    long = replace(handout, steps=handout.steps * 2, papers=handout.papers * 2)
    reader = PdfReader(BytesIO(print_handout(long)))
    assert len(reader.pages) == 2
    text = plain("".join(page.extract_text() for page in reader.pages))
    for part in (*long.steps, *long.papers):
        assert text.count(plain(part)) == 2
    with pytest.raises(TooLongError):
        print_handout(replace(handout, steps=handout.steps * 40))


def test_a_page_ends_between_sections_else_not_before_the_last_item() -> None:
    first, second = ([Row(str(n), "P", block=10 * part + n, size=16) for n in range(4)] for part in (1, 2))
    line = first[0].height
    for room, last, cut in ((5.5, 9, 4), (7.5, 1.5, 7), (7.5, 2.5, 6), (3.5, 9, 2)):
        found = in_two([first, second], room * line, last * line)
        assert found is not None
        assert len(found[0]) == cut
    assert in_two([first, second], 3.5 * line, 3.5 * line) is None


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_whatever_staff_write_is_printed(text: str) -> None:
    handout = replace(card("carte-vitale", PaperSize.A5), answer=text, steps=(text, "x" * 300), papers=(text,))
    assert len(PdfReader(BytesIO(print_handout(handout))).pages) in (1, 2)


def test_a_card_travels_to_the_child_and_back() -> None:
    handout = card("rsa", PaperSize.A5)
    assert Handout.from_json(handout.as_json()) == handout


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map(lambda text: f"ca:{text}")))
def test_forged_data_is_never_an_error(data: str) -> None:
    pressed = decode(data, ["rsa"])
    assert pressed is None or pressed.topic == "rsa"


@pytest.mark.parametrize("size", PaperSize)
def test_what_is_written_is_read(size: PaperSize) -> None:
    assert decode(encode(HandoutPressed("rsa", size)), ["caf", "rsa"]) == HandoutPressed("rsa", size)
    assert decode(f"ca:{digest('rsa')}:A3", ["rsa"]) is None


def test_fonts_come_with_their_licence() -> None:
    folder = Path(ROOT / "bot" / "services" / "handouts" / "fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_000_000
