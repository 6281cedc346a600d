"""Errors of the program are told once for each kind and place, however often they come."""

from __future__ import annotations

import pytest

from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.clock import paris_now
from bot.services.error_reports import ErrorReports
from bot.services.meters import LIMITS, Meters
from bot.settings import SettingError, read_settings
from tests.support.assistant import MovableClock

TEXTS = Texts({"equipe_erreur": "{sorte} {endroit}", "equipe_erreur_encore": "{sorte} {endroit} {nombre}"})


def reports(told: list[str], clock: MovableClock) -> ErrorReports:
    async def tell(text: str) -> None:
        told.append(text)

    return ErrorReports(Alerts(tell), Meters(paris_now()), lambda: TEXTS, clock)


def raised() -> BaseException:
    try:
        read_settings(_env_file=None, staff_ids="les mots d'une personne")
    except SettingError as error:
        return error
    raise AssertionError("it should be refused")


async def test_a_thousand_times_is_one_message_a_day() -> None:
    told: list[str] = []
    clock = MovableClock()
    service = reports(told, clock)
    for _ in range(1000):
        await service.report(raised())
    [first] = told
    assert first.startswith("SettingError bot/settings.py:")
    assert "personne" not in first
    clock.advance(hours=25)
    await service.report(raised())
    assert len(told) == 2
    assert told[1] == f"{first} 1000"
    clock.advance(hours=25)
    await service.report(raised())  # a day passed without one: it is a new one
    assert told[2] == first


async def test_many_kinds_end_in_one_group() -> None:
    told: list[str] = []
    service = reports(told, MovableClock())
    for number in range(200):
        await service.report(type(f"Kind{number}", (Exception,), {})())
    assert len(told) == 21
    assert told[-1] == "autres plusieurs endroits"


@pytest.mark.parametrize(
    ("times", "half", "most"),
    [([0.001] * 99 + [4.0], 0.005, 0.005), ([0.03, 0.03, 60.0], 0.05, float("inf")), ([0.2], 0.2, 0.2)],
)
def test_times_are_the_end_of_their_bucket(times: list[float], half: float, most: float) -> None:
    meters = Meters(paris_now())
    assert meters.within(0.5) is None
    for one in times:
        meters.answered(one)
    assert (meters.within(0.5), meters.within(0.99)) == (half, most)
    assert meters.updates == len(times)
    assert half in LIMITS
