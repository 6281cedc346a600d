"""Tells staff when the database stops taking what it must keep, and when it works again."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.storage.errors import StorageError


class StorageHealth:
    """One trouble at a time: the database writes, or it does not."""

    def __init__(self, alerts: Alerts, texts: Callable[[], Texts]) -> None:
        self._alerts = alerts
        self._texts = texts

    async def failed(self, error: StorageError) -> None:
        await self._alerts.trouble("storage", self._texts().say("equipe_stockage", raison=error))

    async def worked(self) -> None:
        await self._alerts.over("storage", self._texts().say("equipe_stockage_repare"))
