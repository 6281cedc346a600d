"""What staff teach, on real folders: written, loaded, taken back, and taken over into the editors' files."""

from __future__ import annotations

import asyncio
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.domain.contributions import Change, TopicDraft
from bot.domain.knowledge import Knowledge
from bot.domain.models import Contact, Link, Source
from bot.knowledge_base.loader import inspect_knowledge, load_knowledge
from bot.services.alerts import Alerts
from bot.services.contributions import AlreadyLearntError, ContributionError, ContributionService
from bot.services.evaluation import read_labelled
from bot.services.knowledge import KnowledgeService
from bot.services.roles import Roles
from tests.support.assistant import KNOWLEDGE, MovableClock

STAFF, RESIDENT = 1, 2
TODAY = date(2026, 11, 22)
WORDING = "jé pa resu: mn ersa du moi # de mai"
DRAFT = TopicDraft(
    theme="aides",
    titre="Recevoir un composteur pour l'immeuble",
    reponse="La ville donne un composteur.\nIl est gratuit.",
    etapes=("Appelez la mairie.", "Dites combien de familles vivent dans l'immeuble."),
    liens=(Link("Le site de la ville", "https://www.perigueux.fr"),),
    contacts=(Contact("Mairie de Périgueux", phone="05 53 02 82 00"),),
    sources=(Source("Mairie de Périgueux", "2026-11"),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeService:
    """The base before anything was taught, read once: the service asks it what is known already."""
    found = KnowledgeService(KNOWLEDGE, Alerts())
    asyncio.run(found.load())
    return found


@pytest.fixture
def service(folder: Path, knowledge: KnowledgeService) -> ContributionService:
    return ContributionService(folder, knowledge, Roles(staff=frozenset({STAFF})), MovableClock())


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same(one: Knowledge, other: Knowledge) -> bool:
    return replace(one, fingerprint="") == replace(other, fingerprint="") and list(one.topics) == list(other.topics)


async def test_a_wording_is_one_small_file_with_its_question(folder: Path, service: ContributionService) -> None:
    before = files(folder)
    change = await service.learn(WORDING, "rsa", by=STAFF)
    assert change.paths == (folder / "contributions/phrases/rsa.yaml",)
    new = {name: text for name, text in files(folder).items() if name not in before}
    assert before.items() <= files(folder).items()
    assert {name: text.decode() for name, text in new.items()} == {
        "contributions/phrases/rsa.yaml": "# yaml-language-server: $schema=../../schema/phrases-apprises.schema.json\n"
        "sujet: rsa\nphrases:\n"
        f'  - texte: "{WORDING}"\n    le: "2026-11-22"\n'
        f'    question: {{q: "{WORDING}", id: rsa, register: appris}}\n'
    }
    assert load_knowledge(folder).topics["rsa"].phrases[-1] == WORDING


async def test_only_staff_may_teach(folder: Path, service: ContributionService) -> None:
    before = files(folder)
    for refused in (
        service.learn(WORDING, "rsa", by=RESIDENT),
        service.off_topic(WORDING, by=RESIDENT),
        service.add_topic(DRAFT, (WORDING,), by=RESIDENT),
        service.correct("rsa", "titre", "Le RSA", by=RESIDENT),
        service.undo("0", by=RESIDENT),
    ):
        with pytest.raises(ContributionError):
            await refused
    assert files(folder) == before


async def test_nothing_personal_is_written(folder: Path, service: ContributionService) -> None:
    change = await service.learn("je m'appelle Paul Durand, mon numéro 06 12 34 56 78, et mon rsa ?", "rsa", by=STAFF)
    text = change.paths[0].read_text(encoding="utf-8")
    assert "Durand" not in text
    assert "34 56" not in text
    assert "Durand" not in change.summary


@pytest.mark.parametrize("wording", ["", " \n", "?!", "🙂🙂", "a" * 1_001])
async def test_what_teaches_nothing_is_refused(wording: str, folder: Path, service: ContributionService) -> None:
    with pytest.raises(ContributionError):
        await service.learn(wording, "rsa", by=STAFF)
    assert not (folder / "contributions").exists()


async def test_a_wording_leads_to_one_place(service: ContributionService) -> None:
    await service.learn(WORDING, "rsa", by=STAFF)
    with pytest.raises(AlreadyLearntError):
        await service.learn(WORDING.upper() + " ?", "rsa", by=STAFF)
    with pytest.raises(ContributionError, match="rsa"):
        await service.learn(WORDING, "microcredit", by=STAFF)
    with pytest.raises(ContributionError, match="rsa"):
        await service.off_topic(WORDING, by=STAFF)
    with pytest.raises(ContributionError, match="rsa"):
        await service.add_topic(DRAFT, (WORDING,), by=STAFF)
    with pytest.raises(ContributionError, match="n'existe pas"):
        await service.learn("autre chose encore", "sujet-inconnu", by=STAFF)


async def test_a_new_topic_is_one_readable_file(
    folder: Path, service: ContributionService, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(folder)
    assert service.check_draft(DRAFT) == ()
    change = await service.add_topic(DRAFT, ("ou avoir un bac a compost", "composteur pour le batiment"), by=STAFF)
    path = folder / "contributions/sujets/aides/recevoir-composteur-immeuble.yaml"
    assert [folder / name for name in files(folder).keys() - before.keys()] == [path] == list(change.paths)
    knowledge = load_knowledge(folder)
    topic = knowledge.topics[str(change.topic)]
    assert replace(service.preview(DRAFT), id=topic.id, phrases=topic.phrases) == topic
    assert topic.phrases == ("ou avoir un bac a compost", "composteur pour le batiment")
    assert topic.answer == "La ville donne un composteur. Il est gratuit."
    assert topic.facets == {"sans_internet": "Appelez Mairie de Périgueux : 05 53 02 82 00."}
    monkeypatch.setenv("BOT_KNOWLEDGE", str(folder))
    assert main(["check"]) == 0
    assert "sujet créé par l'équipe, à compléter" in capsys.readouterr().out


async def test_the_same_title_never_takes_an_existing_id(service: ContributionService) -> None:
    first = await service.add_topic(DRAFT, ("un bac à compost",), by=STAFF)
    second = await service.add_topic(replace(DRAFT, reponse="Autre aide. Elle est là."), ("du compost ici",), by=STAFF)
    assert first.topic != second.topic
    assert service.preview(replace(DRAFT, titre="RSA", id="rsa")).id != "rsa"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"titre": ""}, "titre"),
        ({"theme": "nulle-part"}, "thème"),
        ({"contacts": (Contact("Mairie", phone="05.53.02.82.00"),)}, "numéro"),
        ({"contacts": (Contact("Mairie", link="https://a.fr"),)}, "contact humain"),
        ({"liens": ()}, "liens"),
        ({"liens": (Link("Site", "perigueux"),)}, "adresse"),
        ({"sources": (Source("Mairie", "hier"),)}, "date"),
        ({"etapes": ("mot " * 30,)}, "trop longue"),
        ({"reponse": "Votre numéro 1 85 05 78 006 084 91 est dans le dossier. Appelez."}, "donnée personnelle"),
    ],
)
async def test_a_draft_is_checked_like_any_entry(
    change: dict[str, object], problem: str, folder: Path, service: ContributionService
) -> None:
    draft = replace(DRAFT, **change)  # type: ignore[arg-type]
    assert any(problem in said for said in service.check_draft(draft))
    service.preview(draft)
    with pytest.raises(ContributionError, match=problem):
        await service.add_topic(draft, ("un bac à compost",), by=STAFF)
    assert not list((folder / "contributions").rglob("*.yaml"))


