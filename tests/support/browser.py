"""Debian's chromium before a page of ours, watched: nothing asked elsewhere, nothing wrong on the console."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PATIENCE = 20_000.0  # milliseconds, on a machine that does other things
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--disable-dev-shm-usage", "--no-first-run",
)  # fmt: skip


@dataclass
class Watched:
    """What a page asked for and complained of."""

    address: str
    requests: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._note(request.url, request.headers.get("x-stay", "")))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str, key: str) -> None:
        self.requests.append(url)
        if key and key not in self.keys:
            self.keys.append(key)

    @property
    def asked_elsewhere(self) -> list[str]:
        """Requests that left for another machine; the browser's own pages, such as its reader of PDF, are here."""
        return [url for url in self.requests if url.startswith(("http", "ws")) and not url.startswith(self.address)]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, in a process of its own for each test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_of(
    browser: Browser, address: str, width: int = 1100, height: int = 800
) -> AsyncIterator[tuple[Page, Watched]]:
    """A page at an address; at the end it must have asked nothing elsewhere and complained of nothing."""
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    # Paper: the dialog of the system cannot be driven; that it was asked for can be seen.
    await context.add_init_script("window.print = () => { window.printings = (window.printings ?? 0) + 1; };")
    watched = Watched(address)
    page = await context.new_page()
    watched.watch(page)
    await page.goto(address)
    await expect(page.locator("#field")).to_be_enabled()
    yield page, watched
    await context.close()
    assert watched.asked_elsewhere == [], watched.asked_elsewhere
    assert watched.complaints == [], watched.complaints


async def tab_to(page: Page, selector: str) -> None:
    """Tab, and nothing else, until something has the focus."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the Tab key")


async def everything_kept(page: Page) -> str:
    """What the browser keeps for a site: cookies, storage of every kind."""
    stores = await page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases(),"
        " window.caches ? await caches.keys() : [], history.state, document.cookie])"
    )
    return f"{await page.context.cookies()}{stores}"


_FITS = """() => document.documentElement.scrollWidth <= innerWidth
  && [...document.querySelectorAll('button, .bubble, textarea')]
    .filter((element) => element.getClientRects().length && !element.closest('.unseen, .people'))
    .map((element) => element.getBoundingClientRect())
    .every((place) => place.left >= -1 && place.right <= innerWidth + 1)"""


async def fits(page: Page) -> bool:
    """Whether nothing goes beyond the sides of the window."""
    return bool(await page.evaluate(_FITS))


def answers(page: Page) -> Locator:
    """The assistant's messages."""
    return page.locator(".message.theirs")
