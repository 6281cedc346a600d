"""The ten most common conversations at the kiosk, in a real browser: by mouse, by keyboard alone, at 320 pixels."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox.kiosk import Kiosk
from tests.support.browser import answers, fits, page_of, tab_to

# What people come for most, in words of our own, and a word that the reply must show.
CONVERSATIONS = (
    ("Ma carte d'identité est périmée, comment la refaire ?", "identité"),
    ("Comment demander le RSA ?", "RSA"),
    ("Comment avoir une aide pour mon loyer ?", "logement"),
    ("J'ai perdu mon mot de passe Caf", "mot de passe"),
    ("Comment inscrire mon enfant à l'école ?", "école"),
    ("Où trouver un médecin à Périgueux ?", "médecin"),
    ("J'ai perdu ma carte Vitale", "Vitale"),
    ("Comment refaire ma carte grise ?", "véhicule"),
    ("mon mari me tape dessus", "17"),
    ("où acheter un parapluie violet", "Gardé jusqu"),
)


async def by_mouse(page: Page, question: str) -> None:
    await page.locator("#field").click()
    await page.locator("#field").fill(question)
    await page.get_by_role("button", name="Envoyer").click()


async def by_keyboard(page: Page, question: str) -> None:
    await tab_to(page, "#field")
    await page.keyboard.type(question)
    await page.keyboard.press("Enter")


async def reply(page: Page, words: str) -> None:
    await expect(answers(page).filter(has_text=words).first).to_be_visible()
    await expect(page.locator("#typing")).to_be_hidden()


async def is_as_before_anybody_came(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Posez votre question")).to_be_visible()
    await expect(page.locator(".message")).to_have_count(0)
    await expect(page.locator("#field")).to_have_value("")
    await expect(page.locator("#field")).to_be_enabled()


@pytest.mark.parametrize("width", [1100, 320])
async def test_ten_conversations_by_mouse(browser: Browser, kiosk: Kiosk, width: int) -> None:
    async with page_of(browser, kiosk.page_url, width=width) as (page, _):
        for question, words in CONVERSATIONS:
            await by_mouse(page, question)
            await reply(page, words)
            assert await fits(page), question
            before = await page.locator("#messages").inner_text()
            await answers(page).last.locator(".keys button").last.click()
            # Whatever the button does, something comes of it: a message, another state of one, a note, a question.
            await page.wait_for_function(
                "(before) => document.querySelector('#messages').innerText !== before"
                " || document.querySelector('#toast').textContent || document.querySelector('#alert').open",
                arg=before,
            )
            assert await fits(page), question
            if await page.locator("#alert").is_visible():
                await page.get_by_role("button", name="D’accord").click()
            await page.get_by_role("button", name="Terminer et effacer").click()
            await page.get_by_role("button", name="Oui, tout effacer").click()
            await is_as_before_anybody_came(page)
    assert len(kiosk.stays) == 0


async def test_ten_conversations_by_keyboard_alone(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        for question, words in CONVERSATIONS:
            await by_keyboard(page, question)
            await reply(page, words)
            await tab_to(page, ".message.theirs:last-child .tool")
            await page.evaluate("window.printings = 0")
            await page.keyboard.press("Enter")
            await page.wait_for_function("window.printings === 1")
            await tab_to(page, "#end")
            await page.keyboard.press("Enter")
            await tab_to(page, "#ending-yes")
            await page.keyboard.press("Enter")
            await is_as_before_anybody_came(page)


async def test_from_the_themes_to_an_answer(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await page.get_by_role("button", name="Voir les thèmes").click()
        await page.get_by_role("button", name="Aides et Caf").last.click()
        await page.locator(".key", has_text="RSA").first.click()
        await reply(page, "revenu de solidarité active")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400), (320, 256)])
async def test_nothing_is_lost_when_narrow_or_enlarged(browser: Browser, kiosk: Kiosk, width: int, height: int) -> None:
    """1280 by 800 at 200 % leaves 640 by 400 pixels, 1280 by 1024 at 400 % leaves 320 by 256."""
    async with page_of(browser, kiosk.page_url, width, height) as (page, _):
        await by_keyboard(page, "Comment demander le RSA ?")
        await reply(page, "RSA")
        for switch in (None, "Grands caractères", "Contraste fort"):
            if switch:
                await page.get_by_role("button", name=switch).click()
                await expect(page.get_by_role("button", name=switch)).to_have_attribute("aria-pressed", "true")
            assert await fits(page), switch
            for control in ("Envoyer", "Terminer et effacer"):
                await page.get_by_role("button", name=control).click(trial=True)
            await page.locator("#field").click(trial=True)
            field = await page.locator("#field").bounding_box()
            assert field is not None
            assert field["width"] > 110, switch
            await answers(page).last.get_by_role("button", name="Imprimer", exact=True).click(trial=True)


async def test_one_answer_goes_on_paper(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        for question, words in CONVERSATIONS[1:3]:
            await by_mouse(page, question)
            await reply(page, words)
        await answers(page).first.get_by_role("button", name="Imprimer", exact=True).click()
        assert await page.evaluate("window.printings") == 1
        await page.emulate_media(media="print")
        await expect(page.locator(".message:visible")).to_have_count(1)
        await expect(page.locator(".message:visible")).to_contain_text("RSA")
        for hidden in ("#end", "#field", ".keys", ".meta"):
            await expect(page.locator(hidden).first).to_be_hidden()


async def test_the_card_can_be_printed(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await by_mouse(page, "Comment demander le RSA ?")
        await page.get_by_role("button", name="Fiche à emporter").click()
        await expect(page.get_by_role("button", name="Imprimer la fiche")).to_be_in_viewport()
        async with page.expect_response(lambda response: "/kiosk/file" in response.url) as file:
            await page.get_by_role("button", name="Imprimer la fiche").click()
        assert (await (await file.value).body()).startswith(b"%PDF")
        await expect(page.locator("iframe[src^='blob:']")).to_have_count(1)


async def test_it_is_light_for_a_slow_tablet_and_waits_in_one_request(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await by_mouse(page, "Comment demander le RSA ?")
        await reply(page, "RSA")
        sizes = await page.evaluate(
            "performance.getEntriesByType('resource').filter((r) => /\\.(js|css|svg)$/.test(r.name))"
            ".map((r) => r.decodedBodySize)"
        )
        assert 0 < sum(sizes) < 80_000
        asked = [url for url in watched.requests if "/kiosk/news" in url]
        assert 0 < len(asked) <= 12  # one for each thing that happened at most, and the one that waits
