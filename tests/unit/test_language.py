"""Which language a message is in: French stays French, however it is spelt."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.decision import Answer, Unknown
from bot.domain.language import LanguageFinder, Languages, without_names
from bot.domain.understanding import Understanding
from bot.knowledge_base.language_schema import LanguageFile
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.yaml_file import read_yaml
from handlers.render.html import to_plain
from handlers.render.languages import isolated, language_blocks
from tests.support.assistant import ROOT, small_understanding

DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared" / "knowledge" / "dev-questions.jsonl"
PATH = ROOT / "knowledge" / "langues.yaml"
CODES = ["en", "es", "pt", "tr", "ar-latn", "ar", "fa", "ru", "uk"]
MOST_FALSE = 0.005
LEAST_FOUND = 0.95
PORTUGUESE = "Olá, tudo bem?"  # among the French questions, as small talk


def read_languages(path: Path = PATH) -> Languages:
    problems = ProblemList(path.parent)
    file = read_yaml(path, problems)
    assert file is not None, list(problems)
    return LanguageFile.model_validate(file.data).value()


LANGUAGES = read_languages()
FINDER = LanguageFinder(LANGUAGES)


def rows(path: Path) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


MESSAGES = [(str(row["q"]), row["language"]) for row in rows(DATA / "languages.jsonl")]


def found(text: str) -> str | None:
    language = FINDER.find(text)
    return language.code if language else None


def test_the_data_holds_enough_of_each() -> None:
    counts = Counter(language for _, language in MESSAGES)
    assert {code: counts[code] for code in CODES} == dict.fromkeys(CODES, 25)
    assert counts[None] >= 200


@pytest.mark.parametrize("code", CODES)
def test_messages_of_three_words_and_more_are_recognised(code: str) -> None:
    said = [text for text, language in MESSAGES if language == code and len(text.split()) >= 3]
    missed = [text for text in said if found(text) != code]
    assert len(missed) <= (1 - LEAST_FOUND) * len(said) + 1e-9, missed


@pytest.mark.parametrize("name", ["languages", "questions", "danger", "dev"])
def test_french_in_any_spelling_stays_french(name: str) -> None:
    path = SHARED if name == "dev" else DATA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("this file is not here")
    said = [str(row.get("q") or row.get("text")) for row in rows(path) if row.get("language") is None]
    wrong = [(text, found(text)) for text in said if found(text) and text != PORTUGUESE]
    assert len(wrong) <= MOST_FALSE * len(said), wrong


@pytest.mark.parametrize(
    "name",
    [
        "RSA",
        "carte vitale",
        "whatsapp",
        "wifi",
        "parking",
        "ok",
        "help moi svp",
        "Joao Silva",
        "que veut dire مساعدة en français",
        "mon mari me frappe help please",
        "ma voisine Оля est malade",
    ],
)
def test_a_name_or_a_borrowed_word_says_nothing(name: str) -> None:
    assert found(name) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RSA please", "en"),
        ("carte vitale help", "en"),
        ("كيف أحصل على carte vitale", "ar"),
        ("RSA كيف", "ar"),
        ("پیشرفت", "fa"),
        ("می خواهم كار كنم", "fa"),
        ("Привіт", "uk"),
        ("спасибо", "ru"),
        ("MERHABA YARDIM LÜTFEN", "tr"),
    ],
)
def test_short_and_mixed_messages(text: str, code: str) -> None:
    assert found(text) == code


def test_no_language_is_known_without_the_file() -> None:
    assert LanguageFinder(Languages()).find("please help me, where is the doctor") is None
    assert LanguageFinder(Languages()).find("помогите") is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=5000))
def test_nothing_raises(text: str) -> None:
    FINDER.find(text)


@pytest.mark.parametrize(
    "text", ["", " " * 4096, "a" * 4096, "́" * 4096, "ﷺ" * 4096, "İ" * 4096, "3" * 4096, "¿" * 4096]
)
def test_extreme_messages_are_read(text: str) -> None:
    found = FINDER.find(text)
    assert found is None or found.code in CODES


@pytest.mark.parametrize("code", CODES)
def test_the_texts_name_the_numbers_and_the_human_help(code: str) -> None:
    language = LANGUAGES.get(code)
    assert language is not None
    text = to_plain("\n".join(language_blocks(language, kept=True)))
    for number in ("112", "15", "17", "18", "114", "115"):
        assert re.search(rf"(?<!\d){number}(?!\d)", text)
    assert "05 53 35 86 00" in text
    assert "France services" in text
    assert language.kept in text.replace("\u2068", "").replace("\u2069", "")
    assert (language.proofread_by is None) == ("<i>" in "".join(language_blocks(language)))


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_latin_runs_stand_isolated_in_lines_from_right_to_left(code: str) -> None:
    language = LANGUAGES.get(code)
    assert language is not None
    for block in language_blocks(language, kept=True):
        plain = to_plain(block)
        assert plain.count("\u2068") == plain.count("\u2069")
        outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", plain)
        assert not re.search(r"[0-9A-Za-z]", outside), outside
    assert "05 53 35 86 00\u2069" in "".join(language_blocks(language))
    english = LANGUAGES.get("en")
    assert english is not None
    assert isolated("112", english) == "112"


@pytest.mark.parametrize(
    ("telegram", "code"), [("pt-br", "pt"), ("en", "en"), ("EN-GB", "en"), ("uk", "uk"), ("fr", None), (None, None)]
)
def test_telegrams_language_codes(telegram: str | None, code: str | None) -> None:
    language = LANGUAGES.get(telegram)
    assert (language.code if language else None) == code


@pytest.mark.parametrize(
    ("text", "code", "secret"),
    [
        ("Меня зовут Иван Петров, мне нужна помощь", "ru", "Петров"),
        ("اسمي محمد العلوي وأحتاج إلى مساعدة", "ar", "العلوي"),
        ("мене звати Олена Шевченко допоможіть", "uk", "Шевченко"),
        ("my name is John Smith please help", "en", "Smith"),
    ],
)
def test_announced_names_are_masked(text: str, code: str, secret: str) -> None:
    language = LANGUAGES.get(code)
    assert language is not None
    assert secret not in without_names(text, language)


def understanding() -> Understanding:
    return small_understanding()


def test_a_foreign_message_is_unknown_in_its_language() -> None:
    understood = understanding().read("Я не знаю куда идти, помогите пожалуйста")
    assert isinstance(understood.outcome, Unknown)
    assert understood.language is not None
    assert understood.language.code == "ru"


def test_a_sure_answer_stays_beside_the_language() -> None:
    understood = understanding().read("RSA please")
    assert understood.language is not None
    assert isinstance(understood.outcome, Answer)
    assert understood.outcome.topic == "rsa"


def test_danger_in_french_words_comes_first() -> None:
    understood = understanding().read("au secours il me frappe avec un marteau, please help me")
    assert understood.danger is not None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("115.", "100.", "il manque un numéro d'urgence : 115"),
        ("05 53 35 86 00", "05 00 00 00 00", "il manque : 05 53 35 86 00"),
        ("code: es", "code: en", "cette langue est écrite deux fois : en"),
    ],
)
def test_an_incomplete_language_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "langues.yaml"
    path.write_text(PATH.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=problem):
        read_languages(path)


def test_the_small_base_holds_the_same_languages() -> None:
    copy = DATA / "knowledge" / "langues.yaml"
    assert copy.read_bytes() == PATH.read_bytes()