async def test_a_correction_is_read_over_the_file_and_gives_way_to_the_editor(
    folder: Path, service: ContributionService
) -> None:
    await service.correct("rsa", "titre", "Demander le RSA vite", by=STAFF)
    await service.correct("rsa", "titre", "Demander le RSA très vite", by=STAFF)
    await service.correct("rsa", "etapes", "Appelez la Caf.\nGardez une copie.", by=STAFF)
    topic = load_knowledge(folder).topics["rsa"]
    assert topic.title == "Demander le RSA très vite"
    assert topic.steps == ("Appelez la Caf.", "Gardez une copie.")
    path = folder / "sujets/aides/rsa.yaml"
    path.write_text(path.read_text("utf-8").replace('titre: "Demander le RSA"', 'titre: "Le RSA"'), "utf-8")
    knowledge, problems = inspect_knowledge(folder)
    assert knowledge is not None
    assert knowledge.topics["rsa"].title == "Le RSA"
    assert any("a changé dans la base depuis" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [("id", "autre"), ("phrases", "x"), ("titre", ""), ("titre", "Demander le RSA"), ("titre", "x" * 90),
     ("bidon", "x"), ("contacts.9.telephone", "15"), ("contacts.0.telephone", "12.34"),
     ("contacts", "x"), ("facettes.bidon", "x")],
)  # fmt: skip
async def test_a_wrong_correction_is_refused(name: str, value: str, folder: Path, service: ContributionService) -> None:
    with pytest.raises(ContributionError):
        await service.correct("rsa", name, value, by=STAFF)
    assert not list((folder / "contributions").rglob("*.yaml"))


