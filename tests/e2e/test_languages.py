"""Somebody who does not write French finds, in their language, what this is, the numbers and a human."""

from __future__ import annotations

import pytest

from bot.domain.language import Language
from tests.support.assistant import Assistant, say, small_understanding

THEMES = ["Aides", "Internet", "Urgence et danger"]
MESSAGES = {
    "en": "I lost my parrot, who can help me find it?",
    "ar": "ضاع ببغائي من يساعدني",
    "pt": "perdi o meu papagaio, quem me pode ajudar?",
    "es": "perdí mi loro, ¿quién me puede ayudar?",
    "tr": "papağanım kayboldu kim yardım edebilir",
    "uk": "загубила папугу, допоможіть будь ласка",
    "ru": "потеряла попугая, помогите пожалуйста",
    "fa": "طوطی من گم شده است کمک کنید",
    "ar-latn": "bghit nl9a lbabgha dyali li tlef 3awnouni",
}


def language(code: str) -> Language:
    found = small_understanding().knowledge.languages.get(code)
    assert found is not None
    return found


def themes_in(code: str) -> list[str]:
    """The theme buttons, in the language where the bot speaks it."""
    speech = language(code).speech
    return [speech.themes[theme] for theme in ("aides", "numerique", "urgence")] if speech else THEMES


def bare(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("code", MESSAGES)
async def test_a_foreign_message_gets_its_language_and_becomes_a_need(assistant: Assistant, code: str) -> None:
    marie = assistant.marie
    update = await marie.writes(MESSAGES[code])
    shown = await marie.reply()
    await assistant.settled(update)
    known = language(code)
    for text in (known.about, known.emergency, known.human, known.kept):
        assert text in bare(shown.text)
    assert shown.buttons[-len(THEMES) :] == themes_in(code)
    [row] = assistant.rows("SELECT * FROM needs")
    assert (row["text"], row["language"], row["reason"]) == (MESSAGES[code], code, "unknown")
    assert assistant.counted("foreign") == 1


async def test_a_sure_answer_follows_below(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("RSA please")
    first = await marie.reply()
    assert language("en").about in first.text
    second = await marie.reply()
    assert "RSA" in second.text
    assert [row["language"] for row in assistant.rows("SELECT language FROM needs")] == ["en"]


async def test_a_french_need_has_no_language(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("comment adopter un hérisson")
    await marie.reply()
    assert [row["language"] for row in assistant.rows("SELECT language FROM needs")] == [None]


async def test_danger_stands_above_the_language_and_is_not_kept(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(
        "please where is the police, he is here with the hammer, au secours il me frappe avec un marteau"
    )
    first = await marie.reply()
    assert say("danger_appeler") in first.text
    assert not assistant.needs


@pytest.mark.parametrize(("telegram", "code"), [("uk", "uk"), ("pt-br", "pt"), ("ar", "ar")])
async def test_start_adds_the_telephones_language_below_the_french(
    assistant: Assistant, telegram: str, code: str
) -> None:
    person = assistant.sandbox.person("Olena", language=telegram)
    await person.starts()
    welcome = await person.reply()
    assert welcome.text.startswith(say("accueil")[:40])
    assert language(code).about in bare(welcome.text)
    assert language(code).human in bare(welcome.text)
    assert welcome.buttons == themes_in(code)


async def test_start_stays_french_for_other_telephones(assistant: Assistant) -> None:
    person = assistant.sandbox.person("Giulia", language="it")
    await person.starts()
    welcome = await person.reply()
    assert welcome.text == f"{say('accueil')}\n\n{say('accueil_consigne')}"


async def test_staff_see_the_language(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(MESSAGES["en"])
    await marie.reply()
    await assistant.staff.writes("/file")
    assert "(en)" in (await assistant.staff.reply()).text


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("en", "please help me, my husband hits me", "3919"),
        ("ar", "أريد أن أموت", "3114"),
        ("uk", "моя дитина не дихає", "15"),
        ("ar-latn", "ma3ndich fin n3es had lila", "115"),
    ],
)
async def test_danger_told_in_it_brings_the_numbers_in_it_and_is_not_kept(
    assistant: Assistant, code: str, text: str, number: str
) -> None:
    marie = assistant.marie
    update = await marie.writes(text)
    shown = await marie.reply()
    await assistant.settled(update)
    assert bare(shown.text).startswith(language(code).emergency)
    assert f"\n{number} :" in bare(shown.text)
    assert language(code).human in bare(shown.text)
    speech = language(code).speech
    assert shown.buttons[-1] == (speech.say if speech else say)("bouton_quitter_vite")
    assert [bubble for bubble in marie.bubbles if bubble.from_bot] == [shown]  # nothing below draws the eye away
    assert assistant.rows("SELECT * FROM needs") == []
    assert assistant.counted("danger") == 1
    assert assistant.counted("foreign") == 0
    assert text.encode() not in assistant.file_bytes()
