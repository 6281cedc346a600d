"""Which updates may be confirmed: only those that are dealt with, whatever order they end in."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import unconfirmed as module
from bot.app.unconfirmed import UnconfirmedUpdates


class Clock:
    """A clock that stands."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _free(updates: UnconfirmedUpdates) -> bool:
    """Whether the next poll may confirm all that was taken."""
    return updates.floor is None


def test_the_floor_is_the_lowest_under_way() -> None:
    updates = UnconfirmedUpdates()
    assert [updates.take(number) for number in (5, 6, 7, 6)] == [True, True, True, False]
    updates.finish(6)
    assert updates.floor == 5
    assert not updates.take(6)  # Telegram hands it out again until 5 is done
    updates.finish(5)
    assert updates.floor == 7
    updates.finish(7)
    assert _free(updates)
    assert updates.take(6)  # delivered again on purpose: whether it was done, the database knows


@given(st.permutations(range(8)), st.lists(st.integers(0, 7), max_size=20))
def test_nothing_under_way_is_ever_confirmed(order: list[int], again: list[int]) -> None:
    updates = UnconfirmedUpdates()
    for number in range(8):
        assert updates.take(number)
    left = set(range(8))
    for number in order:
        for repeated in again:
            if left:
                assert not updates.take(repeated) or repeated < min(left)
                if repeated not in left and repeated < min(left):
                    updates.finish(repeated)
        updates.finish(number)
        left.discard(number)
        assert updates.floor == min(left, default=None)


def test_what_could_not_be_answered_is_taken_again_after_a_pause() -> None:
    clock = Clock()
    updates = UnconfirmedUpdates(clock)
    updates.take(3)
    updates.take(4)
    updates.finish(4)
    assert updates.postpone(3)
    assert updates.floor == 3
    assert not updates.take(3)
    clock.now += module._PAUSES[0]
    assert updates.take(3)
    updates.finish(3)
    assert _free(updates)


def test_after_too_many_tries_it_is_let_go() -> None:
    clock = Clock()
    updates = UnconfirmedUpdates(clock)
    tries = 0
    assert updates.take(3)
    while updates.postpone(3):
        tries += 1
        clock.now += 3600
        assert updates.take(3)
    assert tries == module._MOST_TRIES - 1
    updates.finish(3)
    assert _free(updates)


def test_what_telegram_no_longer_hands_out_is_forgotten() -> None:
    updates = UnconfirmedUpdates()
    for number in (3, 4, 5):
        updates.take(number)
    updates.postpone(3)
    updates.postpone(4)
    updates.seen({4})
    assert updates.floor == 4
    updates.seen(set())
    assert updates.floor == 5  # under way, whatever Telegram hands out


async def test_waiting_ends_when_all_is_done() -> None:
    updates = UnconfirmedUpdates()
    assert await updates.drained(0)
    updates.take(1)
    assert not await updates.drained(0)
    waiting = asyncio.create_task(updates.drained(5))
    await asyncio.sleep(0)
    updates.finish(1)
    assert await waiting


@pytest.mark.parametrize("end", ["finish", "postpone"])
async def test_every_end_is_a_change(end: str) -> None:
    updates = UnconfirmedUpdates()
    updates.take(1)
    change = asyncio.create_task(updates.change())
    await asyncio.sleep(0)
    getattr(updates, end)(1)
    await asyncio.wait_for(change, 1)
