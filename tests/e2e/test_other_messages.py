"""Whatever people send: pictures, voice, cards, odd characters. Everyone gets a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.sandbox import Person
from bot.sandbox.wire import Json
from tests.support.assistant import Assistant, answer, say, unknown

Deed = Callable[[Person], Awaitable[Json]]
SENT: dict[str, Deed] = {
    "recu_photo": lambda person: person.sends_photo(b"GIF89a\x02\x00\x02\x00", caption=answer()),
    "recu_voix": lambda person: person.sends_voice(b"OggS"),
    "recu_autocollant": lambda person: person.sends_sticker(),
    "recu_contact": lambda person: person.sends_contact("+33639981234", "Zébulon"),
    "recu_document": lambda person: person.sends_document("avis.pdf", b"%PDF-1.7"),
}


@pytest.mark.parametrize("key", SENT)
async def test_what_is_not_text_gets_what_to_do_instead(assistant: Assistant, key: str) -> None:
    marie = assistant.marie
    update = await SENT[key](marie)
    shown = await marie.reply()
    assert shown.text == say(key)
    assert shown.buttons == ["Aides", "Internet", "Urgence et danger"]
    assert shown.message["reply_to_message"]["message_id"] == update["message"]["message_id"]
    await assistant.settled(update)
    assert assistant.needs == []
    assert "Zébulon".encode() not in assistant.file_bytes()


async def test_a_sound_file_is_treated_as_voice(assistant: Assistant) -> None:
    await assistant.marie.sends_audio(b"ID3")
    assert (await assistant.marie.reply()).text == say("recu_voix")


async def test_a_position_is_answered_and_never_kept(assistant: Assistant) -> None:
    marie = assistant.marie
    update = await marie.sends_location(45.184931, 0.721847)
    assert (await marie.reply()).text
    await assistant.settled(update)
    stored = assistant.file_bytes()
    assert b"45.18" not in stored
    assert b"0.72" not in stored


ODD = {
    "as long as Telegram allows": "où trouver " + "x" * 4085,
    "as long as Telegram allows, in words": ("comment faire pour " * 300)[:4095].strip() + "?",
    "emojis": "😀👨‍👩‍👧‍👦🇫🇷🏳️‍🌈" * 50,
    "one emoji": "👍",
    "200 emojis": "😭" * 200,
    "zero width": "co\u200bmment de\u200cman\u200dder le r\ufeffsa",
    "right to left": "\u202eASR el rednamed tnemmoc\u202c",
    "isolates": "\u2066comment demander le rsa\u2069 \u200f\u200e",
    "arabic": "كيف أطلب المساعدة للسكن",
    "markup": "<b>comment</b> <script>alert(1)</script> &lt;rsa&gt; &amp; <a href='tg://user?id=1'>x</a>",
    "broken markup": "</b></i><b <tg-spoiler> & &# &#x; <![CDATA[ rsa",
    "braces": "{nombre} {raison} %s {0} ${HOME} {{rsa}}",
    "sql": "'; DROP TABLE needs; -- rsa",
    "null and controls": "rsa \x01\x02\x07\x1b[31m comment",
    "line ends": "\n\n\nrsa\r\n\r\n\u2028\u2029comment",
    "digits": "1234567890" * 40,
    "dots": "." * 4096,
    "combining": "e\u0301" * 1000 + " r\u0336s\u0336a\u0336",
    "astral letters": "𝖼𝗈𝗆𝗆𝖾𝗇𝗍 𝖽𝖾𝗆𝖺𝗇𝖽𝖾𝗋 𝗅𝖾 𝗋𝗌𝖺",
    "lone mention": "@acces_droits_bot",
    "callback look-alike": "x::0",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_odd_messages_get_one_answer_and_no_failure(assistant: Assistant, text: str) -> None:
    marie = assistant.marie
    update = await marie.writes(text)
    shown = await marie.reply()
    assert shown.text
    assert shown.text != say("erreur")
    await assistant.settled(update)
    assert marie.screen.count(say("erreur")) == 0
    after = await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")
    await assistant.settled(after)
    await assistant.staff.writes("/file")
    assert (await assistant.staff.reply()).text != say("erreur")  # what was kept can be shown


async def test_hidden_characters_do_not_hide_a_question(assistant: Assistant) -> None:
    for text in (ODD["zero width"], ODD["isolates"], ODD["astral letters"], answer().upper(), f"<b>{answer()}</b>"):
        await assistant.marie.writes(text)
        assert (await assistant.marie.reply()).text.startswith("Demander le RSA"), text


async def test_markup_in_a_message_stays_text_for_staff(assistant: Assistant) -> None:
    marie = assistant.marie
    text = f"{unknown()} <b>gras</b> <a href='https://exemple.fr'>lien</a>"
    await marie.writes(text)
    shown = await marie.reply()
    if say("bouton_aucune") in shown.buttons:
        await marie.presses(say("bouton_aucune"))
        await marie.reply()
    await assistant.staff.writes("/file")
    queue = await assistant.staff.reply()
    assert "<b>gras</b>" in queue.text
    assert not any(entity["type"] == "text_link" for entity in queue.entities)


async def test_a_command_in_the_middle_of_a_question_is_a_question(assistant: Assistant) -> None:
    await assistant.marie.writes(f"{answer()} /start")
    assert (await assistant.marie.reply()).text.startswith("Demander le RSA")


async def test_a_command_for_another_bot_is_not_answered_as_ours(assistant: Assistant) -> None:
    await assistant.marie.writes("/start@un_autre_bot")
    assert (await assistant.marie.reply()).text == say("commande_inconnue")
