"""What a screen reader is given: axe's rules hold everywhere, and Chromium's own tree tells the talk in order."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.sandbox import Sandbox
from bot.sandbox.kiosk import Kiosk
from tests.browser.test_conversations import by_mouse, reply
from tests.support.browser import fits, page_of


async def violations(page: Page) -> list[str]:
    """What axe finds wrong: all its rules, AA contrast and best practice included."""
    found = await Axe().run(page)
    return [
        f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']]}" for one in found.response["violations"]
    ]


@pytest.mark.parametrize("width", [1100, 320])
async def test_axe_finds_nothing_at_the_kiosk(browser: Browser, kiosk: Kiosk, width: int) -> None:
    async with page_of(browser, kiosk.page_url, width) as (page, _):
        assert await violations(page) == []
        for question, words in (
            ("Comment demander le RSA ?", "RSA"), ("où acheter un parapluie violet", "Gardé jusqu"),
            ("mon mari me tape dessus", "17"), ("i need help please, where can i find food", "112"),
            ("أحتاج إلى مساعدة من فضلك", "112"), ("/lieux", ""),
        ):  # fmt: skip
            await by_mouse(page, question)
            await reply(page, words)
        assert await violations(page) == []
        await page.get_by_role("button", name="Grands caractères").click()
        await page.get_by_role("button", name="Contraste fort").click()
        assert await violations(page) == []
        await page.get_by_role("button", name="Terminer et effacer").click()
        assert await violations(page) == []


async def test_axe_finds_nothing_on_the_trial_page(browser: Browser) -> None:
    async with Sandbox() as sandbox, page_of(browser, sandbox.page_url) as (page, _):
        marie = sandbox.person("Marie")
        await expect(page.get_by_role("button", name="Démarrer")).to_be_visible()
        assert await violations(page) == []
        await marie.starts()
        await marie.sends_location(45.18, 0.72)
        await marie.sends_contact("+33553000000")
        await marie.sends_document("courrier.pdf", b"%PDF-1.4")
        await expect(page.locator(".message")).to_have_count(4)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            assert await violations(page) == [], scheme
        await page.get_by_role("button", name="Contraste fort").click()
        assert await violations(page) == []


async def tree(page: Page) -> list[dict[str, Any]]:
    """Chromium's accessibility tree in reading order, without what it hides."""
    session = await page.context.new_cdp_session(page)
    nodes = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    ordered: list[dict[str, Any]] = []

    def walk(number: str) -> None:
        node = by_id[number]
        if not node["ignored"]:
            ordered.append(node)
        for child in node.get("childIds", ()):
            if child in by_id:
                walk(child)

    walk(nodes[0]["nodeId"])
    return ordered


def role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


async def test_the_tree_gives_the_conversation_in_order(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await by_mouse(page, "Comment demander le RSA ?")
        await reply(page, "RSA")
        await by_mouse(page, "Comment avoir une aide pour mon loyer ?")
        await reply(page, "logement")
        nodes = await tree(page)
        [log] = [node for node in nodes if role(node) == "log"]
        live = {one["name"]: one["value"].get("value") for one in log["properties"]}
        assert (name(log), live["live"]) == ("Conversation", "polite")
        heard = " ".join(name(node) for node in nodes if role(node) == "StaticText")
        order = [
            "Vous :", "Comment demander le RSA ?", "Accès droits :", "Demander le RSA", "Que faire",
            "Vous :", "Comment avoir une aide pour mon loyer ?", "Accès droits :", "logement",
        ]  # fmt: skip
        place = 0
        for words in order:
            place = heard.find(words, place)
            assert place >= 0, (words, heard)
            place += len(words)
        unnamed = [node for node in nodes if role(node) in {"button", "textbox", "link"} and not name(node)]
        assert unnamed == []
        assert "Votre question" in [name(node) for node in nodes if role(node) == "textbox"]


async def test_new_messages_are_added_within_the_live_region_and_nothing_else_is_said(
    browser: Browser, kiosk: Kiosk
) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await page.evaluate(
            "() => { window.heard = []; new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach("
            "(node) => node.closest?.('[aria-live=polite]') && window.heard.push(node.className))))"
            ".observe(document.querySelector('#log'), { childList: true, subtree: true }); }"
        )
        await by_mouse(page, "Comment demander le RSA ?")
        await reply(page, "RSA")
        assert await page.evaluate("window.heard") == ["message mine", "message theirs"]


@pytest.mark.parametrize("width", [1100, 320])
async def test_the_trial_page_is_readable_when_narrow(browser: Browser, width: int) -> None:
    async with Sandbox() as sandbox, page_of(browser, sandbox.page_url, width) as (page, _):
        await sandbox.person("Marie").writes("bonjour")
        message = page.locator(".message.mine")
        await expect(message).to_contain_text("bonjour")
        assert "false" not in await message.inner_text()
        assert await fits(page)
        for words in ("#bot-name", "#status"):
            place = await page.locator(words).bounding_box()
            assert place is not None
            assert place["width"] > 120, words
        for width_of in ("#large-text", "#high-contrast", "#block"):
            lines = await page.locator(width_of).evaluate("(e) => e.getBoundingClientRect().height")
            assert lines < 70, width_of


async def test_french_after_arabic_is_french_again(browser: Browser, kiosk: Kiosk) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await by_mouse(page, "أحتاج إلى مساعدة من فضلك لأطفالي")
        await reply(page, "Gardé jusqu")
        french = page.locator(".theirs .words > div").filter(has_text="Gardé jusqu").last
        await expect(french).not_to_have_attribute("lang", "ar")
        assert await french.evaluate("(element) => getComputedStyle(element).direction") == "ltr"


@pytest.mark.parametrize(
    ("question", "language", "direction"),
    [
        ("i need help please, where can i find food for my children", "en", "ltr"),
        ("أحتاج إلى مساعدة من فضلك لأطفالي", "ar", "rtl"),
        ("мені потрібна допомога, де знайти їжу для дітей", "uk", "ltr"),
        ("necesito ayuda por favor, donde puedo encontrar comida para mis hijos", "es", "ltr"),
    ],
)
async def test_another_language_is_marked_and_french_is_not(
    browser: Browser, kiosk: Kiosk, question: str, language: str, direction: str
) -> None:
    async with page_of(browser, kiosk.page_url) as (page, _):
        await expect(page.locator("html")).to_have_attribute("lang", "fr")
        await by_mouse(page, question)
        await reply(page, "112")
        said = page.locator(f".theirs [lang='{language}']").first
        await expect(said).to_be_visible()
        assert await said.evaluate("(element) => getComputedStyle(element).direction") == direction
        await by_mouse(page, "Comment demander le RSA ?")
        await reply(page, "RSA")
        await expect(page.locator(".theirs").last.locator("[lang]")).to_have_count(0)
