""" "Ce n'est pas ça": why, in one tap, without standing in the way of the right answer."""

from __future__ import annotations

import pytest

from bot.sandbox import Bubble, Person
from bot.services.feedback import ALERTS_PER_PERSON
from handlers.button_fields import digest
from handlers.feedback_data import WhyPressed, decode, encode
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, danger_and_answer, say
from tests.support.notices import nobody_waits, publish, waits

REASONS = {
    "not_mine": say("bouton_pourquoi_autre"),
    "unclear": say("bouton_pourquoi_flou"),
    "false": say("bouton_pourquoi_faux"),
    "missing": say("bouton_pourquoi_manque"),
}
FALSE_RSA = say("equipe_info_fausse", titre="Demander le RSA", sujet="rsa")


async def refused(assistant: Assistant, person: Person) -> Bubble:
    """The answer "rsa" once it was refused, with the reasons under it."""
    await person.writes(answer())
    shown = await person.reply()
    await person.presses(say("bouton_pas_ca"), message=shown)
    others = await person.reply()
    assert others.text.startswith(say("choix_suite"))  # what may be right comes first
    assert say("pas_ca_pourquoi") in others.text
    await person.sees(REASONS["missing"])
    return next(bubble for bubble in person.bubbles if bubble.id == shown.id)


def alerts(assistant: Assistant) -> list[str]:
    """What staff were told."""
    return [bubble.text for bubble in assistant.staff.bubbles if bubble.from_bot]


async def test_the_reasons_stand_where_the_question_stood(assistant: Assistant) -> None:
    shown = await refused(assistant, assistant.marie)
    assert say("bouton_aide") not in shown.buttons
    assert say("bouton_pas_ca") not in shown.buttons
    assert [label for label in shown.buttons if label in REASONS.values()] == list(REASONS.values())
    assert "Aide alimentaire" in shown.buttons  # the others stay
    assert all(len(label) <= 24 for label in REASONS.values())
    assert assistant.needs == []


@pytest.mark.parametrize("why", ["unclear", "missing"])
async def test_an_answer_at_fault_makes_a_need_that_is_shown(assistant: Assistant, why: str) -> None:
    marie = assistant.marie
    shown = await refused(assistant, marie)
    press = await marie.presses(REASONS[why], message=shown)
    assert await marie.gets_alert() == say("pourquoi_note")
    remark = await marie.reply()
    assert remark.text.startswith(say("pourquoi_garde"))
    assert f"{say('garde_texte')}\n{answer()}" in remark.text
    assert remark.buttons == [say("bouton_prevenir"), say("bouton_effacer")]
    await assistant.settled(press)
    [row] = assistant.rows("SELECT * FROM needs")
    assert (row["text"], row["reason"], row["topic"], row["why"]) == (answer(), "refused", "rsa", why)
    assert assistant.counted(f"why_{why}") == 1
    assert alerts(assistant) == []


async def test_another_question_is_only_counted(assistant: Assistant) -> None:
    """The person is being offered other answers: nothing is missing yet."""
    marie = assistant.marie
    shown = await refused(assistant, marie)
    press = await marie.presses(REASONS["not_mine"], message=shown)
    await assistant.settled(press)
    assert assistant.needs == []
    assert assistant.counted("why_not_mine") == 1
    await marie.no_longer_sees(f"[{REASONS['not_mine']}]")


async def test_the_reason_goes_to_the_need_that_the_refusal_made(assistant: Assistant) -> None:
    marie = assistant.marie
    await refused(assistant, marie)
    others = marie.last
    await marie.presses(others.buttons[0], message=others)
    second = await marie.reply()
    await marie.presses(say("bouton_pas_ca"), message=second)
    last = await marie.reply()
    assert say("pas_ca_suite") in last.text
    assert say("pas_ca_pourquoi") in last.text
    await assistant.sandbox.wait_until_quiet()
    second = next(bubble for bubble in marie.bubbles if bubble.id == second.id)
    press = await marie.presses(REASONS["not_mine"], message=second)
    await assistant.settled(press)
    [row] = assistant.rows("SELECT * FROM needs")
    assert (row["text"], row["why"]) == (answer(), "not_mine")

    again = await marie.presses(REASONS["false"], message=second)  # a second thumb
    assert await marie.gets_alert() == say("deja_compte")
    await assistant.settled(again)
    assert [row["why"] for row in assistant.rows("SELECT why FROM needs")] == ["not_mine"]


async def test_false_information_is_told_to_staff_at_once(assistant: Assistant) -> None:
    marie = assistant.marie
    shown = await refused(assistant, marie)
    await marie.presses(REASONS["false"], message=shown)
    told = await assistant.staff.reply()
    assert told.text == FALSE_RSA
    assert answer() not in told.text
    assert await marie.gets_alert() == say("pourquoi_equipe")
    assert [row["why"] for row in assistant.rows("SELECT why FROM needs")] == ["false"]


