"""`acces-droits check` as an editor or a script runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from bot.__main__ import main
from tests.knowledge.small_base import SmallBase

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(base: SmallBase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command on the small base: exit code, standard output, standard error."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(base.folder))

    def go(*options: str) -> tuple[int, str, str]:
        code = main(["check", *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return go


def test_sound_base(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "2 sujets : aucun problème."
    assert re.search(r"^aides +\d+ +\d+\.\d +0\.0 % +\d+$", out, re.MULTILINE)


def test_each_problem_is_a_line_with_file_and_line(base: SmallBase, run: Run) -> None:
    base.replace("sujets/aides/un.yaml", "voir_aussi: []", "voir_aussi: [absent]")
    base.replace("sujets/aides/deux.yaml", "bouton: Un bouton", "bouton: Un bouton beaucoup trop long")
    base.path("schema/sujet.schema.json").write_text("{}")
    code, out, err = run()
    assert code == 1
    lines = [line for line in out.splitlines() if line.startswith("knowledge/")]
    assert all(re.fullmatch(r"knowledge/[^:]+\.(yaml|json):\d+: .+", line) for line in lines)
    reference = base.line("sujets/aides/un.yaml", "absent")
    stale = "ce schéma n'est plus à jour : lancez « acces-droits check --write-schema »"
    assert lines == [
        f"knowledge/schema/sujet.schema.json:1: {stale}",
        "knowledge/sujets/aides/deux.yaml:4: « bouton » est trop long : 24 caractères au plus, il y en a 28",
        f"knowledge/sujets/aides/un.yaml:{reference}: « voir_aussi » renvoie au sujet « absent », qui n'existe pas",
    ]
    assert err == "1 sujet : 3 problème(s).\n"


def test_json(base: SmallBase, run: Run) -> None:
    base.replace("sujets/aides/un.yaml", "titre: Un titre simple", "titre:")
    code, out, _ = run("--json")
    report = json.loads(out)
    assert code == 1
    assert report["problems"] == [
        {"file": "knowledge/sujets/aides/un.yaml", "line": 3, "message": "« titre » est vide"}
    ]
    assert report["topics"] == 1
    assert set(report["readability"]) == {"aides", "ensemble"}
    assert set(report["readability"]["ensemble"]) == {"sentences", "mean_words", "long", "kandel_moles"}


def test_json_of_a_sound_base(run: Run) -> None:
    code, out, err = run("--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["problems"] == []


def test_write_schema_mends_stale_schemas(base: SmallBase, run: Run) -> None:
    base.path("schema/sujet.schema.json").unlink()
    assert run()[0] == 1
    assert run("--write-schema")[0] == 0
    assert run()[0] == 0


def test_no_folder(monkeypatch: pytest.MonkeyPatch, base: SmallBase, run: Run) -> None:
    monkeypatch.setenv("BOT_KNOWLEDGE", str(base.folder / "absent"))
    code, out, err = run()
    assert code == 1
    assert "ce dossier n'existe pas" in out
    assert err == "0 sujet : 1 problème(s).\n"


def test_unknown_option(run: Run) -> None:
    code, out, err = run("--liens")
    assert (code, out) == (2, "")
    assert err == "acces-droits : je ne connais pas : --liens (voir « acces-droits --help »)\n"
