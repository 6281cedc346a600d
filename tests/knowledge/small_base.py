"""A knowledge folder that is valid and as small as one can be, for tests that break one thing in it."""

from __future__ import annotations

from pathlib import Path

from bot.domain.texts import REQUIRED
from bot.knowledge_base.json_schema import write_schemas

HEADER = "# yaml-language-server: $schema=../../schema/sujet.schema.json"
FILES = {
    "themes.yaml": "themes:\n  - {id: aides, titre: Aides, bouton: Aides, aide: Les aides.}\n",
    "textes.yaml": "".join(
        f'{key}: "Texte {" ".join(f"{{{value}}}" for value in sorted(values))}"\n' for key, values in REQUIRED.items()
    ),
    "bavardage.yaml": "bavardage:\n  - {id: salutation, reponse: Bonjour., phrases: [bonjour, salut, coucou]}\n",
    "hors-champ.yaml": "hors_champ: [quel temps fait-il]\n",
    "vocabulaire/synonymes.yaml": "synonymes:\n  - [argent, thune]\n",
    "vocabulaire/ecritures.yaml": "ecritures:\n  rdv: rendez-vous\n",
    "vocabulaire/sigles.yaml": 'sigles:\n  rsa: "RSA : un revenu minimum."\n',
    "vocabulaire/paires.yaml": "paires:\n  - [apl, apa]\n",
    "danger.yaml": 'numeros:\n  "15": {nom: Samu}\nfamilles: {}\ndangers:\n'
    + "".join(
        f'  {kind}: {{message: Appelez tout de suite., numeros: ["15"], phrases: [au secours {kind}]}}\n'
        for kind in (
            "urgence-vitale",
            "pensees-suicidaires",
            "enfant-en-danger",
            "violences-conjugales",
            "maltraitance-adulte-vulnerable",
            "cyberharcelement",
            "hebergement-urgence",
        )
    ),
}


def topic_text(name: str) -> str:
    """A valid topic, one key a line, so that a test can replace or find any of them."""
    phrases = "".join(f"  - question numéro {number} sur {name}\n" for number in range(1, 26))
    return f"""\
{HEADER}
id: {name}
titre: Un titre simple
bouton: Un bouton
en_bref: "Une demi-ligne"
reponse: Voici une aide. Elle est pour vous.
etapes:
  - Appelez la mairie.
contacts:
  - nom: Mairie
    telephone: 05 53 35 86 00
liens:
  - titre: Le site officiel
    url: https://www.service-public.gouv.fr
facettes:
  sans_internet: Appelez la mairie.
phrases:
{phrases}mots: [{name}]
voir_aussi: []
sources:
  - titre: Le site officiel
    date: "2026-11"
verifie_le: 2026-11-22
a_revoir_dans: 6
confiance: haute
"""


class SmallBase:
    """Two topics, `un` and `deux`, and the files around them."""

    def __init__(self, parent: Path) -> None:
        self.folder = parent / "knowledge"
        for name, text in FILES.items():
            self.write(name, text)
        for topic in ("un", "deux"):
            self.write(f"sujets/aides/{topic}.yaml", topic_text(topic))
        write_schemas(self.folder)

    def path(self, name: str) -> Path:
        return self.folder / name

    def write(self, name: str, text: str) -> Path:
        """Write a file under the folder, with the folders above it."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def replace(self, name: str, old: str, new: str) -> None:
        """Change the one place of a file where `old` stands."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"« {old} » stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def line(self, name: str, words: str) -> int:
        """The line where `words` stand first."""
        lines = self.path(name).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, 1) if words in line)
