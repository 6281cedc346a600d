"""Telegram's limits, without one chat's limit becoming everybody's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.services.meters import Meters

_LONGEST_SECONDS = 30.0  # a longer pause is left to whoever called: the update is then tried again later
_MARGIN_SECONDS = 0.1


class FairLimiter(AIORateLimiter):
    """AIORateLimiter keeps every request back after a 429; here only the one that was refused waits."""

    def __init__(self, retries: int, per_second: float, meters: Meters | None = None) -> None:
        """`per_second`: messages of the whole bot; 0 for as many as can be sent."""
        super().__init__(overall_max_rate=per_second, max_retries=0)
        self._retries = retries
        self._meters = meters

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """The answer of a request that Telegram may refuse a few times for coming too fast."""

        async def patiently(*args: Any, **kwargs: Any) -> Any:
            for _ in range(self._retries):
                try:
                    return await self._counted(callback(*args, **kwargs))
                except RetryAfter as error:
                    pause = _seconds(error.retry_after)
                    if pause > _LONGEST_SECONDS:
                        raise
                    await asyncio.sleep(pause + _MARGIN_SECONDS)
            return await self._counted(callback(*args, **kwargs))

        return await super().process_request(patiently, args, kwargs, endpoint, data, rate_limit_args)

    async def _counted(self, call: Awaitable[Any]) -> Any:
        """Count what Telegram refuses, and that it answers."""
        try:
            found = await call
        except TelegramError as error:
            if self._meters is not None:
                self._meters.telegram_errors[type(error).__name__] += 1
            raise
        if self._meters is not None:
            self._meters.telegram_heard()
        return found


def _seconds(pause: float | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
