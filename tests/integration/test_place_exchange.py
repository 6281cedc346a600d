"""Places out to the public schemas and back: nothing is lost, nothing dangerous gets in."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.knowledge_base.place_files import read_directory, read_places, write_place
from bot.knowledge_base.place_schema import PlaceEntry
from bot.knowledge_base.problems import ProblemList
from bot.services.place_exchange import SCHEMAS, Change, ExchangeError, Planner, Schema, read_rows, write_rows
from bot.services.place_exchange.cells import protected, unprotected
from bot.services.place_exchange.lists import join, split
from bot.services.place_exchange.phones import international, national
from bot.services.place_exchange.reading import MAX_DEPTH, parse_rows

_FOLDER = Path(__file__).parents[2] / "knowledge"
_MEDIATION, _DATA_INCLUSION = SCHEMAS["mediation"], SCHEMAS["data-inclusion"]
_FOREIGN = {
    "id": "structure-1", "pivot": "43493312300029", "nom": "Anonymal", "commune": "Reims", "code_postal": "51100",
    "code_insee": "51454", "adresse": "12 BIS RUE DE LECLERCQ", "complement_adresse": "Le patio",
    "latitude": "43.52609", "longitude": "5.41423", "typologie": "TIERS_LIEUX;ASSO", "telephone": "+33180059880",
    "courriels": "contact@laquincaillerie.tl;responsable@laquincaillerie.tl",
    "site_web": "https://www.laquincaillerie.tl/|https://m.facebook.com/laquincaillerienumerique/",
    "horaires": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "presentation_resume": "Des formations.",
    "presentation_detail": "Notre parcours\npermet l'initiation.", "source": "Hubik", "itinerance": "Itinérant",
    "structure_parente": "La ville", "date_maj": "2022-06-02",
    "services": "Aide aux démarches administratives|Loisirs et créations numériques",
    "publics_specifiquement_adresses": "Jeunes|Femmes", "prise_en_charge_specifique": "Surdité;Illettrisme",
    "frais_a_charge": "Gratuit", "dispositif_programmes_nationaux": "Aidants Connect|La Croix Rouge",
    "formations_labels": "SUD LABS (PACA)", "autres_formations_labels": "Label; et la bête|",
    "modalites_acces": "Se présenter|Téléphoner", "modalites_accompagnement": "En autonomie",
    "fiche_acces_libre": "https://acceslibre.beta.gouv.fr/app/x/", "prise_rdv": "https://www.rdv-solidarites.fr/",
    "colonne_locale": "=1+1",
}  # fmt: skip


def _csv(*rows: dict[str, str]) -> str:
    stream = StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _plan(text: str, existing: list[PlaceEntry] | None = None, schema: Schema | None = None) -> list[Change]:
    used, rows = parse_rows(text, "essai", schema)
    planner = Planner(existing or [], used)
    planned = [planner.plan(row) for row in rows]
    assert all(isinstance(one, Change) for one in planned), planned
    return [one for one in planned if isinstance(one, Change)]


def _shipped() -> list[PlaceEntry]:
    return [file.entry for file in read_places(_FOLDER, ProblemList(_FOLDER))]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda schema: schema.name)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_exported_is_imported_equal(schema: Schema, form: str) -> None:
    entries = _shipped()
    text = write_rows(entries, schema, "csv" if form == "csv" else "json")
    assert [change.entry for change in _plan(text)] == entries
    assert {change.kind for change in _plan(text, entries)} == {"same"}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_foreign_place_loses_nothing(form: str) -> None:
    [change] = _plan(_csv(_FOREIGN))
    entry = change.entry
    assert entry.autres is not None
    assert entry.autres.mediation["pivot"] == "43493312300029"
    assert entry.telephone == "01 80 05 98 80"
    assert entry.courriels == ["contact@laquincaillerie.tl", "responsable@laquincaillerie.tl"]
    assert entry.sujets == ["aide-demarche-en-ligne"]
    text = write_rows([entry], _MEDIATION, "csv" if form == "csv" else "json", own=False)
    _, [row] = parse_rows(text, "essai")
    _, [first] = parse_rows(_csv(_FOREIGN), "essai")
    assert row.values == first.values
    assert [one.entry for one in _plan(write_rows([entry], _MEDIATION, "json"))] == [entry]


def test_a_place_passes_through_both_schemas() -> None:
    [change] = _plan(_csv(_FOREIGN))
    text = write_rows([change.entry], _DATA_INCLUSION, "csv")
    assert [one.entry for one in _plan(text)] == [change.entry]


def test_a_data_inclusion_structure() -> None:
    structure = {
        "source": "dora", "id": "dora--AidantsConnect:2024-47BXY", "nom": "Centre social Le Tournesol",
        "description": "Un lieu d'accueil pour toutes et tous, avec des ateliers.", "date_maj": "2025-02-14T08:00:00",
        "siret": "13003013300016", "commune": "Vergt", "code_postal": "24380", "latitude": 45.02, "longitude": 0.71,
        "telephone": "0533095898", "courriel": "accueil@exemple.fr", "reseaux_porteurs": ["france-service", "fcsf"],
        "lien_source": "https://dora.inclusion.gouv.fr/x", "_extra": {"a": [1, 2]}, "score_qualite": 0.5,
    }  # fmt: skip
    [change] = _plan(json.dumps({"items": [structure]}))
    entry = change.entry
    assert entry.id == "dora-aidantsconnect-2024-47bxy"
    assert entry.types == ["france-services"]
    assert entry.telephone == "05 33 09 58 98"
    assert entry.autres is not None
    assert entry.autres.data_inclusion["id"] == structure["id"]
    assert entry.autres.data_inclusion["reseaux_porteurs"] == ["france-service", "fcsf"]
    [back] = json.loads(write_rows([entry], _DATA_INCLUSION, "json", own=False))
    assert back["id"] == structure["id"]
    assert back["reseaux_porteurs"] == structure["reseaux_porteurs"]
    assert [one.kind for one in _plan(json.dumps([structure]), [entry])] == ["same"]


def test_every_column_of_1_0_2_is_known_and_2_0_0_is_read_too() -> None:
    """The columns of 1.0.2; 2.0.0 (September 2026) drops `structure_parente` and lets two be empty."""
    published = set(_FOREIGN) - {"colonne_locale"}
    assert set(_MEDIATION.columns) == published
    newer = {name: value for name, value in _FOREIGN.items() if name != "structure_parente"}
    [change] = _plan(_csv(newer | {"pivot": ""}))
    assert change.entry.autres is not None
    assert {"pivot", "structure_parente"}.isdisjoint(change.entry.autres.mediation)
    assert change.entry.autres.mediation["colonne_locale"] == "=1+1"  # unknown columns are kept


def test_what_stands_for_nothing_is_nothing() -> None:
    [known] = _plan(_csv(_FOREIGN))
    empty = {"pivot": "00000000000000", "date_maj": "1970-01-01"}
    [again] = _plan(_csv(_FOREIGN | empty), [known.entry])
    assert again.kind == "same"
    schema, [row] = parse_rows(_csv(_FOREIGN | empty), "essai")
    [problem] = Planner([], schema).plan(row)  # type: ignore[misc]  # a list of problems, as asserted
    assert "il manque « date_maj »" in problem.message


def test_an_empty_cell_erases_nothing() -> None:
    [entry] = [change.entry for change in _plan(_csv(_FOREIGN))]
    [change] = _plan(_csv(_FOREIGN | {"telephone": "", "courriels": "", "nom": "Anonymal 2"}), [entry])
    assert change.kind == "changed"
    assert [one.field for one in change.differences] == ["nom"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id", "", "il manque « id »"),
        ("nom", "", "il manque « nom »"),
        ("date_maj", "", "date_maj"),
        ("date_maj", "02/06/2022", "année-mois-jour"),
        ("latitude", "nord", "nombre de degrés"),
        ("latitude", "99", "entre -90 et 90"),
        ("code_postal", "2400", "5 chiffres"),
        ("telephone", "12 34", "le numéro doit s'écrire"),
        ("site_web", "javascript:alert(1)", "https://"),
        ("courriels", "personne", "e-mail"),
        ("nom", "x" * 151, "trop long"),
        ("adresse", "rue\x00nulle", "caractère interdit"),
        ("id", "???", "ni lettre ni chiffre"),
        ("_acces_droits", "{", "n'est pas du JSON"),
        ("_acces_droits", '{"id": "../../etc"}', "minuscules"),
    ],
)
def test_a_bad_line_says_why(field: str, value: str, message: str) -> None:
    schema, rows = parse_rows(_csv(_FOREIGN | {field: value}), "essai")
    problems = Planner([], schema).plan(rows[0])
    assert isinstance(problems, list)
    assert {problem.line for problem in problems} == {2}
    assert any(message in problem.message for problem in problems), problems


def test_a_line_of_another_length_and_a_place_twice() -> None:
    text = "id,pivot,nom,date_maj\na,1,A,2026-01-01\nb,2\na,1,A,2026-01-01\n"
    schema, rows = parse_rows(text, "essai")
    planner = Planner([], schema)
    first, short, twice = (planner.plan(row) for row in rows)
    assert isinstance(first, Change)
    assert isinstance(short, list)
    assert isinstance(twice, list)
    assert (short[0].line, short[0].message) == (3, "cette ligne a 2 colonnes, il en faut 4")
    assert (twice[0].line, twice[0].message) == (4, "le lieu « a » est déjà donné ligne 2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "n'a pas les colonnes"),
        ("nom;prenom\na;b\n", "n'a pas les colonnes"),
        ("id,id,nom,pivot\n", "deux fois"),
        ("id,,nom,pivot\n", "pas de nom"),
        (",".join(f"c{number}" for number in range(151)), "trop de colonnes"),
        ('id,nom,pivot\n1,"ouvert\n', "CSV correct"),
        ("[" * 100_000, "imbriqué"),
        ('[{"id": 1, "id": 2}]', "deux fois"),
        ('[{"id": NaN}]', "n'est pas un nombre"),
        ("{", "JSON correct"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        parse_rows(text, "essai")


def test_deep_and_foreign_json_is_refused_by_rank() -> None:
    deep: object = 1
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    schema, rows = parse_rows(json.dumps([3, {"id": "a", "nom": "A", "pivot": "1", "x": deep}]), "essai")
    assert schema is _MEDIATION
    assert [(row.line, row.problem) for row in rows] == [
        (1, "ce n'est pas un objet JSON avec des colonnes"),
        (2, "le contenu est trop imbriqué"),
    ]


def test_a_big_or_foreign_file_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("id,nom\n1,Périgueux\n".encode("latin-1"))
    with pytest.raises(ExchangeError, match="UTF-8"):
        read_rows(latin)
    big = tmp_path / "big.csv"
    with big.open("wb") as stream:
        stream.truncate(20_000_001)
    with pytest.raises(ExchangeError, match="trop gros"):
        read_rows(big)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    for begun in (text, f"id,nom,pivot,date_maj\n{text}", f'[{{"id": "a", "nom": "b", "pivot": {text}}}]'):
        try:
            schema, rows = parse_rows(begun, "essai")
        except ExchangeError:
            continue
        planner = Planner([], schema)
        for row in rows:
            planner.plan(row)


_cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip)


@given(st.one_of(_cells, _cells.map(lambda text: f"={text}"), st.sampled_from(["'=1", "''-2", "-0.5", "+33553000000"])))
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    safe = protected(cell)
    assert unprotected(safe) == cell
    assert not safe.startswith(("=", "@"))
    if safe.startswith(("+", "-")):
        assert safe[1:].replace(".", "").isdigit()


@given(st.lists(_cells.map(lambda text: text.replace("|", "").strip()).filter(bool), unique=True, max_size=5))
def test_lists_come_back(values: list[str]) -> None:
    assert split(join(values)) == values


@given(st.integers(100_000_000, 999_999_999))
def test_phones_come_back(number: int) -> None:
    written = national(f"+33{number}")
    assert international(written) == f"+33{number}"
    assert national(written) == written


_lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip


@given(name=_lines, note=_lines, address=_lines, other=_lines, items=st.lists(_lines, max_size=3, unique=True))
def test_any_words_survive_a_round_trip(name: str, note: str, address: str, other: str, items: list[str]) -> None:
    values = [item.replace("|", "/") for item in items]
    entry = PlaceEntry.model_validate(
        {"id": "lieu-test", "nom": name, "types": ["autre"], "adresse": address, "note": note,
         "position": {"lat": 45.1, "lon": -0.7}, "telephone": "3230", "sources": [{"titre": other}],
         "verifie_le": "2026-11-22", "a_revoir_dans": 6, "confiance": "haute",
         "autres": {"mediation": {"pivot": other, "formations_labels": list(dict.fromkeys(values))}
                    if values else {"pivot": other}}},
    )  # fmt: skip
    for schema in SCHEMAS.values():
        for text in (write_rows([entry], schema, "csv"), write_rows([entry], schema, "json")):
            assert [change.entry for change in _plan(text)] == [entry]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "knowledge"
    for entry in _shipped()[:3]:
        write_place(folder, entry)
    monkeypatch.setenv("BOT_KNOWLEDGE", str(folder))
    return folder


def test_the_command_line_there_and_back(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "lieux.csv"
    assert main(["places", "export", str(out), "--schema", "mediation"]) == 0
    assert main(["places", "import", str(out)]) == 0
    assert "3 inchangé(s), 0 ligne(s) refusée(s)" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in (base / "lieux").iterdir()}
    incoming = tmp_path / "in.csv"
    incoming.write_text(_csv(_FOREIGN, _FOREIGN | {"id": "b", "date_maj": "hier"}), encoding="utf-8")
    assert main(["places", "import", str(incoming), "--dry-run"]) == 1
    printed = capsys.readouterr()
    assert "structure-1 : nouveau (Anonymal)" in printed.out
    assert "rien n'est écrit" in printed.out
    assert f"{incoming}:4: « verifie_le » : la date doit s'écrire" in printed.err
    assert {path.name: path.read_bytes() for path in (base / "lieux").iterdir()} == before
    assert main(["places", "import", str(incoming)]) == 1
    assert (base / "lieux" / "structure-1.yaml").is_file()


def test_a_national_file_gives_our_places_only(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (base / "communes.yaml").write_bytes((_FOLDER / "communes.yaml").read_bytes())
    incoming = tmp_path / "in.csv"
    rows = [
        _FOREIGN,
        _FOREIGN | {"id": "nous", "commune": "COULOUNIEIX CHAMIERS", "code_postal": "24660", "code_insee": "24138"},
        _FOREIGN | {"id": "nous-aussi", "commune": "St Paul de Serre", "code_postal": "24380", "code_insee": ""},
        _FOREIGN | {"id": "ailleurs", "commune": "Saint-Paul", "code_postal": "73170", "code_insee": ""},
    ]
    incoming.write_text(_csv(*rows), encoding="utf-8")
    assert main(["places", "import", str(incoming)]) == 0
    printed = capsys.readouterr().out
    assert "2 nouveau(x)" in printed
    assert "2 lieu(x) hors du Grand Périgueux" in printed
    directory = read_directory(base, (), ProblemList(base))
    assert directory.places["nous"].commune == "Coulounieix-Chamiers"
    assert main(["places", "import", str(incoming), "--dry-run", "--everywhere"]) == 0
    assert "2 nouveau(x)" in capsys.readouterr().out


def test_a_strict_export_has_only_the_schemas_columns(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "export", "-", "--schema", "data-inclusion", "--strict"]) == 0
    header = next(csv.reader(StringIO(capsys.readouterr().out)))
    assert tuple(header) == _DATA_INCLUSION.columns


def test_what_cannot_be_read_is_one_line(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "import", str(tmp_path / "absent.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