async def everything(service: ContributionService) -> list[Change]:
    """One change of each kind, and more than one where they share a file."""
    topic = await service.add_topic(DRAFT, ("ou avoir un bac a compost", "composteur: gratuit ?"), by=STAFF)
    return [
        topic,
        await service.learn(WORDING, "rsa", by=STAFF),
        await service.learn("yes", "rsa", by=STAFF),
        await service.learn("- le rmi d'avant", "rsa", by=STAFF),
        await service.learn("le bac qui pue dans la cour", str(topic.topic), by=STAFF),
        await service.off_topic("comment réparer mon tracteur", by=STAFF),
        await service.off_topic("null part ailleurs", by=STAFF),
        await service.correct("rsa", "reponse", "Le RSA est un revenu : il aide. La Caf le verse. " * 2, by=STAFF),
        await service.correct("rsa", "etapes.0", "Appelez d'abord la Caf.", by=STAFF),
        await service.correct(str(topic.topic), "titre", "Un composteur pour l'immeuble", by=STAFF),
    ]


async def test_undo_leaves_no_trace(folder: Path, service: ContributionService) -> None:
    before = files(folder)
    changes = await everything(service)
    for change in reversed(changes):
        assert await service.undo(change.id, by=STAFF)
        assert not await service.undo(change.id, by=STAFF)
    assert files(folder) == before


async def test_undo_takes_back_one_wording_among_others(folder: Path, service: ContributionService) -> None:
    first = await service.learn(WORDING, "rsa", by=STAFF)
    await service.learn("le rmi d'avant", "rsa", by=STAFF)
    assert await service.undo(first.id, by=STAFF)
    assert load_knowledge(folder).topics["rsa"].phrases[-1] == "le rmi d'avant"
    assert WORDING not in load_knowledge(folder).topics["rsa"].phrases


async def test_a_wording_taken_back_may_go_elsewhere_at_once(folder: Path, service: ContributionService) -> None:
    wrong = await service.learn(WORDING, "microcredit", by=STAFF)
    aside = await service.off_topic("comment réparer mon tracteur", by=STAFF)
    made = await service.add_topic(DRAFT, ("un bac à compost",), by=STAFF)
    in_use = KnowledgeService(folder, Alerts())
    await in_use.load()
    late = ContributionService(folder, in_use, Roles(staff=frozenset({STAFF})), MovableClock())
    for change in (wrong, aside, made):
        assert await late.undo(change.id, by=STAFF)
    assert (await late.learn(WORDING, "rsa", by=STAFF)).topic == "rsa"
    await late.off_topic("comment réparer mon tracteur", by=STAFF)
    with pytest.raises(ContributionError, match="n'existe pas"):
        await late.learn("le bac de la cour", str(made.topic), by=STAFF)


async def test_what_someone_touched_since_is_not_undone(folder: Path, service: ContributionService) -> None:
    topic = await service.add_topic(DRAFT, ("un bac à compost",), by=STAFF)
    await service.learn("le bac qui pue dans la cour", str(topic.topic), by=STAFF)
    wording = await service.learn(WORDING, "rsa", by=STAFF)
    path = wording.paths[0]
    path.write_text(path.read_text("utf-8").replace("du moi #", "du mois #"), "utf-8")
    before = files(folder)
    assert not await service.undo(topic.id, by=STAFF)
    assert not await service.undo(wording.id, by=STAFF)
    assert files(folder) == before


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow past a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_is_told_and_loses_nothing(folder: Path, service: ContributionService) -> None:
    await service.learn("le rmi d'avant", "rsa", by=STAFF)
    before = files(folder)
    with full_disk():
        for refused in (
            service.learn(WORDING, "rsa", by=STAFF),
            service.off_topic(WORDING, by=STAFF),
            service.add_topic(DRAFT, (WORDING,), by=STAFF),
            service.correct("rsa", "titre", "Le RSA", by=STAFF),
        ):
            with pytest.raises(ContributionError, match="ne peuvent pas être écrites"):
                await refused
    assert files(folder) == before


async def test_a_folder_that_cannot_be_written_is_told(folder: Path, service: ContributionService) -> None:
    (folder / "contributions").write_text("", encoding="utf-8")  # what stops root too
    with pytest.raises(ContributionError, match="ne peuvent pas être écrites"):
        await service.learn(WORDING, "rsa", by=STAFF)


def run(*arguments: str) -> int:
    return main(["contributions", *arguments])


@pytest.fixture
def shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> pytest.CaptureFixture[str]:
    monkeypatch.setenv("BOT_KNOWLEDGE", str(folder))
    return capsys


