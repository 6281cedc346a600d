"""A kiosk and the browsers before it, without a screen: what its addresses answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from bot.sandbox import Sandbox
from bot.sandbox.kiosk import Kiosk


@dataclass
class Tablet:
    """One browser at the kiosk, with the key of its conversation."""

    web: httpx.AsyncClient
    key: str = ""
    me: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Stay": self.key}

    async def begins(self) -> None:
        begun = (await self.web.post("/kiosk/begin", json={})).json()
        self.key, self.me = begun["key"], begun["me"]

    async def does(self, action: str, **body: object) -> httpx.Response:
        return await self.web.post(f"/kiosk/{action}", json=body, headers=self.headers)

    async def reads(self, address: str, **query: Any) -> httpx.Response:
        return await self.web.get(f"/kiosk/{address}", params=query, headers=self.headers)

    async def screen(self) -> str:
        """The texts of the conversation, one a line."""
        messages = (await self.reads("screen")).json()["messages"]
        return "\n".join(message.get("text", "") for message in messages)


@asynccontextmanager
async def kiosk_in_front_of(sandbox: Sandbox, **options: float) -> AsyncIterator[Kiosk]:
    """A kiosk on a port of its own."""
    async with Kiosk(sandbox.world, sandbox.cast, "127.0.0.1", **options) as kiosk:  # type: ignore[arg-type]
        yield kiosk


@asynccontextmanager
async def tablet_at(kiosk: Kiosk, **headers: str) -> AsyncIterator[Tablet]:
    """A browser that has begun a conversation."""
    async with httpx.AsyncClient(base_url=kiosk.page_url, headers=headers, trust_env=False, timeout=10) as web:
        tablet = Tablet(web)
        await tablet.begins()
        yield tablet
