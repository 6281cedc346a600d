"""One place of a file is changed, and every other character stays as the editor wrote it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.contributions import one_line
from bot.knowledge_base.text_edits import (
    EditError,
    add_key,
    append_item,
    plain_data,
    remove_item,
    replace_items,
    replace_scalar,
    scalar,
)

FILE = """\
# un commentaire en tête
id: rsa
titre: "Demander : le RSA"   # le titre
reponse: >-
  Le RSA aide les personnes sans revenu.
  Il est versé par la Caf.

etapes:
  - Appelez la Caf.
  # l'étape suivante est la plus longue
  - 'Remplissez le dossier.'
  - Attendez.
facettes:
  ou: À la Caf.

  sans_internet: >-
    Au guichet,
    à Périgueux.
phrases:
  # clair
  - Comment demander le RSA ?
  # sms
  - "c koi: le rsa"   # lu en session
mots:
  [RSA, "revenu minimum",
   rmi]
contacts:
  - {nom: Caf, telephone: "3230"}
  - nom: Mairie
    adresse: Place Bugeaud
# fin
"""
WORDING = st.text(min_size=1, max_size=80).map(one_line).filter(bool)
KEPT = FILE.splitlines(keepends=True)


def kept_lines(changed: str, base: str = FILE) -> bool:
    """Whether every line of the base still stands, in order, byte for byte."""
    lines = iter(changed.splitlines(keepends=True))
    return all(line in lines for line in base.splitlines(keepends=True))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(wording=WORDING)
def test_a_phrase_is_one_line_more_whatever_it_says(newline: str, wording: str) -> None:
    base = FILE.replace("\n", newline)
    changed = append_item(base, ("phrases",), wording)
    assert plain_data(changed)["phrases"] == [*plain_data(base)["phrases"], wording]
    before, after = base.split(newline), changed.split(newline)
    assert len(after) == len(before) + 1
    place = before.index("mots:")
    assert after[:place] + after[place + 1 :] == before


@given(wording=WORDING)
def test_a_list_between_brackets_grows_between_its_brackets(wording: str) -> None:
    changed = append_item(FILE, ("mots",), wording)
    assert plain_data(changed)["mots"] == ["RSA", "revenu minimum", "rmi", wording]
    lines = changed.splitlines(keepends=True)
    assert [line for line in KEPT if line not in lines] == ["   rmi]\n"]


@given(wording=WORDING)
def test_an_item_added_can_be_removed_to_the_byte(wording: str) -> None:
    assert remove_item(append_item(FILE, ("phrases",), wording), ("phrases",), 2) == FILE


@given(value=WORDING, place=st.sampled_from([
    ("titre",), ("reponse",), ("etapes", 0), ("etapes", 1), ("facettes", "ou"), ("facettes", "sans_internet"),
    ("mots", 1), ("contacts", 0, "telephone"), ("contacts", 1, "adresse"),
]))  # fmt: skip
def test_a_text_is_changed_where_it_stands(value: str, place: tuple[str | int, ...]) -> None:
    assume(value != "")
    changed = replace_scalar(FILE, place, value)
    data, now = plain_data(FILE), plain_data(changed)
    for part in place:
        now = now[part]
    assert now == value
    assert "# le titre" in changed
    assert "# l'étape suivante" in changed
    assert kept_lines(changed, FILE.partition("reponse:")[0]) or place == ("titre",)
    assert data["phrases"] == plain_data(changed)["phrases"]


@given(values=st.lists(WORDING, min_size=1, max_size=6, unique=True))
def test_a_list_is_changed_where_it_differs(values: list[str]) -> None:
    changed = replace_items(FILE, ("etapes",), values)
    assert plain_data(changed) == {**plain_data(FILE), "etapes": values}
    assert changed.partition("etapes:")[0] == FILE.partition("etapes:")[0]
    assert changed[changed.index("facettes:") :] == FILE[FILE.index("facettes:") :]


@given(value=WORDING, place=st.sampled_from([("facettes", "quand"), ("contacts", 0, "note"), ("contacts", 1, "note")]))
def test_a_missing_text_is_added_behind_the_others(value: str, place: tuple[str | int, ...]) -> None:
    changed = add_key(FILE, place, value)
    now = plain_data(changed)
    for part in place:
        now = now[part]
    assert now == value
    assert kept_lines(changed) or place == ("contacts", 0, "note")


@pytest.mark.parametrize(
    "text", ["on", "null", "0553", "9:30", "2026-11-22", "a: b", "# rien", "- x", "*", "&a", "@moi", "'", '"']
)
def test_what_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text).startswith('"')
    assert plain_data(f"- {scalar(text)}") == [text]


@pytest.mark.parametrize("text", ["", "phrases: []\n", "phrases: x\n", "[", "autre: 1\n"])
def test_what_cannot_be_changed_is_said(text: str) -> None:
    with pytest.raises(EditError):
        append_item(text, ("phrases",), "x")


def test_the_last_line_may_have_no_end() -> None:
    assert append_item("phrases:\n  - un", ("phrases",), "deux") == "phrases:\n  - un\n  - deux\n"
