"""What a change would move, replayed before it is made: the real base of the tests, a real child process."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.contributions import TopicDraft
from bot.domain.impact import Moved
from bot.domain.models import Contact, Link, Source
from bot.domain.needs import Need
from bot.knowledge_base.loader import load_knowledge
from bot.services.alerts import Alerts
from bot.services.blast_radius import BlastRadius
from bot.services.contributions import AlreadyLearntError, ContributionError, ContributionService
from bot.services.knowledge import KnowledgeService
from bot.services.roles import Roles
from bot.storage.database import Database
from bot.storage.needs import NeedStore
from tests.support.assistant import KNOWLEDGE, MovableClock

ASKED_OUTSIDE = "qui répare les horloges anciennes"
RIGHT = {"q": "Comment demander le RSA ?", "id": "rsa", "register": "clair", "also": []}
OUTSIDE: dict[str, object] = {"q": ASKED_OUTSIDE, "id": None, "register": "clair", "kind": "hors-sujet", "also": []}
UNKNOWN = "où sont gardées les clés du vieux moulin"


class Desk:
    """The services around one folder, and what was there before."""

    def __init__(self, folder: Path, knowledge: KnowledgeService, database: Database) -> None:
        clock = MovableClock()
        self.folder, self.clock, self.needs = folder, clock, NeedStore(database)
        self.contributions = ContributionService(folder, knowledge, Roles(frozenset({1})), clock)
        self.radius = BlastRadius(folder, knowledge, self.contributions, self.needs, clock)

    def files(self) -> dict[str, bytes]:
        return {path.as_posix(): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    (folder / "evaluation").mkdir()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (RIGHT, OUTSIDE))
    (folder / "evaluation" / "questions.jsonl").write_text(lines, encoding="utf-8")
    knowledge = KnowledgeService(folder, Alerts())
    await knowledge.load()
    database = await Database.open(tmp_path / "base.db")
    yield Desk(folder, knowledge, database)
    await database.close()


async def keep(desk: Desk, text: str, days_ago: int, number: int) -> None:
    day = desk.clock().date().fromordinal(desk.clock().date().toordinal() - days_ago)
    await desk.needs.add(Need(day, text, "unknown"), number)


async def test_what_was_unknown_and_gets_an_answer(desk: Desk) -> None:
    before = desk.files()
    await keep(desk, "Où sont gardé les clé du vieu moulin ?", 10, 1)
    await keep(desk, "ou sont garder les clefs du vieux moulin", 100, 2)
    impact = await desk.radius.of_wording(UNKNOWN, "rsa")
    assert impact.gains == (Moved(UNKNOWN, "unknown", "rsa", right="rsa"),)
    assert impact.other == (Moved("Où sont gardé les clé du vieu moulin ?", "unknown", "rsa"),)
    assert impact.regressions == ()
    assert impact.questions == 4  # two of the set, the new one, and the need of these 90 days
    assert desk.files() == before


async def test_what_was_right_and_turns_wrong_comes_first(desk: Desk) -> None:
    impact = await desk.radius.of_wordings([f"{ASKED_OUTSIDE} ?", "comment demande le rsa"], "microcredit")
    assert {(moved.text, moved.after) for moved in impact.regressions} >= {(ASKED_OUTSIDE, "microcredit")}
    assert all(moved.text not in (one.text for one in impact.regressions) for moved in impact.gains)


async def test_a_second_question_costs_only_the_new_state(desk: Desk) -> None:
    first = await desk.radius.of_wording(UNKNOWN, "rsa")
    second = await desk.radius.of_wording(UNKNOWN, "microcredit")
    assert [moved.after for moved in (*first.gains, *second.gains)] == ["rsa", "microcredit"]
    await desk.contributions.learn(UNKNOWN, "rsa", by=1)
    third = await desk.radius.of_wording("la clef du portail de derrière chez moi", "microcredit")
    assert [moved.text for moved in third.gains] == ["la clef du portail de derrière chez moi"]


async def test_a_new_topic(desk: Desk) -> None:
    draft = TopicDraft(
        "aides", "Visiter le vieux moulin", "Le moulin se visite. Appelez la mairie.", ("Appelez la mairie.",),
        (Link("Le site", "https://www.perigueux.fr"),), (Contact("Mairie", phone="05 53 02 82 00"),),
        (Source("Mairie", "2026-11"),),
    )  # fmt: skip
    impact = await desk.radius.of_topic(draft, (UNKNOWN,))
    assert impact.gains == (Moved(UNKNOWN, "unknown", "visiter-vieux-moulin", right="visiter-vieux-moulin"),)


async def test_a_correction_and_a_wording_set_aside_move_nothing_else(desk: Desk) -> None:
    corrected = await desk.radius.of_correction("rsa", "facettes.cout", "C'est gratuit, toujours.")
    assert (corrected.regressions, corrected.gains, corrected.other) == ((), (), ())
    aside = await desk.radius.of_off_topic(UNKNOWN)
    assert aside.regressions == ()


async def test_what_could_not_be_made_is_not_replayed(desk: Desk) -> None:
    with pytest.raises(AlreadyLearntError):
        await desk.radius.of_wording(load_knowledge(desk.folder).topics["rsa"].phrases[0], "rsa")
    with pytest.raises(ContributionError):
        await desk.radius.of_wording(UNKNOWN, "sujet-inconnu")
