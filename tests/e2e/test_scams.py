"""A suspicious link sent to the bot: what it imitates, what to do, and nothing kept."""

from __future__ import annotations

import pytest

from tests.support.assistant import Assistant, answer, say

FALSE = "Votre carte vitale expire : https://ameli-carte-vitale.info/maj?id=8812 M. Zébulon"


async def asks(assistant: Assistant, text: str) -> str:
    assistant.clock.advance(minutes=1)
    assistant.sandbox.world.rooms.clock = lambda: assistant.clock().timestamp()
    await assistant.settled(await assistant.marie.writes(text))
    return assistant.marie.last.text


async def test_an_imitation_is_named_and_nothing_is_kept(assistant: Assistant) -> None:
    text = await asks(assistant, FALSE)
    assert say("arnaque_imitation", nom="l'Assurance maladie", site="ameli.fr") in text
    for words in ("33700", "17cyber.gouv.fr", "0 892 705 705"):
        assert words in text
    shown = assistant.marie.last
    assert "ameli-carte-vitale.info" in text
    assert {entity["type"] for entity in shown.entities if entity["type"] != "bold"} <= {"code", "url"}
    assert assistant.needs == []
    assert assistant.counted("scam") == 1
    stored = assistant.file_bytes()
    for secret in ("ameli-carte-vitale", "8812", "Zébulon"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://bit.ly/colis", "arnaque_short"),
        ("http://192.168.4.12/caf", "arnaque_number"),
        ("https://ameli.fr@evil.top/x", "arnaque_hidden_nom"),
        ("https://def@evil.top/x", "arnaque_hidden"),
        ("https://jardin-facile.net c'est une arnaque ?", "arnaque_unknown"),
    ],
)
async def test_every_other_trick(assistant: Assistant, text: str, key: str) -> None:
    assert say(key, nom="l'Assurance maladie", site="ameli.fr") in await asks(assistant, text)


async def test_an_official_address_is_never_called_safe(assistant: Assistant) -> None:
    text = await asks(assistant, "https://www.caf.fr c'est une arnaque ?")
    assert say("arnaque_official", nom="la Caf", site="caf.fr") in text
    assert say("arnaque_officiel_suite") in text
    assert "sûr" not in text
    assert "sans danger" not in text


async def test_a_question_with_an_official_address_is_a_question(assistant: Assistant) -> None:
    assert (await asks(assistant, f"{answer()} j'ai regardé sur caf.fr")).startswith("Demander le RSA")


async def test_danger_goes_first(assistant: Assistant) -> None:
    text = await asks(assistant, "mon mari me frappe https://ameli-carte-vitale.info")
    assert "17" in text
    assert say("arnaque_lien") not in text


async def test_a_session_keeps_nothing_of_it(assistant: Assistant) -> None:
    person = assistant.sandbox.mediators[0]
    await assistant.settled(await person.writes("/seance individuelle"))
    await assistant.settled(await person.writes(FALSE))
    assert assistant.rows("SELECT * FROM session_notes") == []
