"""The page that residents are given says what the bot really shows, in short sentences, and its code can be read."""

from __future__ import annotations

import re

import numpy as np
import zxingcpp
from PIL import Image

from bot.knowledge_base.readability import MAX_WORDS, sentences, word_count
from tests.support.assistant import ROOT, say

GUIDE = (ROOT / "docs/fr/guide-habitants.md").read_text(encoding="utf-8")
READ = GUIDE.partition("\n---\n")[0]  # the rest is for whoever prints it


def test_the_code_leads_to_the_bot_of_the_example() -> None:
    picture = Image.open(ROOT / "docs/images/code-habitants.png").convert("L")
    [code] = zxingcpp.read_barcodes(np.asarray(picture))
    assert code.text == "https://t.me/nom_du_bot"
    assert code.text in GUIDE


def test_every_button_it_names_stands_in_the_bot() -> None:
    shown = {say(key) for key in (
        "bouton_aide", "bouton_pas_ca", "bouton_pieces", "bouton_fiche", "bouton_themes", "bouton_reponses_courtes",
        "bouton_une_etape", "bouton_etape_apres", "bouton_langue",
    )}  # fmt: skip
    assert set(re.findall("« (.*?) »", READ)) == shown | {"Démarrer"}  # the last one is Telegram's own


def test_its_numbers_are_those_of_the_bot() -> None:
    table = re.findall(r"^\| (\d+) \|", READ, re.MULTILINE)
    assert len(table) >= 9
    assert set(table) <= {line.split(" ")[0] for line in say("urgence").splitlines()}
    assert "05 53 35 86 00" in say("aide_humain")
    assert re.findall(r"0\d(?: \d\d){4}", READ) == ["05 53 35 86 00"]


def test_its_sentences_are_short_and_it_fits_a_page() -> None:
    plain = re.sub(r"[*`#|]|^- |^\d\. |!\[.*?\]\(.*?\)", " ", READ, flags=re.MULTILINE)
    for line in plain.splitlines():
        for sentence in sentences(line):
            assert word_count(sentence) <= MAX_WORDS, sentence
    assert len(READ.splitlines()) <= 80
    assert word_count(plain) <= 400
