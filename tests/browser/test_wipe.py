"""After somebody has left the kiosk, nothing of them can be reached: page, back button, storage, API."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox.kiosk import Kiosk
from tests.browser.test_conversations import by_mouse, is_as_before_anybody_came, reply
from tests.support.browser import Watched, everything_kept, page_of, tab_to

SECRET = "où acheter un parapluie violet pour Germaine"


async def talks(page: Page) -> None:
    await by_mouse(page, SECRET)
    await reply(page, "Gardé jusqu")


async def nothing_is_left(page: Page, kiosk: Kiosk, watched: Watched, wiped: str) -> None:
    """The page, its past, what the browser keeps, and the server."""
    assert len(kiosk.stays) == 0
    assert SECRET not in await page.content()
    assert await everything_kept(page) == '[][{},{},[],[],null,""]'
    for _ in range(2):
        await page.go_back()
        assert "parapluie" not in await page.content()
    for _ in range(2):
        await page.go_forward()
        assert "parapluie" not in await page.content()
    await page.goto(wiped)
    await is_as_before_anybody_came(page)
    assert watched.keys
    for key in watched.keys:
        for address in ("screen", "news?since=0", "file?id=TrialVoiceFile00000001"):
            gone = await page.request.get(f"{wiped}kiosk/{address}", headers={"X-Stay": key})
            assert gone.status == 410, address
            assert "parapluie" not in await gone.text()
        for action in ("send", "press", "stay"):
            gone = await page.request.post(f"{wiped}kiosk/{action}", data={"text": "x"}, headers={"X-Stay": key})
            assert gone.status == 410, action
    assert "X-Stay" not in wiped
    assert not any(key in url for key in watched.keys for url in watched.requests)


async def test_ended_by_the_person(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await talks(page)
        await page.get_by_role("button", name="Terminer et effacer").click()
        await page.get_by_role("button", name="Oui, tout effacer").click()
        await is_as_before_anybody_came(page)
        await nothing_is_left(page, kiosk, watched, kiosk.page_url)


async def test_three_minutes_of_silence_after_a_warning(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await page.clock.install()
        await page.goto(kiosk.page_url)
        await talks(page)
        warning = page.get_by_role("alertdialog", name="Êtes-vous encore là ?")
        await page.clock.run_for(118_000)
        await expect(warning).to_be_hidden()
        await page.clock.run_for(4_000)
        await expect(warning).to_be_visible()
        await expect(warning).to_contain_text("secondes")
        await page.clock.run_for(70_000)
        await is_as_before_anybody_came(page)
        await nothing_is_left(page, kiosk, watched, kiosk.page_url)


@pytest.mark.parametrize("key", ["Enter", "Escape"])
async def test_one_key_goes_on_as_often_as_needed(browser: Browser, kiosk: Kiosk, key: str) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await page.clock.install()
        await page.goto(kiosk.page_url)
        await talks(page)
        warning = page.get_by_role("alertdialog")
        for _ in range(11):
            await page.clock.run_for(125_000)
            await expect(warning).to_be_visible()
            await expect(page.get_by_role("button", name="Je suis là, continuer")).to_be_focused()
            async with page.expect_response("**/kiosk/stay") as told:
                await page.keyboard.press(key)
                await page.clock.run_for(1_000)
            assert (await told.value).ok
            await expect(warning).to_be_hidden()
            await expect(page.locator(".message.mine")).to_contain_text(SECRET)


async def test_the_warning_can_be_used_by_keyboard_to_erase(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await page.clock.install()
        await page.goto(kiosk.page_url)
        await talks(page)
        await page.clock.run_for(125_000)
        await tab_to(page, "#warning-end")
        await page.keyboard.press("Enter")
        await is_as_before_anybody_came(page)
        await nothing_is_left(page, kiosk, watched, kiosk.page_url)


@pytest.mark.parametrize("way", ["elsewhere", "reload"])
async def test_left_by_the_browser_itself(browser: Browser, kiosk: Kiosk, way: str) -> None:
    """Another page and back, which a browser may show from its memory; or the page loaded again."""
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await talks(page)
        if way == "reload":
            await page.reload()
        else:
            await page.goto("about:blank")
            await page.go_back()
        await is_as_before_anybody_came(page)
        await kiosk.stays.world.news.until(lambda: len(kiosk.stays) == 0, 10, lambda: "the stay was not ended")
        await nothing_is_left(page, kiosk, watched, kiosk.page_url)


async def test_ended_by_the_server_alone(browser: Browser, kiosk: Kiosk) -> None:
    """The server's own three minutes are over, whatever the page believes: it learns of it and shows nothing more."""
    async with page_of(browser, kiosk.page_url) as (page, watched):
        await talks(page)
        await kiosk.stays.end_all()
        await is_as_before_anybody_came(page)
        watched.complaints.clear()  # the browser notes the 410 that told it
        await nothing_is_left(page, kiosk, watched, kiosk.page_url)


async def test_the_next_person_sees_nothing_and_two_kiosks_do_not_meet(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (one, _), page_of(browser, kiosk.page_url) as (two, _):
        await talks(one)
        await by_mouse(two, "Comment demander le RSA ?")
        await reply(two, "RSA")
        assert "parapluie" not in await two.content()
        assert "RSA" not in await one.locator("#messages").inner_text()
