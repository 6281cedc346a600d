"""Editors change the folder while people write: the new state answers within seconds, a broken one never does."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from bot.domain.contributions import TopicDraft
from bot.domain.models import Contact, Link, Source
from bot.knowledge_base.loader import load_knowledge
from bot.sandbox import Sandbox
from bot.services.contribution_writer import ContributionWriter
from tests.support.assistant import PATIENCE, Assistant, answer, say, settings_for

NEW = "Où faire réparer une bicyclette bleue ?"


@pytest.fixture
async def edited(sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path) -> AsyncIterator[Assistant]:
    """The assistant on a base that may be changed."""
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy))
    await assistant.start()
    try:
        yield assistant
    finally:
        await assistant.stop()


def add_topic(folder: Path) -> None:
    text = (folder / "sujets" / "aides" / "microcredit.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("phrases:\n")
    _, _, tail = rest.partition("mots:")
    words = ("atelier", "rayon", "pneu", "selle", "guidon", "frein", "chaîne", "pédale", "roue", "cadre", "sonnette",
             "lumière", "porte-bagages", "béquille")  # fmt: skip
    phrases = [f'  - "{NEW}"', *(f'  - "{word} de ma bicyclette à réparer"' for word in words)]
    new = f"{head}phrases:\n{chr(10).join(phrases)}\nmots: [bicyclette]\n" + tail.partition("\n")[2]
    new = new.replace("id: microcredit", "id: reparer-velo").replace("Emprunter une petite somme", "Réparer un vélo")
    path = folder / "sujets" / "aides" / "reparer-velo.yaml"
    path.with_suffix(".tmp").write_text(new, encoding="utf-8")
    path.with_suffix(".tmp").replace(path)


async def asks_until(assistant: Assistant, text: str, start: str) -> None:
    """One after another asks the same until the reply starts so; nobody asks twice."""
    async with asyncio.timeout(PATIENCE):
        for number in count():
            person = assistant.sandbox.person(f"Voisine {number}")
            await person.writes(text)
            if (await person.reply()).text.startswith(start):
                return


async def test_a_new_topic_answers_without_a_restart(edited: Assistant) -> None:
    await edited.marie.writes(NEW)
    assert not (await edited.marie.reply()).text.startswith("Réparer un vélo")
    add_topic(edited.settings.knowledge)
    await asks_until(edited, NEW, "Réparer un vélo")
    assert not any(bubble.from_bot for bubble in edited.staff.bubbles)  # nothing was wrong, nothing is said


async def test_a_broken_file_keeps_the_old_state_and_tells_staff_where(edited: Assistant) -> None:
    path = edited.settings.knowledge / "sujets" / "aides" / "rsa.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('titre: "Demander le RSA"', 'titre: ""'), encoding="utf-8")
    told = (await edited.staff.replies(1, within=PATIENCE))[0].text
    assert told.startswith(say("equipe_base_cassee"))
    assert "sujets/aides/rsa.yaml:2:" in told
    await edited.marie.writes(answer())
    assert (await edited.marie.reply()).text.startswith("Demander le RSA")

    path.write_text(good.replace("bouton: ", "bouton "), encoding="utf-8")  # another mistake, another message
    assert "rsa.yaml" in (await edited.staff.replies(1, within=PATIENCE))[0].text

    path.write_text(good, encoding="utf-8")
    assert (await edited.staff.replies(1, within=PATIENCE))[0].text == say("equipe_base_reparee", nombre=12)
    await edited.marie.writes(answer())
    assert (await edited.marie.reply()).text.startswith("Demander le RSA")


async def test_a_folder_that_vanishes_is_no_end(edited: Assistant) -> None:
    folder = edited.settings.knowledge
    away = folder.with_name("ailleurs")
    folder.rename(away)
    os.kill(os.getpid(), signal.SIGHUP)
    assert say("equipe_base_cassee") in (await edited.staff.replies(1, within=PATIENCE))[0].text
    await edited.marie.writes(answer())
    assert (await edited.marie.reply()).text.startswith("Demander le RSA")
    away.rename(folder)
    os.kill(os.getpid(), signal.SIGHUP)
    assert (await edited.staff.replies(1, within=PATIENCE))[0].text == say("equipe_base_reparee", nombre=12)


async def test_a_hangup_reads_the_folder_again(edited: Assistant) -> None:
    add_topic(edited.settings.knowledge)
    os.kill(os.getpid(), signal.SIGHUP)
    await asks_until(edited, NEW, "Réparer un vélo")


async def test_a_button_of_a_topic_that_is_gone_is_old(edited: Assistant) -> None:
    marie = edited.marie
    await marie.writes(answer())
    shown = await marie.reply()
    folder = edited.settings.knowledge / "sujets" / "aides"
    (folder / "aide-alimentaire.yaml").unlink()
    rsa = folder / "rsa.yaml"
    rsa.write_text(
        rsa.read_text(encoding="utf-8")
        .replace("voir_aussi: [aide-logement, aide-alimentaire]", "voir_aussi: [aide-logement]")
        .replace('titre: "Demander le RSA"', 'titre: "Le RSA, comment"'),
        encoding="utf-8",
    )
    await asks_until(edited, answer(), "Le RSA, comment")
    await marie.presses("Aide alimentaire", message=shown)
    assert await marie.gets_alert() == say("ancien_bouton")
    await marie.presses("Aide au loyer, APL", message=shown)
    assert (await marie.reply()).text.startswith("Aide pour payer le loyer")


async def test_staff_are_told_where_even_when_there_is_no_staff_chat(
    sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(sandbox, tmp_path, knowledge=knowledge_copy, staff_chat_id=None)
    assistant = Assistant(sandbox, settings)
    await assistant.start()
    try:
        path = knowledge_copy / "sujets" / "aides" / "rsa.yaml"
        path.write_text("id: [", encoding="utf-8")
        async with asyncio.timeout(PATIENCE):
            for number in count():
                if "rsa.yaml:" in caplog.text:
                    break
                person = assistant.sandbox.person(f"Voisin {number}")
                await person.writes(answer())
                assert (await person.reply()).text.startswith("Demander le RSA")
    finally:
        await assistant.stop()


async def test_a_wording_that_staff_attach_answers_without_a_restart(edited: Assistant) -> None:
    wording, misspelt = "le bidule bleu pour chauffer chez moi", "le bidul bleu pr chaufé ché moi"
    await edited.marie.writes(misspelt)
    folder = edited.settings.knowledge
    title = load_knowledge(folder).topics["cheque-energie"].title
    assert not (await edited.marie.reply()).text.startswith(title)
    ContributionWriter(folder, load_knowledge(folder), edited.clock().date()).learn(wording, "cheque-energie")
    await asks_until(edited, misspelt, title)
    assert not any(bubble.from_bot for bubble in edited.staff.bubbles)


async def test_a_topic_that_staff_publish_answers_without_a_restart_and_is_gone_when_undone(edited: Assistant) -> None:
    folder = edited.settings.knowledge
    draft = TopicDraft(
        "aides", "Avoir un bac à compost", "La ville donne un bac. Il est gratuit.", ("Appelez la mairie.",),
        (Link("Le site", "https://www.perigueux.fr"),), (Contact("Mairie", phone="05 53 02 82 00"),),
        (Source("Mairie", "2026-11"),),
    )  # fmt: skip
    writer = ContributionWriter(folder, load_knowledge(folder), edited.clock().date())
    change = writer.add_topic(draft, ("un truc pour mes épluchures de légumes",))
    await asks_until(edited, "un truk pour mes éplucheure de légume", "Avoir un bac à compost")
    assert writer.undo(change.id)
    async with asyncio.timeout(PATIENCE):
        for number in count(1_000):
            person = edited.sandbox.person(f"Voisin {number}")
            await person.writes("un truc pour mes épluchures de légumes")
            if not (await person.reply()).text.startswith("Avoir un bac"):
                return
