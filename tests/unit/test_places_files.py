"""The places' files: what is shipped is right, and what is broken is refused with a sentence."""

from pathlib import Path

import pytest

from bot.domain.places import doubted_phone
from bot.knowledge_base.place_files import place_text, read_directory, read_places, write_place
from bot.knowledge_base.place_schema import PlaceEntry
from bot.knowledge_base.problems import ProblemList

_FOLDER = Path(__file__).parents[2] / "knowledge"
_TOPICS = {path.stem for path in _FOLDER.glob("sujets/*/*.yaml")}
_GOOD = """\
id: mairie-test
nom: Mairie de test
types: [mairie]
adresse: 1 place du Test
commune: Vergt
code_postal: "24380"
code_insee: "24571"
position: {lat: 45.02, lon: 0.71}
telephone: "05 53 00 00 00"
horaires: du lundi au vendredi
horaires_releves: "2024-08"
sujets: [voter]
sources:
  - titre: Site de la mairie
    date: "2024-08"
verifie_le: 2026-11-22
a_revoir_dans: 6
confiance: haute
"""
_COMMUNES = """\
competents: {agglo: mairie-test, departement: mairie-test, caf: mairie-test}
source: {titre: Liste officielle}
communes:
  - nom: Vergt
    insee: "24571"
    codes_postaux: ["24380"]
    centre: {lat: 45.02, lon: 0.71}
"""


def _problems(folder: Path, text: str = _GOOD, communes: str = _COMMUNES) -> list[str]:
    base = folder / "knowledge"
    (base / "lieux").mkdir(parents=True)
    (base / "lieux" / "mairie-test.yaml").write_text(text, encoding="utf-8")
    (base / "communes.yaml").write_text(communes, encoding="utf-8")
    problems = ProblemList(base)
    read_directory(base, {"voter"}, problems)
    return list(map(str, problems))


def test_the_shipped_places_have_no_problem() -> None:
    problems = ProblemList(_FOLDER)
    directory = read_directory(_FOLDER, _TOPICS, problems)
    assert [problem for problem in problems if problem.blocking] == []
    assert len(directory.places) == 60
    assert set(directory.everywhere) == {"agglo", "departement", "caf"}
    assert directory.switchboard is not None
    assert directory.switchboard.phone == "05 53 35 86 00"


def test_no_shipped_number_is_one_that_still_has_to_be_checked() -> None:
    for file in read_places(_FOLDER, ProblemList(_FOLDER)):
        entry = file.entry
        assert doubted_phone(entry.telephone, entry.a_verifier) is None
        assert not entry.horaires or entry.horaires_releves, entry.id


def test_a_good_file_is_accepted(tmp_path: Path) -> None:
    assert _problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("id: mairie-test", "id: autre", 1, "doit être égal au nom du fichier"),
        ("nom: Mairie de test\n", "", 1, "il manque « nom »"),
        ("types: [mairie]", "types: [chateau]", 3, "doit être"),
        ("adresse:", "adrese:", 4, "« adrese » n'existe pas"),
        ("commune: Vergt", "commune: Vert", 5, "n'est pas dans communes.yaml"),
        ('code_postal: "24380"', "code_postal: 2438", 6, "5 chiffres"),
        ('code_insee: "24571"', 'code_insee: "24322"', 7, "est 24571, pas 24322"),
        ("lat: 45.02", "lat: 450", 8, "entre -90 et 90"),
        ('telephone: "05 53 00 00 00"', 'telephone: "0553000000"', 9, "le numéro doit s'écrire"),
        ('horaires_releves: "2024-08"\n', "", 1, "horaires sans date"),
        ("sujets: [voter]", "sujets: [votter]", 12, "« votter », qui n'existe pas"),
        ('sources:\n  - titre: Site de la mairie\n    date: "2024-08"\n', "", 1, "il manque « sources »"),
        ("verifie_le: 2026-11-22", "verifie_le: 22/11/2026", 16, "année-mois-jour"),
        ("confiance: haute", "confiance: sûre", 18, "doit être"),
        ("confiance: haute", "confiance: haute\na_verifier:\n  - Le 05 53 00 00 00 est-il le bon ?", 1, "a_verifier"),
        ("confiance: haute", "confiance: haute\njoindre_par: personne", 19, "« personne », qui n'existe pas"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    found = _problems(tmp_path, _GOOD.replace(old, new))
    mine = [one for one in found if one.startswith(f"knowledge/lieux/mairie-test.yaml:{line}: ")]
    assert any(message in one for one in mine), found


def test_communes_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    found = _problems(tmp_path, communes=_COMMUNES.replace("caf: mairie-test", "caf: nulle-part"))
    assert found == ["knowledge/communes.yaml:1: « caf » renvoie au lieu « nulle-part », qui n'existe pas"]


def test_a_place_is_written_as_it_is_read(tmp_path: Path) -> None:
    entries = [file.entry for file in read_places(_FOLDER, ProblemList(_FOLDER))]
    for entry in entries:
        write_place(tmp_path, entry)
    problems = ProblemList(tmp_path)
    again = [file.entry for file in read_places(tmp_path, problems)]
    assert list(problems) == []
    assert again == entries
    assert not list((tmp_path / "lieux").glob(".*"))


def test_a_written_place_has_no_empty_line_of_data() -> None:
    entry = PlaceEntry.model_validate(
        {"id": "x", "nom": "X", "types": ["autre"], "sources": [{"titre": "t"}], "verifie_le": "2026-01-01",
         "a_revoir_dans": 3, "confiance": "basse"}
    )  # fmt: skip
    assert "null" not in place_text(entry)
    assert "[]" not in place_text(entry)