async def test_nobody_floods_staff(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    shown = await refused(assistant, marie)
    known = ["rsa", *sorted(path.stem for path in assistant.settings.knowledge.glob("sujets/*/*.yaml"))]
    for number, topic in enumerate([*known[:1], *known[: ALERTS_PER_PERSON + 3]]):
        bubble = shown if not number else await refused_again(assistant, marie)
        press = forged(marie, bubble, encode(WhyPressed("false", topic)))
        await assistant.settled(press)
    await assistant.sandbox.wait_until_quiet()
    assert len(alerts(assistant)) == ALERTS_PER_PERSON
    assert alerts(assistant).count(FALSE_RSA) == 1

    shown = await refused(assistant, karim)
    await assistant.settled(await karim.presses(REASONS["false"], message=shown))
    assert alerts(assistant).count(FALSE_RSA) == 1  # staff know of it
    assistant.clock.advance(days=1)
    shown = await refused_again(assistant, karim)
    await assistant.settled(await karim.presses(REASONS["false"], message=shown))
    assert alerts(assistant).count(FALSE_RSA) == 2


async def refused_again(assistant: Assistant, person: Person) -> Bubble:
    """The same, a minute later: nobody writes that fast."""
    assistant.clock.advance(minutes=1)
    assistant.sandbox.world.rooms.clock = lambda: assistant.clock().timestamp()
    return await refused(assistant, person)


async def test_nothing_is_stored_beside_a_danger(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(danger_and_answer())
    other = (await marie.replies(2))[1]
    press = forged(marie, other, encode(WhyPressed("missing", "rsa")))
    await assistant.settled(press)
    assert assistant.rows("SELECT * FROM needs") == []


@pytest.mark.parametrize(
    "data",
    ["pq:", f"pq:{digest('rsa')}:f", f"pq:{digest('rsa')}:x:", "pq:0000000000:f:", "pq::f:", f"pq:{digest('rsa')}:f:A"],
)
async def test_forged_reasons_change_nothing(assistant: Assistant, data: str) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    press = forged(marie, await marie.reply(), data)
    assert await marie.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
    assert assistant.needs == []


async def test_a_guessed_token_explains_no_need(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    shown = await refused(assistant, marie)
    await assistant.settled(await marie.presses(REASONS["missing"], message=shown))
    await karim.writes(answer())
    press = forged(karim, await karim.reply(), encode(WhyPressed("unclear", "rsa", "A" * 22)))
    await assistant.settled(press)
    assert [row["why"] for row in assistant.rows("SELECT why FROM needs")] == ["missing"]


def test_button_data_is_read_back_and_fits() -> None:
    for why in REASONS:
        for eraser in ("", "A" * 22):
            pressed = WhyPressed(why, "rsa", eraser)  # type: ignore[arg-type]
            assert decode(encode(pressed), ["caf", "rsa"]) == pressed
            assert len(encode(pressed)) <= 64
    assert decode("pq:é:f:", ["rsa"]) is None
    assert decode(None, ["rsa"]) is None


async def test_a_reason_that_cannot_be_noted_is_said(impatient_database: None, assistant: Assistant) -> None:
    marie = assistant.marie
    await refused(assistant, marie)
    others = marie.last
    await marie.presses(others.buttons[0], message=others)
    second = await marie.reply()
    await marie.presses(say("bouton_pas_ca"), message=second)
    await marie.reply()
    await assistant.sandbox.wait_until_quiet()
    second = next(bubble for bubble in marie.bubbles if bubble.id == second.id)
    with assistant.locked():
        await marie.presses(REASONS["missing"], message=second)
        assert (await marie.replies(1, within=15))[0].text == say("erreur")
    await assistant.settled(await marie.presses(REASONS["missing"], message=second))
    assert [row["why"] for row in assistant.rows("SELECT why FROM needs")] == ["missing"]


async def test_a_notice_that_is_wrong_is_refused_with_its_question(assistant: Assistant) -> None:
    """Nothing was replied to: the question is the one that the notice quotes."""
    marie = assistant.marie
    await waits(marie)
    [question] = assistant.needs
    await publish(assistant, topic="rsa")
    told = await marie.reply()
    await nobody_waits(assistant)
    await marie.presses(say("bouton_pas_ca"), message=told)
    await marie.reply()
    await marie.sees(REASONS["missing"])
    await marie.presses(REASONS["missing"], message=next(bubble for bubble in marie.bubbles if bubble.id == told.id))
    await marie.sees(say("pourquoi_garde"))
    assert assistant.rows("SELECT text FROM needs WHERE why = 'missing'")[0]["text"] == question
