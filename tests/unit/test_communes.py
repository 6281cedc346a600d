"""Communes as residents write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commune_finder import CommuneFinder
from bot.knowledge_base.place_files import read_directory
from bot.knowledge_base.problems import ProblemList

_FOLDER = Path(__file__).parents[2] / "knowledge"
_DIRECTORY = read_directory(_FOLDER, (), ProblemList(_FOLDER))
_FINDER = _DIRECTORY.finder
_NAMES = [commune.name for commune in _DIRECTORY.communes]
_LETTERS = "abcdefghijklmnopqrstuvwxyzéèàç"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Périgueux", "Périgueux"),
        ("PERIGUEUX", "Périgueux"),
        ("perigeu", "Périgueux"),
        ("je suis à perigueu", "Périgueux"),
        ("24000", "Périgueux"),
        ("24 000", "Périgueux"),
        ("gour de l arche", "Périgueux"),
        ("boulasac", "Boulazac Isle Manoire"),
        ("Atur", "Boulazac Isle Manoire"),
        ("ste marie de chignac", "Boulazac Isle Manoire"),
        ("coulouniex chamié", "Coulounieix-Chamiers"),
        ("chamiers", "Coulounieix-Chamiers"),
        ("treillisac", "Trélissac"),
        ("chato levèk", "Château-l'Évêque"),
        ("razac sur lile", "Razac-sur-l'Isle"),
        ("marsac", "Marsac-sur-l'Isle"),
        ("st pierre de chignac", "Saint-Pierre-de-Chignac"),
        ("St-Mayme", "Saint-Mayme-de-Péreyrol"),
        ("saint crépin d'auberoche", "Saint-Crépin-d'Auberoche"),
        ("sainte alvere", "Val de Louyre et Caudeau"),
        ("ladouze", "La Douze"),
        ("24110 manzac", "Manzac-sur-Vern"),
        ("j'habite vergt 24380", "Vergt"),
        ("la mensiniak", "Mensignac"),
        ("ligeux", "Sorges et Ligueux en Périgord"),
        ("notre dame de sanillac", "Sanilhac"),
        ("le change", "Bassillac et Auberoche"),
    ],
)
def test_found_whatever_the_spelling(written: str, name: str) -> None:
    commune = _FINDER.certain(written)
    assert commune is not None
    assert commune.name == name


@pytest.mark.parametrize(
    "written",
    ["", "   ", "?", "bonjour", "caf", "rsa", "mairie", "passeport", "logement", "douze",
      "avoir", "change", "histoire", "vert", "courses",
     "bourreau", "bordeaux", "bergerac", "au secours", "75001", "1234567", "je veux refaire ma carte d'identité"],
)  # fmt: skip
def test_other_words_are_no_commune(written: str) -> None:
    assert _FINDER.certain(written) is None


def test_a_shared_postal_code_gives_a_choice() -> None:
    assert _FINDER.certain("24380") is None
    assert {"Vergt", "Lacropte", "Salon"} <= {match.commune.name for match in _FINDER.find("24380")}


def test_a_name_that_two_communes_share_gives_a_choice() -> None:
    found = {match.commune.name for match in _FINDER.find("saint laurent")[:2]}
    assert found == {"Boulazac Isle Manoire", "Val de Louyre et Caudeau"}
    assert _FINDER.certain("saint laurent") is None


def test_there_are_43_communes_and_every_form_leads_to_its_own() -> None:
    assert len(_DIRECTORY.communes) == 43
    wrong = {
        (form, commune.name)
        for commune in _DIRECTORY.communes
        for form in commune.forms
        if (found := _FINDER.find(form)) and found[0].commune != commune and found[0].score > found[-1].score
    }
    assert wrong == set()


def test_postal_codes_are_known_for_all() -> None:
    for commune in _DIRECTORY.communes:
        for code in commune.postal_codes:
            assert commune in [match.commune for match in _FINDER.find(code)]


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    scores = [match.score for match in _FINDER.find(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@given(st.sampled_from([name for name in _NAMES if len(name) >= 9]), st.data())
def test_one_wrong_letter_still_offers_the_commune(name: str, data: st.DataObject) -> None:
    spot = data.draw(st.integers(1, len(name) - 1))
    letter = data.draw(st.sampled_from(_LETTERS))
    written = data.draw(st.sampled_from([name[:spot] + name[spot + 1 :], name[:spot] + letter + name[spot:]]))
    assert name in [match.commune.name for match in _FINDER.find(written)[:3]]


@given(st.sampled_from(_NAMES), st.sampled_from(["upper", "lower", "title"]), st.sampled_from([" ", "-", "  "]))
def test_case_and_hyphens_do_not_matter(name: str, case: str, between: str) -> None:
    written = getattr(name.replace("-", between), case)()
    commune = _FINDER.certain(written)
    assert commune is not None
    assert commune.name == name


def test_no_communes_no_match() -> None:
    assert CommuneFinder([]).find("Périgueux") == ()
