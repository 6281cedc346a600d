"""A translation that says something else than the French text keeps the base from being used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge_base.loader import inspect_knowledge
from bot.settings import read_settings


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The shipped base with the emergency topics only, to be spoilt."""
    shipped = read_settings(_env_file=None).knowledge
    copy = tmp_path / "knowledge"
    shutil.copytree(shipped, copy, ignore=shutil.ignore_patterns("evaluation", "lieux"))
    for theme in (copy / "sujets").iterdir():
        if theme.name != "urgence":
            shutil.rmtree(theme)
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("langues/en.yaml", "3919 : violence", "3918 : violence", "« urgence » : il manque le nombre 3919"),
        ("langues/ar.yaml", "{numero}", "{numéro}", "« contact_sms » : les mots entre accolades"),
        ("langues/fa.yaml", "/themes", "/theme", "« aide_commandes » : les commandes"),
        ("langues/tr.yaml", "langue_choisie:", "langue_choisi:", "il manque le texte « langue_choisie »"),
        ("langues/tr.yaml", "langue_choisie:", "langue_choisi:", "« langue_choisi » n'est pas utilisé"),
        ("langues/ru.yaml", "code: ru", "code: uk", "doit être égal au nom du fichier"),
        ("langues/es.yaml", "bouton_danger_non: No, ahora no", f"bouton_danger_non: {'No ' * 9}", "dépasse 24"),
        ("sujets/urgence/enfant-en-danger.yaml", "titre: 'Child in danger: call 119'",
         "titre: 'Child in danger: call 118'", "traduction « en » : il manque le nombre 119"),
        ("sujets/urgence/enfant-en-danger.yaml", "      - Do not investigate yourself.\n", "", "il faut 5 étapes"),
        ("sujets/urgence/enfant-en-danger.yaml", "bouton: 'Child in danger: 119'", "bouton: 'Call 17 45'",
         "le nombre du bouton"),
        ("sujets/urgence/enfant-en-danger.yaml", "\n  en:\n", "\n  xx:\n", "la langue « xx » n'a pas de fichier"),
    ],
)  # fmt: skip
def test_a_difference_is_a_mistake(base: Path, file: str, old: str, new: str, said: str) -> None:
    path = base / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, problems = inspect_knowledge(base)
    found = [problem for problem in problems if problem.blocking and said in problem.message]
    assert found, [problem.message for problem in problems][:5]
    assert all(problem.file.endswith(path.name) for problem in found)
