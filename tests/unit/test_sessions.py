"""Sessions as pure values: durations, what is kept of typed words, the team's figures without anybody in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coop import usual_duration
from bot.domain.session_figures import SMALLEST_SHOWN, shown_counts, shown_parts
from bot.domain.session_privacy import LONGEST, note_without_person, without_person
from bot.domain.sessions import Note, Session
from handlers.render.session_figures import _cell
from handlers.session_data import SessionAction, SessionPressed, decode, encode
from handlers.sessions.commands import _read

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def session(**others: object) -> Session:
    return Session(id=1, kind="individual", started=START, last=START, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "usual"),
    [
        (1, 15),
        (15, 15),
        (22, 15),
        (23, 30),
        (40, 45),
        (53, 60),
        (75, 60),
        (76, 90),
        (120, 120),
        (135, 120),
        (136, None),
    ],
)
def test_the_nearest_duration_of_the_form(minutes: int, usual: int | None) -> None:
    assert usual_duration(minutes) == usual


def test_a_session_lasts_at_least_a_minute_and_as_long_as_was_said() -> None:
    assert session(ended=START).minutes == 1
    assert session(ended=START + timedelta(minutes=40)).minutes == 40
    assert session(ended=START + timedelta(minutes=40), given_minutes=90).minutes == 90


def test_no_equipment_and_equipment_exclude_each_other() -> None:
    both = session().with_equipment("ordinateur").with_equipment("tablette")
    assert both.equipment == ("ordinateur", "tablette")
    assert both.with_equipment("aucun").equipment == ("aucun",)
    assert both.with_equipment("aucun").with_equipment("telephone").equipment == ("telephone",)
    assert both.with_equipment("tablette").equipment == ("ordinateur",)


def test_the_topics_kept_count_before_those_that_were_only_answered() -> None:
    asked = (Note("question", "rsa"), Note("question", "aah"), Note("question", "rsa"), Note("question"))
    assert session(notes=asked).topics == ("rsa", "aah")
    assert session(notes=(*asked, Note("kept", "aah"))).topics == ("aah",)


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        ("la dame née en 1957 n'a pas de mail", "1957"),
        ("personne de 1948, seule", "1948"),
        ("né en 57", "57"),
        ("née le 12/03/1957", "12/03"),
        ("12-03-57, carte perdue", "12-03"),
        ("Léa ne sait pas scanner", "Léa"),
        ("avec Marie et Prune", "Marie"),
        ("martin bloque sur le code", "martin"),
        ("Mme Zébulon attend", "Zébulon"),
        ("rappeler le 06 39 98 12 34", "06 39"),
        ("mail zebulon@exemple.fr", "zebulon"),
        ("habite 12 rue des Lilas", "Lilas"),
        ("sécu 1 57 03 24 322 001 26", "322 001"),
    ],
)
def test_nothing_that_tells_who_it_is_can_be_typed(typed: str, secret: str) -> None:
    assert secret in typed
    assert secret not in note_without_person(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "pas de téléphone pour recevoir le code",
        "la déclaration de 2026 est introuvable",
        "imprimante en panne, site de la Caf trop lent",
        "Salle des fêtes de Vergt",
    ],
)
def test_ordinary_words_stay(typed: str) -> None:
    assert note_without_person(typed) == typed


@given(st.text(max_size=600))
def test_a_note_is_short_and_one_line_and_masked_once_and_for_all(text: str) -> None:
    note = note_without_person(text)
    assert len(note) <= LONGEST
    assert "\n" not in note
    again = without_person(note)
    assert without_person(again) == again


def test_small_numbers_of_the_team_are_hidden() -> None:
    assert SMALLEST_SHOWN == 5
    shown = {one.name: one.number for one in shown_parts({"individual": 30, "workshop": 8, "remote": 2})}
    assert shown == {"individual": 30, "workshop": None, "remote": None}  # else 40 - 30 - 8 would tell
    assert {one.name: one.number for one in shown_parts({"individual": 6, "workshop": 5})} == {
        "individual": 6,
        "workshop": 5,
    }
    assert [(one.name, one.number) for one in shown_counts({"Logement": 4, "Justice": 5})] == [
        ("Justice", 5),
        ("Logement", None),
    ]


@given(st.dictionaries(st.sampled_from(["individual", "workshop", "remote"]), st.integers(0, 40)))
def test_what_is_hidden_is_never_one_part_alone(counts: dict[str, int]) -> None:
    parts = shown_parts(counts)
    hidden = [one for one in parts if one.number is None]
    assert len(hidden) != 1 or len(parts) == 1
    assert all(one.number is None or one.number >= SMALLEST_SHOWN for one in parts)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _cell(text).startswith("'")
    assert _cell("Vergt") == "Vergt"


@given(st.sampled_from(SessionAction), st.integers(0, 999_999_999), st.sampled_from(["", "rsa", "field=été"]))
def test_button_data_comes_back(action: SessionAction, number: int, about: str) -> None:
    data = encode(action, number, about)
    assert 1 <= len(data.encode()) <= 64
    assert decode(data, ["rsa", "field=été"]) == SessionPressed(action, number, about)


@given(st.text(max_size=80))
def test_foreign_button_data_is_nothing(data: str) -> None:
    assert decode(data, ["rsa"]) is None or data.startswith("se:")


@pytest.mark.parametrize(
    ("words", "kind", "place"),
    [
        ("", None, ""),
        ("Atelier", "workshop", ""),
        ("atelier collectif Vergt", "workshop", "Vergt"),
        ("à distance", "remote", ""),
        ("individuelle, Centre social L'Arche", "individual", "Centre social L'Arche"),
        ("Médiathèque", None, "Médiathèque"),
    ],
)
def test_one_line_says_kind_and_place(words: str, kind: str | None, place: str) -> None:
    assert _read(words) == (kind, place)


@given(st.text(max_size=200))
def test_whatever_is_typed_has_a_kind_or_none(words: str) -> None:
    kind, place = _read(words)
    assert kind in (None, "individual", "workshop", "remote")
    assert place == place.strip(" ,:")
