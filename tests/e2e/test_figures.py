"""/bilan, /export and the digest of Monday, as staff see them."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.app import assemble
from bot.app.application import Assembly
from bot.app.digest import JOB, schedule_digest
from bot.domain.periods import Span, period_of
from bot.sandbox import Bubble, Person, Sandbox
from bot.services.clock import PARIS
from handlers.bilan.button_data import BilanAction, encode, encode_digest
from tests.e2e.test_buttons import forged
from tests.support.assistant import (
    Assistant,
    MovableClock,
    answer,
    choice,
    danger_and_answer,
    say,
    settings_for,
    unknown,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)


async def asked(assistant: Assistant, *texts: str) -> None:
    """Residents ask, one each."""
    for number, text in enumerate(texts):
        update = await assistant.sandbox.person(f"Personne {number}").writes(text)
        await assistant.settled(update)


def content(assistant: Assistant, shown: Bubble) -> bytes:
    """The bytes of the document or of the largest picture in a message."""
    document = shown.message.get("document") or shown.message["photo"][-1]
    stored = assistant.sandbox.world.files.by_id(document["file_id"])
    assert stored is not None
    return stored.content


def sheets(book: bytes) -> dict[str, list[list[str]]]:
    """The cells of an XLSX file, read as its format says."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    found: dict[str, list[list[str]]] = {}
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = _parsed(archive, "xl/workbook.xml").findall(".//x:sheet", space)
        for number, name in enumerate(names, start=1):
            tree = _parsed(archive, f"xl/worksheets/sheet{number}.xml")
            assert tree.find(".//x:f", space) is None  # no formula anywhere
            rows = tree.findall(".//x:row", space)
            found[name.attrib["name"]] = [["".join(c.itertext()) for c in row.findall("x:c", space)] for row in rows]
    return found


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)


async def test_staff_see_the_month_as_a_picture_and_in_words(assistant: Assistant) -> None:
    staff = assistant.staff
    await asked(assistant, answer(), answer(), choice(), unknown(), danger_and_answer(), "bonjour")
    await staff.writes("/bilan")
    words, *_ = await staff.replies(1)
    picture = await staff.sees(say("chiffres_image", texte="").strip())
    drawn = content(assistant, picture)
    assert drawn.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn[16:24])
    assert width == 1080
    assert height > width
    alternative = say("chiffres_issues", reponses=2, choix=1, inconnus=1)
    assert alternative in picture.message["caption"]
    assert len(picture.message["caption"]) <= 1024
    assert say("chiffres_questions", nombre=4, avant=0) in words.text
    assert alternative in words.text
    assert say("chiffres_danger", nombre=1) in words.text
    assert unknown() in words.text
    assert say("chiffres_attente", nombre=1) in words.text
    assert all(len(label) <= 24 for label in words.buttons)


async def test_an_empty_period_is_said_without_a_picture(assistant: Assistant) -> None:
    staff = assistant.staff
    await staff.writes("/bilan semaine")
    shown = await staff.reply()
    assert say("chiffres_vide") in shown.text
    assert "photo" not in shown.message
    await staff.writes("/bilan siècle")
    assert (await staff.reply()).text == say("chiffres_mode")


async def test_periods_are_turned_by_buttons(assistant: Assistant) -> None:
    staff = assistant.staff
    await asked(assistant, answer())
    await staff.writes("/bilan semaine")
    await staff.replies(2)
    await staff.presses(say("bouton_bilan_t"))
    words, _ = await staff.replies(2)
    assert say("chiffres_titre_t") in words.text
    await staff.presses(say("bouton_bilan_avant"))
    before = await staff.reply()
    assert say("chiffres_vide") in before.text
    assert say("bouton_bilan_apres") in before.buttons


