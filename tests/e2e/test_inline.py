"""`@bot words` in any chat: cards to share, nothing kept of what is typed, danger first."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from bot.domain.inline_cards import MOST_CARDS
from bot.services.clock import paris_day
from handlers.render.html import to_plain
from handlers.render.inline import topic_cards
from tests.support.assistant import Assistant, answer, danger_and_answer, say, small_understanding, unknown
from tests.support.sandbox_bot import web_client

BOT = "https://t.me/acces_droits_bot?start="


@pytest.mark.parametrize("words", ["rsa", "demender le rssa", "demand rs", "RSA", answer()])
async def test_a_topic_is_found_in_any_spelling_and_shared(assistant: Assistant, words: str) -> None:
    marie = assistant.marie
    search = await marie.searches(words)
    assert search.results[0]["id"] == "rsa"
    assert len(search.results) <= MOST_CARDS
    await marie.chooses(search, "rsa")
    topic = small_understanding().knowledge.topics["rsa"]
    knowledge, today = small_understanding().knowledge, paris_day(assistant.clock)
    [card] = topic_cards(knowledge, [topic], today, lambda payload: BOT + payload)
    assert to_plain(card.text) in marie.screen
    assert BOT + "rsa" in marie.screen
    assert search.results[0]["description"] == topic.brief
    assert search.results[0]["reply_markup"]["inline_keyboard"][0][0]["url"] == BOT + "rsa"


async def test_a_chosen_card_is_counted_and_a_search_is_not(assistant: Assistant) -> None:
    marie = assistant.marie
    for words in ("r", "rs", "rsa", unknown()):
        search = await marie.searches(words)
    search = await marie.searches("rsa")
    assert assistant.rows("SELECT * FROM counts") == []
    await marie.chooses(search, "rsa")
    await assistant.sandbox.wait_until_taken()
    after = await marie.writes("merci")
    await assistant.settled(after)
    rows = assistant.rows("SELECT what, topic, n FROM counts WHERE what LIKE 'inline%'")
    assert [tuple(row) for row in rows] == [("inline", "rsa", 1)]
    assert assistant.needs == []
    assert str(marie.user["id"]).encode() not in assistant.file_bytes()
    assert unknown().encode() not in assistant.file_bytes()


async def test_a_card_in_the_bots_own_chat_is_no_question(assistant: Assistant) -> None:
    marie = assistant.marie
    search = await marie.searches("rsa")
    before = len(marie.bubbles)
    await marie.chooses(search, "rsa")
    await marie.writes("merci")
    await marie.reply()
    assert len(marie.bubbles) - before == 3  # the card, "merci", and the answer to that alone


async def test_without_words_the_most_asked_themes(assistant: Assistant) -> None:
    marie = assistant.marie
    assert (await marie.searches("")).titles == [theme.title for theme in small_understanding().knowledge.themes]
    await marie.writes("mot de passe perdu")
    await marie.reply()
    await assistant.sandbox.wait_until_taken()
    assert assistant.counted("answer") == 1
    search = await marie.searches("  ")
    assert search.results[0]["id"] == "theme:numerique"
    await marie.chooses(search, "theme:numerique")
    assert BOT + "theme-numerique" in marie.screen
    assistant.clock.advance(minutes=1)
    await marie.starts("theme-numerique")
    assert say("theme_titre") in (await marie.reply()).text
    assistant.clock.now += timedelta(days=100)  # what was asked long ago counts no more
    assert (await marie.searches("")).results[0]["id"] != "theme:numerique"


@pytest.mark.parametrize("words", ["mon mari me frappe", "my husband hits me"])
async def test_danger_brings_the_numbers_first(assistant: Assistant, words: str) -> None:
    marie = assistant.marie
    search = await marie.searches(words)
    assert search.results[0]["id"].startswith("danger:")
    assert search.titles[0] == say("inline_danger")
    assert "17" in search.results[0]["description"]
    await marie.chooses(search, say("inline_danger"))
    assert "17" in marie.screen
    assert say("bouton_danger_oui") not in marie.screen  # whoever reads a card answers nobody
    await assistant.settled(await marie.writes("merci"))
    assert assistant.counted("inline_danger") == 1
    assert assistant.counted("danger") == 0
    assert words.encode() not in assistant.file_bytes()


async def test_danger_and_a_need(assistant: Assistant) -> None:
    search = await assistant.marie.searches(danger_and_answer())
    assert search.results[0]["id"].startswith("danger:")
    assert "rsa" in [result["id"] for result in search.results]


async def test_what_nothing_answers_leads_to_the_bot_and_is_not_kept(assistant: Assistant) -> None:
    marie = assistant.marie
    search = await marie.searches("zygomatique ornithorynque")
    assert search.results == []
    assert search.button == {"text": say("bouton_poser_question"), "start_parameter": "question"}
    await marie.starts("question")
    assert (await marie.reply()).text == say("question_ici")
    assert assistant.needs == []


@pytest.mark.parametrize(
    "words", ["?", "😀" * 60, "x" * 256, "e\u0301" * 128, "\u202eASR", "<b>&", "'; DROP TABLE needs"]
)
async def test_odd_searches_are_answered(assistant: Assistant, words: str) -> None:
    search = await assistant.marie.searches(words)
    assert len(search.results) <= MOST_CARDS
    assert search.button is not None


async def test_a_locked_database_costs_no_card(assistant: Assistant) -> None:
    with assistant.locked():
        assert (await assistant.marie.searches("rsa")).results[0]["id"] == "rsa"


async def test_a_forged_choice_counts_nothing(assistant: Assistant) -> None:
    marie = assistant.marie
    content = {"result_id": "../nimporte", "query": "x", "from": marie.user}
    await assistant.settled(assistant.sandbox.world.updates.add("chosen_inline_result", content))
    assert assistant.rows("SELECT * FROM counts") == []


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ('{"text":""}', 'Field "text" must be of type String'),
        ('{"text":"x"}', "exactly one action"),
        ('{"text":"x","start_parameter":"a","web_app":{"url":"https://a.fr"}}', "exactly one action"),
        ('{"text":"x","start_parameter":"é"}', "START_PARAM_INVALID"),
        ('{"text":"x","start_parameter":""}', "START_PARAM_INVALID"),
        ('{"text":"x","start_parameter":"' + "a" * 65 + '"}', "START_PARAM_INVALID"),
    ],
)
async def test_telegram_refuses_a_wrong_button(assistant: Assistant, button: str, reason: str) -> None:
    await assistant.stop()
    query = assistant.sandbox.world.searches.ask(assistant.marie.user["id"], 1)
    parameters = {"inline_query_id": query.id, "results": "[]", "button": button}
    async with web_client(assistant.sandbox) as web:
        answered: httpx.Response = await web.post(f"/bot{assistant.sandbox.token}/answerInlineQuery", data=parameters)
    assert answered.status_code == 400
    assert reason in answered.json()["description"]