async def test_apply_changes_what_is_meant_and_not_one_byte_more(
    folder: Path, service: ContributionService, shown: pytest.CaptureFixture[str]
) -> None:
    await everything(service)
    before, overlaid = files(folder), load_knowledge(folder)
    assert run("diff") == 0
    diff = shown.readouterr().out
    assert run("apply", "--dry-run") == 0
    assert shown.readouterr().out == diff
    assert files(folder) == before
    assert run("apply") == 0
    assert shown.readouterr().out == diff
    assert same(load_knowledge(folder), overlaid)
    assert not [name for name in files(folder) if name.startswith("contributions/")]
    after = files(folder)
    changed = {name for name in before if name in after and after[name] != before[name]}
    assert changed == {"sujets/aides/rsa.yaml", "hors-champ.yaml"}
    removed = [line for line in diff.splitlines() if line.startswith("-") and not line.startswith("---")]
    old = before["sujets/aides/rsa.yaml"].decode()
    assert all(line[1:] in old for line in removed)
    assert '+  - "- le rmi d\'avant"' in diff
    assert f'+  - "{WORDING}"' in diff
    assert run("diff") == 0
    assert shown.readouterr().out == ""


async def test_apply_adds_the_regression_questions(
    folder: Path, service: ContributionService, shown: pytest.CaptureFixture[str]
) -> None:
    await everything(service)
    assert run("apply") == 0
    questions = {(one.text, one.topic) for one in read_labelled(folder / "evaluation/contributions.jsonl")}
    assert {(WORDING, "rsa"), ("comment réparer mon tracteur", None)} <= questions
    assert ("composteur: gratuit ?", "recevoir-composteur-immeuble") in questions
    shown.readouterr()
    assert main(["evaluate", "--json"]) == 0


async def test_what_an_editor_changed_is_never_overwritten(
    folder: Path, service: ContributionService, shown: pytest.CaptureFixture[str]
) -> None:
    await service.correct("rsa", "titre", "Demander le RSA vite", by=STAFF)
    await service.learn(WORDING, "rsa", by=STAFF)
    await service.learn("le micro prêt du quartier", "microcredit", by=STAFF)
    rsa, micro = folder / "sujets/aides/rsa.yaml", folder / "sujets/aides/microcredit.yaml"
    rsa.write_text(rsa.read_text("utf-8").replace('titre: "Demander le RSA"', 'titre: "Le RSA"'), "utf-8")
    micro.unlink()
    assert run("diff") == 1
    out = shown.readouterr().out
    assert "Conflit : knowledge/sujets/aides/rsa.yaml, « titre »" in out
    assert "    Le RSA\n" in out
    assert "    Demander le RSA vite\n" in out
    assert "« microcredit » n'existe plus" in out
    assert run("apply") == 1
    text = rsa.read_text("utf-8")
    assert 'titre: "Le RSA"' in text
    assert WORDING in text
    left = [name for name in files(folder) if name.startswith("contributions/")]
    assert sorted(left) == ["contributions/corrections/rsa.titre.1.yaml", "contributions/phrases/microcredit.yaml"]


async def test_what_an_editor_wrote_too_is_simply_dropped(
    folder: Path, service: ContributionService, shown: pytest.CaptureFixture[str]
) -> None:
    await service.learn("Le RMI d'avant", "rsa", by=STAFF)
    await service.correct("rsa", "titre", "Le RSA", by=STAFF)
    rsa = folder / "sujets/aides/rsa.yaml"
    text = rsa.read_text("utf-8").replace('titre: "Demander le RSA"', 'titre: "Le RSA"')
    rsa.write_text(text.replace("phrases:\n", "phrases:\n  - le rmi d'avant ?\n"), "utf-8")
    before = rsa.read_bytes()
    assert run("apply") == 0
    assert rsa.read_bytes() == before
    assert not [name for name in files(folder) if name.startswith("contributions/")]


async def test_windows_line_ends_stay(
    folder: Path, service: ContributionService, shown: pytest.CaptureFixture[str]
) -> None:
    rsa = folder / "sujets/aides/rsa.yaml"
    rsa.write_bytes(b"\xef\xbb\xbf" + rsa.read_bytes().replace(b"\n", b"\r\n"))
    before = rsa.read_bytes()
    await service.learn(WORDING, "rsa", by=STAFF)
    assert run("apply") == 0
    after = rsa.read_bytes()
    assert after.replace(f'  - "{WORDING}"\r\n'.encode(), b"") == before


def test_with_nothing_taught_there_is_nothing_to_do(shown: pytest.CaptureFixture[str]) -> None:
    assert run("diff") == run("apply") == 0
    assert shown.readouterr().out == ""