async def test_the_files_hold_the_same_numbers(assistant: Assistant) -> None:
    staff = assistant.staff
    await asked(assistant, answer(), answer(), choice())
    await staff.writes("/bilan semaine")
    await staff.replies(2)
    await staff.presses(say("bouton_bilan_csv"))
    shown = await staff.reply()
    assert shown.message["document"]["file_name"] == "bilan-2026-11-16-2026-11-22.csv"
    text = content(assistant, shown).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["rubrique", "intitulé", "commune", "canal", "du", "au", "nombre"]
    assert ["Questions", "réponse donnée", "", "chat", "2026-11-16", "2026-11-22", "2"] in rows
    assert ["Questions", "questions", "", "tous", "2026-11-16", "2026-11-22", "3"] in rows
    assert {row[3] for row in rows if row[0] == "Questions"} == {"chat", "session", "inline", "page", "tous"}
    await staff.presses(say("bouton_bilan_xlsx"))
    book = sheets(content(assistant, await staff.reply()))
    assert [row for name in book for row in book[name][1:]] == rows[1:]


async def test_a_picture_that_cannot_be_drawn_costs_nobody_the_figures(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.apart.sys.executable", "/bin/false")
    await asked(assistant, answer())
    await assistant.staff.writes("/bilan semaine")
    words, missing = await assistant.staff.replies(2)
    assert say("chiffres_questions", nombre=1, avant=0) in words.text
    assert missing.text == say("chiffres_sans_image")
    await assistant.staff.presses(say("bouton_bilan_xlsx"))
    assert "réessayez" in (await assistant.staff.reply()).text


async def test_needs_are_exported_without_a_formula(assistant: Assistant) -> None:
    staff = assistant.staff
    await staff.writes("/export")
    assert (await staff.reply()).text == say("export_vide")
    await asked(assistant, f"=HYPERLINK {unknown()}", unknown())
    await staff.writes("/export")
    table, book = await staff.replies(2)
    rows = list(csv.reader(io.StringIO(content(assistant, table).decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == [f"'=HYPERLINK {unknown()}", unknown()]
    assert sheets(content(assistant, book))["Questions"] == rows


async def test_for_others_the_buttons_do_not_exist(assistant: Assistant) -> None:
    week = period_of(Span.WEEK, assistant.clock().date())
    data = [encode(action, week) for action in BilanAction] + [encode_digest(False)]
    for person in (assistant.marie, assistant.sandbox.mediators[0]):
        update = await person.writes("/themes")
        await assistant.settled(update)
        for one in data:
            press = forged(person, person.last, one)
            assert await person.gets_alert() == say("ancien_bouton")
            await assistant.settled(press)
    assert assistant.rows("SELECT * FROM staff_choices") == []
    update = await assistant.staff.writes("/themes")
    await assistant.settled(update)
    for made_up in ("bi:", "bi:v:s:20269999", "bi:v:s:20990101", "bi:v:z:20261116", "bd:2", "bd:"):
        press = forged(assistant.staff, assistant.staff.last, made_up)
        assert await assistant.staff.gets_alert() == say("ancien_bouton")
        await assistant.settled(press)


class Mondays:
    """The assistant assembled over one database, its digest jobs run by hand at the time of a moved clock."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.folder, self.clock = sandbox, folder, MovableClock()
        self.assembly: Assembly | None = None

    @property
    def staff(self) -> Person:
        return self.sandbox.staff[0]

    async def start(self) -> None:
        await self.stop()
        settings = settings_for(self.sandbox, self.folder)
        self.assembly = await assemble(settings, self.sandbox.token, clock=self.clock)
        await self.assembly.services.knowledge.load()
        await self.assembly.application.initialize()
        schedule_digest(self.assembly.application, settings.staff_chat_id)

    async def stop(self) -> None:
        if self.assembly is not None:
            await self.assembly.application.shutdown()
            await self.assembly.close()
            self.assembly = None

    async def run(self, now: datetime) -> int:
        """Run every job once; how many messages staff have got so far."""
        self.clock.now = now
        assert self.assembly is not None
        assert self.assembly.application.job_queue is not None
        for job in self.assembly.application.job_queue.get_jobs_by_name(JOB):
            await job.run(self.assembly.application)
        return sum(bubble.from_bot for bubble in self.staff.view.bubbles)


@pytest.fixture
async def mondays(sandbox: Sandbox, tmp_path: Path) -> object:
    found = Mondays(sandbox, tmp_path)
    await found.start()
    yield found
    await found.stop()


async def test_the_digest_comes_on_monday_at_nine_once(mondays: Mondays) -> None:
    assert await mondays.run(MONDAY - timedelta(hours=22)) == 0  # a first start tells of nothing
    assert await mondays.run(MONDAY - timedelta(minutes=1)) == 0
    assert await mondays.run(MONDAY) == 1
    assert say("lundi_titre") in str(mondays.staff.last)
    assert await mondays.run(MONDAY + timedelta(hours=1)) == 1
    await mondays.start()  # a restart
    assert await mondays.run(MONDAY + timedelta(days=3)) == 1
    assert await mondays.run(MONDAY + timedelta(days=7)) == 2


async def test_a_machine_that_was_off_on_monday_tells_when_it_is_on_again(mondays: Mondays) -> None:
    await mondays.run(MONDAY - timedelta(days=1))
    assert await mondays.run(MONDAY + timedelta(days=1, hours=5)) == 1


@pytest.mark.parametrize("monday", [datetime(2027, 3, 29, 9, tzinfo=PARIS), datetime(2026, 10, 26, 9, tzinfo=PARIS)])
async def test_nine_is_nine_after_the_change_of_hour(mondays: Mondays, monday: datetime) -> None:
    await mondays.run(monday - timedelta(days=3))
    assert await mondays.run(monday - timedelta(minutes=1)) == 0
    assert await mondays.run(monday) == 1
    assert mondays.assembly is not None
    assert mondays.assembly.application.job_queue is not None
    daily = [
        job.trigger for job in mondays.assembly.application.job_queue.scheduler.get_jobs() if "cron" in str(job.trigger)
    ]
    assert [trigger.get_next_fire_time(None, monday - timedelta(days=3)) for trigger in daily] == [monday]


async def test_what_telegram_refused_is_sent_later(mondays: Mondays) -> None:
    await mondays.run(MONDAY - timedelta(days=1))
    await mondays.staff.blocks()
    assert await mondays.run(MONDAY) == 0
    await mondays.staff.unblocks()
    assert await mondays.run(MONDAY + timedelta(hours=1)) == 1


async def test_one_tap_stops_the_digest_and_another_brings_it_back(assistant: Assistant) -> None:
    staff = assistant.staff
    await staff.writes("/bilan semaine")
    await staff.reply()
    await staff.presses(say("bouton_lundi_non"))
    assert await staff.gets_alert() == say("lundi_non")
    shown = await staff.change()
    assert say("bouton_lundi_oui") in shown.buttons
    assert say("bouton_bilan_m") in shown.buttons
    assert [row["value"] for row in assistant.rows("SELECT value FROM staff_choices")] == ["no"]
    await assistant.restart()
    await staff.presses(say("bouton_lundi_oui"), message=shown)
    assert await staff.gets_alert() == say("lundi_oui")
    assert [row["value"] for row in assistant.rows("SELECT value FROM staff_choices")] == ["yes"]


async def test_no_digest_where_it_is_not_wanted(mondays: Mondays) -> None:
    await mondays.run(MONDAY - timedelta(days=1))
    assert mondays.assembly is not None
    await mondays.assembly.services.digest.want(False)
    assert await mondays.run(MONDAY) == 0
    await mondays.assembly.services.digest.want(True)
    assert await mondays.run(MONDAY + timedelta(hours=2)) == 0  # the week is over with: next Monday
    assert await mondays.run(MONDAY + timedelta(days=7)) == 1
