"""Each mistake that an editor can make is refused with its file, its line and a French sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.knowledge_base.loader import inspect_knowledge, load_knowledge
from bot.knowledge_base.problems import KnowledgeError, Problem
from tests.knowledge.small_base import HEADER, SmallBase, topic_text

TOPIC = "sujets/aides/un.yaml"


def _problems(base: SmallBase) -> list[Problem]:
    return inspect_knowledge(base.folder)[1]


def _only(base: SmallBase) -> Problem:
    found = _problems(base)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def test_small_base_is_valid(base: SmallBase) -> None:
    assert _problems(base) == []
    assert list(load_knowledge(base.folder).topics) == ["deux", "un"]


# What stands in the file, what the editor writes instead, and a part of what is said; the line is that of the
# first word of what was written.
MISTAKES = {
    "id is not the file's name": ("id: un\n", "id: une\n", "l'identifiant « une » doit être égal au nom du fichier"),
    "id with capitals": ("id: un\n", "id: Un\n", "doit être écrit en minuscules sans accent"),
    "unknown reference": ("voir_aussi: []", "voir_aussi: [absent]", "renvoie au sujet « absent », qui n'existe pas"),
    "reference to itself": ("voir_aussi: []", "voir_aussi: [un]", "renvoie au sujet lui-même"),
    "duplicate key": (
        "mots: [un]",
        "mots: [un]\ntitre: Un autre titre",
        "« titre » est écrite deux fois (déjà ligne 3)",
    ),
    "empty field": ("titre: Un titre simple", "titre:", "« titre » est vide"),
    "empty list item": ("  - Appelez la mairie.\n", "  -\n", "« etapes n° 1 » est vide"),
    "missing list": ("mots: [un]", "mots:", "« mots » doit être une liste"),
    "date the French way": ("verifie_le: 2026-11-22", "verifie_le: 22/11/2026", "année-mois-jour"),
    "a day that does not exist": ("verifie_le: 2026-11-22", "verifie_le: 2026-02-30", "année-mois-jour"),
    "a date without dashes": ("verifie_le: 2026-11-22", "verifie_le: 20261122", "année-mois-jour"),
    "a source's bad date": ('date: "2026-11"', "date: novembre 2026", "la date doit s'écrire 2026, 2026-11"),
    "a source's impossible day": ('date: "2026-11"', "date: 2026-02-31", "ce jour n'existe pas"),
    "unknown key": ("confiance: haute", "confiance: haute\nconfience: haute", "la clé « confience » n'existe pas"),
    "unknown level": ("confiance: haute", "confiance: forte", "doit être 'haute', 'moyenne' ou 'basse', pas « forte »"),
    "months in letters": (
        "a_revoir_dans: 6",
        "a_revoir_dans: six mois",
        "nombre de mois entre 1 et 24, pas « six mois »",
    ),
    "too many months": ("a_revoir_dans: 6", "a_revoir_dans: 60", "nombre de mois entre 1 et 24, pas « 60 »"),
    "endless months": ("a_revoir_dans: 6", f"a_revoir_dans: {'9' * 5000}", "nombre de mois entre 1 et 24"),
    "address without https": (
        "    url: https://www.service-public.gouv.fr",
        "    url: www.service-public.gouv.fr",
        "l'adresse doit commencer par https://",
    ),
    "address with a space": (
        "    url: https://www.service-public.gouv.fr",
        "    url: https://www.service public.gouv.fr",
        "ne contenir aucun espace",
    ),
    "phone without spaces": ("    telephone: 05 53 35 86 00", "    telephone: 0553358600", "doit s'écrire comme 05 53"),
    "phone with letters": ("    telephone: 05 53 35 86 00", "    telephone: voir le site", "doit s'écrire comme 05 53"),
    "button too long": (
        "bouton: Un bouton",
        "bouton: Un bouton beaucoup trop long",
        "24 caractères au plus, il y en a 28",
    ),
    "brief too long": ('en_bref: "Une demi-ligne"', f"en_bref: {'mot ' * 20}", "70 caractères au plus, il y en a 79"),
    "colon without quotes": ("titre: Un titre simple", "titre: APL : une aide", "« : » se met entre guillemets"),
    "colon in a list": ("  - Appelez la mairie.", "  - Appelez : la mairie", "« : » se met entre guillemets"),
    "text on two lines": (
        "titre: Un titre simple",
        'titre: "Un\\ntitre"',
        "ce texte doit tenir sur une ligne (« Un titre »)",
    ),
    "a list where a text stands": ("titre: Un titre simple", "titre: [Un, titre]", "« titre » doit être un texte"),
    "a text where keys stand": (
        "  - nom: Mairie\n    telephone: 05 53 35 86 00",
        "  - Mairie",
        "doit contenir des clés",
    ),
    "unclosed quote": ("mots: [un]", 'mots: ["un]', "des guillemets ou le crochet final"),
    "quote never closed": ("confiance: haute", 'confiance: "haute', "des guillemets ouverts ici ne sont pas fermés"),
    "unclosed bracket": ("mots: [un]", "mots: [un", "ou le crochet final"),
    "wrong indentation": ("    telephone: 05 53 35 86 00", "   telephone: 05 53 35 86 00", "n'est pas alignée"),
    "tabulation": ("  - Appelez la mairie.", "\t- Appelez la mairie.", "une tabulation"),
    "a text that begins with @": ("titre: Un titre simple", "titre: @mairie", "se met entre guillemets"),
    "a text that begins with a star": ("titre: Un titre simple", "titre: *mairie", "se met entre guillemets"),
    "anchor and alias": ("mots: [un]", "mots: &a [un, *a]", "les renvois (& et *) ne sont pas permis"),
    "invisible character": ("titre: Un titre simple", "titre: Un\x07titre", "caractère invisible"),
    "two documents": ("mots: [un]", "---\nmots: [un]", "une ligne --- coupe le fichier en deux"),
    "same phrase twice": (
        "  - question numéro 2 sur un\n",
        "  - Question  numero 1 sur un ?\n",
        "est déjà dans aides/un.yaml",
    ),
    "a phrase of another topic": (
        "  - question numéro 2 sur un\n",
        "  - question numéro 2 sur deux\n",
        "est déjà dans aides/deux.yaml",
    ),
    "a phrase of signs only": ("  - question numéro 2 sur un\n", '  - "???"\n', "cette phrase est vide"),
    "one sentence only": (
        "reponse: Voici une aide. Elle est pour vous.",
        "reponse: Voici une aide pour vous.",
        "doit avoir de 2 à 5 phrases, il y en a 1",
    ),
    "sentence too long": (
        "  sans_internet: Appelez la mairie.",
        f"  sans_internet: Appelez{' la mairie' * 12}.",
        "phrase trop longue (25 mots, 22 au plus) : « Appelez la mairie",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_refused_at_its_line(mistake: str, base: SmallBase) -> None:
    old, new, said = MISTAKES[mistake]
    base.replace(TOPIC, old, new)
    found = _problems(base)
    assert found, "nothing is said"
    told = [problem for problem in found if said in problem.message]
    assert told, [str(problem) for problem in found]
    assert told[0].file == f"knowledge/{TOPIC}"
    lines = base.path(TOPIC).read_text(encoding="utf-8").split("\n")
    added = {
        number for number, line in enumerate(lines, 1) if line.strip() and line not in topic_text("un").split("\n")
    }
    assert told[0].line in added or mistake == "two documents", (told[0].line, added)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    telephone: 05 53 35 86 00\n", "", "n'a ni téléphone, ni adresse, ni lien"),
        ("    telephone: 05 53 35 86 00\n", "    lien: https://www.grandperigueux.fr\n", "au moins un contact humain"),
        ("  sans_internet: Appelez la mairie.", "  ou: À la mairie.", "il manque « facettes sans_internet »"),
        ("verifie_le: 2026-11-22\n", "", "il manque « verifie_le »"),
        ("mots: [un]\n", "", "il manque « mots »"),
    ],
    ids=["contact without a way", "no human contact", "nothing without internet", "no date", "no keywords"],
)
def test_what_is_missing_is_named(old: str, new: str, said: str, base: SmallBase) -> None:
    base.replace(TOPIC, old, new)
    assert said in "\n".join(map(str, _problems(base)))


def test_too_few_phrases(base: SmallBase) -> None:
    text = topic_text("un")
    kept = [line for line in text.splitlines() if not line.startswith("  - question numéro 2")]
    kept = [line for line in kept if not line.startswith("  - question numéro 1")]
    base.write(TOPIC, "\n".join(kept))
    found = _only(base)
    assert (found.line, found.message) == (
        base.line(TOPIC, "phrases:"),
        "« phrases » : il en faut au moins 25, il y en a 7",
    )


def test_equal_ids_in_two_themes(base: SmallBase) -> None:
    base.write(
        "themes.yaml", (base.path("themes.yaml").read_text() + "  - {id: sante, titre: S, bouton: S, aide: S.}\n")
    )
    base.write("sujets/sante/un.yaml", topic_text("un"))
    messages = [str(problem) for problem in _problems(base)]
    assert "knowledge/sujets/sante/un.yaml:2: l'identifiant « un » existe déjà dans aides/un.yaml" in messages


def test_theme_that_does_not_exist(base: SmallBase) -> None:
    base.write("sujets/santé/trois.yaml", topic_text("trois"))
    assert str(_only(base)) == "knowledge/sujets/santé/trois.yaml:1: le thème « santé » n'est pas dans themes.yaml"


def test_theme_twice_and_theme_without_topic(base: SmallBase) -> None:
    text = base.path("themes.yaml").read_text()
    base.write("themes.yaml", text + text.split("\n", 1)[1] + "  - {id: vide, titre: V, bouton: V, aide: V.}\n")
    found = _problems(base)
    assert {p.message: p.blocking for p in found} == {
        "le thème « aides » est écrit deux fois": True,
        "le thème « vide » n'a aucun sujet": False,
    }


def test_small_talk_twice(base: SmallBase) -> None:
    entry = "  - {id: merci, reponse: De rien., phrases: [merci, mrc, merci bien]}\n"
    base.write("bavardage.yaml", f"bavardage:\n{entry}{entry}")
    assert (_only(base).line, _only(base).message) == (3, "l'identifiant « merci » existe déjà dans ce fichier")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "le fichier est vide"),
        (b"# seulement une remarque\n", "le fichier est vide"),
        (b"- un\n- deux\n", "« le fichier » doit contenir des clés"),
        ("titre: é".encode("latin-1"), "n'est pas enregistré en UTF-8"),
        ("id: un\ntitre: Prénom".encode("utf-16"), "n'est pas enregistré en UTF-8"),
        (b"id: un\n" + b"# long\n" * 400_000, "le fichier est trop gros (2 Mo au plus)"),
        (b"id: un\n" + "é".encode() * 1_000_000, "le fichier est trop gros (2 Mo au plus)"),
        (b"mots: " + b"[" * 30 + b"]" * 30, "le contenu est trop imbriqué"),
        (b"[" * 100_000 + b"]" * 100_000, "le contenu est trop imbriqué"),
        (b"- " * 100_000, "le contenu est trop imbriqué"),
        (b"".join(b" " * depth + b"a:\n" for depth in range(1500)), "le contenu est trop imbriqué"),
        (b"? [a, b]\n: c\n", "une clé doit être un mot simple"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "les renvois (& et *) ne sont pas permis"),
    ],
    ids=["empty", "comments only", "a list", "latin-1", "utf-16", "huge", "huge and cut inside a letter", "deep",
         "very deep", "dashes", "steps", "odd key", "nested aliases"],
)  # fmt: skip
def test_file_that_cannot_be_read_as_a_topic(content: bytes, said: str, base: SmallBase) -> None:
    base.path(TOPIC).write_bytes(content)
    found = [problem for problem in _problems(base) if said in problem.message]
    assert found
    assert found[0].file == f"knowledge/{TOPIC}"


def test_not_utf8_names_the_line(base: SmallBase) -> None:
    base.path(TOPIC).write_bytes(topic_text("un").replace("Mairie", "Mairié").encode("latin-1"))
    assert _only(base).line == base.line("sujets/aides/deux.yaml", "nom: Mairie")


@pytest.mark.parametrize("name", ["themes.yaml", "textes.yaml", "bavardage.yaml", "hors-champ.yaml", "danger.yaml",
                                  "vocabulaire/sigles.yaml"])  # fmt: skip
def test_missing_file(name: str, base: SmallBase) -> None:
    base.path(name).unlink()
    assert f"knowledge/{name}:1: le fichier ne peut pas être lu (il n'existe pas)" in map(str, _problems(base))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('accueil: "Texte "\n', "", "1: il manque le texte « accueil »"),
        ('accueil: "Texte "\n', "accueil:\n", "le texte « accueil » est vide"),
        ('accueil: "Texte "\n', 'accueil: "A"\nacceuil: "A"\n', "le texte « acceuil » n'est pas utilisé"),
        ('accueil: "Texte "\n', 'accueil: "Bonjour {prenom}"\n', "le texte « accueil » ne connaît pas : prenom"),
        ('bouton_aide: "Texte "\n', f'bouton_aide: "{"mot " * 10}"\n', "dépasse 24 caractères"),
    ],
    ids=["missing text", "empty text", "unknown text", "unknown placeholder", "button too long"],
)
def test_texts(old: str, new: str, said: str, base: SmallBase) -> None:
    base.replace("textes.yaml", old, new)
    assert said in str(_only(base))


def test_danger_rules_never_keep_the_base_from_loading(base: SmallBase) -> None:
    base.replace("danger.yaml", "familles: {}", "familes: {}")
    found = _problems(base)
    assert {problem.file for problem in found} == {"knowledge/danger.yaml"}
    assert not any(problem.blocking for problem in found)
    assert "la clé « familes » n'existe pas" in "\n".join(map(str, found))
    assert base.line("danger.yaml", "familes") in {problem.line for problem in found}
    assert load_knowledge(base.folder).danger.kinds


def test_pairs_of_three_words(base: SmallBase) -> None:
    base.write("vocabulaire/paires.yaml", "paires:\n  - [apl, apa, als]\n")
    assert "la paire n° 1 doit contenir deux mots" in _only(base).message


def test_everything_is_said_at_once(base: SmallBase) -> None:
    base.replace(TOPIC, "verifie_le: 2026-11-22", "verifie_le: hier")
    base.replace(TOPIC, "bouton: Un bouton", "bouton: Un bouton beaucoup trop long")
    base.replace("sujets/aides/deux.yaml", "mots: [deux]", "mots: [deux")
    base.replace("themes.yaml", "themes:", "temes:")
    base.replace("textes.yaml", 'accueil: "Texte "\n', "")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(base.folder)
    assert {Path(problem.file).name for problem in caught.value.problems} == {
        "un.yaml", "deux.yaml", "themes.yaml", "textes.yaml"
    }  # fmt: skip
    assert len([problem for problem in caught.value.problems if problem.file.endswith("un.yaml")]) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sujets/aides/trois.yml", "son nom doit finir par .yaml"),
        ("sujets/aides/trois.YAML", "son nom doit finir par .yaml"),
        ("sujets/trois.yaml", "un sujet se range dans knowledge/sujets/<thème>/<id>.yaml"),
        ("sujets/aides/rsa/trois.yaml", "un sujet se range dans knowledge/sujets/<thème>/<id>.yaml"),
        ("sujets/aides/trois.txt", "n'est pas lu"),
        ("texte.yaml", "vérifiez son nom et son dossier"),
        ("vocabulaire/synonyme.yaml", "vérifiez son nom et son dossier"),
        ("themes.yml", "son nom doit finir par .yaml"),
    ],
)
def test_file_that_nothing_reads(name: str, said: str, base: SmallBase) -> None:
    base.write(name, topic_text("trois"))
    found = _only(base)
    assert (found.file, found.line, found.blocking) == (f"knowledge/{name}", 1, False)
    assert said in found.message


@pytest.mark.parametrize("name", [".#un.yaml", ".un.yaml.swp", "un.yaml~", ".un.yaml", "LISEZMOI.md"])
def test_files_of_editors_are_left_alone(name: str, base: SmallBase) -> None:
    base.write(f"sujets/aides/{name}", "à moitié écrit: [")
    assert _problems(base) == []


def test_links_between_files(base: SmallBase, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    (elsewhere / "trois.yaml").write_text(topic_text("trois"), encoding="utf-8")
    base.path("sujets/aides/trois.yaml").symlink_to(elsewhere / "trois.yaml")
    base.path("sujets/aides/quatre.yaml").symlink_to(elsewhere / "quatre.yaml")
    base.path("sujets/liens").symlink_to(elsewhere)
    assert [str(problem) for problem in _problems(base)] == [
        "knowledge/sujets/aides/quatre.yaml:1: le fichier ne peut pas être lu (il n'existe pas)",
        "knowledge/sujets/liens:1: ce lien vers un dossier n'est pas lu : copiez le dossier",
    ]


def test_pipe_and_folder_in_place_of_a_file(base: SmallBase) -> None:
    os.mkfifo(base.path("sujets/aides/tuyau.yaml"))
    base.path("sujets/aides/dossier.yaml").mkdir()
    assert [str(problem) for problem in _problems(base)] == [
        "knowledge/sujets/aides/dossier.yaml:1: ce n'est pas un fichier",
        "knowledge/sujets/aides/tuyau.yaml:1: ce n'est pas un fichier",
    ]


def test_folder_that_cannot_be_opened(base: SmallBase, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == "aides":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = [problem for problem in _problems(base) if problem.file == "knowledge/sujets/aides"]
    assert [problem.blocking for problem in found] == [True]
    assert "ne peut pas être ouvert" in found[0].message


def test_no_folder_and_empty_folder(tmp_path: Path, base: SmallBase) -> None:
    knowledge, problems = inspect_knowledge(tmp_path / "absent")
    assert knowledge is None
    assert "n'existe pas" in problems[0].message
    for path in base.folder.glob("sujets/aides/*.yaml"):
        path.unlink()
    assert "il n'y a aucun sujet" in _only(base).message


def test_messages_stay_on_one_short_line(base: SmallBase) -> None:
    base.replace(TOPIC, "mots: [un]", f'mots: [un]\n"une\\nclé\\u2028longue{"e" * 5000}": x')
    message = str(_only(base))
    assert len(message.splitlines()) == 1
    assert len(message) < 400


def test_header_is_only_a_comment(base: SmallBase) -> None:
    base.replace(TOPIC, f"{HEADER}\n", "")
    assert _problems(base) == []


def test_broken_topic_is_one_mistake_for_those_that_name_it(base: SmallBase) -> None:
    base.replace("sujets/aides/deux.yaml", "voir_aussi: []", "voir_aussi: [un]")
    base.replace(TOPIC, "bouton: Un bouton\n", "")
    assert str(_only(base)) == "knowledge/sujets/aides/un.yaml:2: il manque « bouton »"
