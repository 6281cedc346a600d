"""The team's month: shown once nobody can be recognised in it; and forgotten sessions, closed by the minute's job."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.app.application import Assembly, assemble
from bot.sandbox import Sandbox
from bot.services.clock import PARIS
from handlers.render.html import to_plain
from handlers.render.session_draft import draft_text
from handlers.render.session_figures import team_month_blocks
from handlers.sessions.closing import schedule_closing
from tests.support.assistant import MovableClock, say, settings_for, small_understanding

START = datetime(2026, 11, 2, 10, 30, tzinfo=PARIS)
PEOPLE = frozenset({101, 102, 103})


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
async def assembly(sandbox: Sandbox, tmp_path: Path, clock: MovableClock) -> AsyncIterator[Assembly]:
    settings = settings_for(sandbox, tmp_path, mediator_ids=PEOPLE)
    built = await assemble(settings, sandbox.token, clock=clock)
    try:
        await built.services.knowledge.load()
        async with built.application.bot:  # what it opens towards Telegram is closed again
            yield built
    finally:
        await built.close()


async def hold(assembly: Assembly, clock: MovableClock, person: int, count: int) -> None:
    """Some sessions of twenty minutes."""
    for _ in range(count):
        session, _ = await assembly.services.sessions.start(person, "individual")
        clock.advance(minutes=20)
        await assembly.services.sessions.keep(session, "rsa")
        assert await assembly.services.sessions.finish(person)
        clock.advance(minutes=5)


async def test_the_team_is_shown_only_when_nobody_can_be_recognised(assembly: Assembly, clock: MovableClock) -> None:
    figures = assembly.services.session_figures
    await hold(assembly, clock, 101, 9)
    await hold(assembly, clock, 102, 3)
    hidden = await figures.team()
    assert hidden.figures is None  # two mediators: each would know the other's numbers
    knowledge = small_understanding().knowledge
    assert to_plain(team_month_blocks(knowledge, hidden)[-1]) == say("bilan_equipe_trop_peu")
    await hold(assembly, clock, 103, 1)
    shown = await figures.team()
    assert shown.figures is not None
    assert (shown.figures.sessions, shown.figures.minutes) == (13, 260)
    text = to_plain("\n".join(team_month_blocks(knowledge, shown)))
    assert "Social - Santé : 13" in text
    own = await figures.own(101)
    assert own.figures.sessions == 9
    assert (await figures.own(104)).figures.sessions == 0


async def test_a_month_holds_the_sessions_that_began_in_it(assembly: Assembly, clock: MovableClock) -> None:
    clock.now = datetime(2026, 11, 30, 23, 50, tzinfo=PARIS)
    await hold(assembly, clock, 101, 1)
    figures = assembly.services.session_figures
    assert figures.this_month.isoformat() == "2026-12-01"
    assert (await figures.own(101)).figures.sessions == 0
    assert (await figures.own(101, datetime(2026, 11, 1).date())).figures.sessions == 1  # noqa: DTZ001 (a day)


async def test_the_job_of_every_minute_closes_what_was_forgotten(assembly: Assembly, clock: MovableClock) -> None:
    schedule_closing(assembly.application)
    assert assembly.application.job_queue is not None
    [job] = assembly.application.job_queue.get_jobs_by_name("forgotten_sessions")
    await assembly.services.sessions.start(101, "workshop")
    clock.advance(hours=3, minutes=59)
    await job.run(assembly.application)
    assert await assembly.services.sessions.open_one(101) is not None
    clock.advance(minutes=1)
    await job.run(assembly.application)
    [row] = await assembly.database.rows("SELECT ended, started, by_itself FROM sessions")
    assert (row[0], row[2]) == (row[1], 1)


async def test_a_sheet_that_was_handed_out_stands_in_the_draft_once(assembly: Assembly, clock: MovableClock) -> None:
    """What `/fiche` calls: in a session it is noted, without one nothing happens."""
    sessions = assembly.services.sessions
    await sessions.handed_out(101, "rsa", 1)
    await sessions.start(101, "workshop")
    for update_id, topic in ((2, "rsa"), (2, "rsa"), (3, "cheque-energie")):
        await sessions.handed_out(101, topic, update_id)
    await sessions.handed_out(999, "rsa", 4)  # no mediator
    clock.advance(minutes=40)
    ended = await sessions.finish(101)
    assert ended is not None
    draft = draft_text(small_understanding().knowledge, ended)
    assert draft.endswith("Fiches remises :\n- RSA\n- Chèque énergie")
