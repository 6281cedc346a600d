"""Errors of the program, grouped by kind and place: staff hear of each once a day at most, with how often it came."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.clock import Clock
from bot.services.knowledge import NotLoadedError
from bot.services.meters import Meters

_OURS = ("bot", "handlers")
_ROOT = Path(__file__).resolve().parents[2]
_PASSED_THROUGH = ("bot/app/", "handlers/delivery.py")  # every call to Telegram goes through them
_AGAIN = timedelta(days=1)
_MOST_GROUPS = 20  # told in a day; whatever comes above them is one more group
_REST = ("autres", "plusieurs endroits")


@dataclass(slots=True)
class _Group:
    told: datetime
    more: int = 0


class ErrorReports:
    """Says what kind of error came and where in the program, never its words: they may quote a message."""

    def __init__(self, alerts: Alerts, meters: Meters, texts: Callable[[], Texts], clock: Clock) -> None:
        self._alerts = alerts
        self._meters = meters
        self._texts = texts
        self._clock = clock
        self._groups: dict[tuple[str, str], _Group] = {}

    async def report(self, error: BaseException) -> None:
        """Count an error, and tell staff unless they know of it."""
        kind = type(error).__name__
        self._meters.failures[kind] += 1
        try:
            texts = self._texts()
        except NotLoadedError:  # at start, before there are words: it stands in the log
            return
        now, key = self._clock(), (kind, place_of(error))
        self._forget(now)
        if key not in self._groups and len(self._groups) >= _MOST_GROUPS:
            key = _REST
        group = self._groups.get(key)
        if group is None:
            self._groups[key] = _Group(now)
            await self._alerts.send(texts.say("equipe_erreur", sorte=key[0], endroit=key[1]))
        elif now - group.told < _AGAIN:
            group.more += 1
        else:
            number, group.told, group.more = group.more + 1, now, 0
            text = texts.say("equipe_erreur_encore", sorte=key[0], endroit=key[1], nombre=number)
            await self._alerts.send(text)

    def _forget(self, now: datetime) -> None:
        """What did not come again is over."""
        for key in [key for key, group in self._groups.items() if now - group.told >= _AGAIN and not group.more]:
            del self._groups[key]


def place_of(error: BaseException) -> str:
    """Where in our own code it came from, as file and line; where it ended when nothing of ours is in it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [name for name in map(_ours, frames) if name]
    own = [name for name in ours if not name.startswith(_PASSED_THROUGH)] or ours
    if own:
        return own[-1]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"


def _ours(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    if not path.is_relative_to(_ROOT) or path.relative_to(_ROOT).parts[0] not in _OURS:
        return ""
    return f"{path.relative_to(_ROOT).as_posix()}:{frame.lineno}"
