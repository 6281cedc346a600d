"""Every command and option in one place; a wrong one is one French line and exit 2."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from bot.errors import AccesDroitsError

_ENGLISH = (
    ("the following arguments are required:", "il manque :"),
    ("unrecognized arguments:", "je ne connais pas :"),
    ("invalid choice:", "choix impossible :"),
    ("expected one argument", "il manque une valeur"),
    ("expected at least one argument", "il manque une valeur"),
    ("invalid int value:", "ce n'est pas un nombre :"),
    ("choose from", "choisir parmi"),
    ("argument ", ""),
)


class CommandError(AccesDroitsError):
    """The command line cannot be understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for english, french in _ENGLISH:
            message = message.replace(english, french)
        raise CommandError(f"{message} (voir « {self.prog} --help »)")


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The command's function, imported when it runs: `ask` must not pay for telegram."""

    def run(options: argparse.Namespace) -> int:
        code: int = import_module(f"bot.cli.{name}").run(options)
        return code

    return run


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one command; `command` is the function to call with them."""
    parser = _Parser(prog="acces-droits", description="Assistant sur les droits et démarches du Grand Périgueux.")
    parser.set_defaults(command=_command("run"))
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE")

    run = commands.add_parser("run", help="démarrer l'assistant (Telegram, ou l'essai local sans jeton)")
    run.set_defaults(command=_command("run"))

    ask = commands.add_parser("ask", help="répondre à une question, comme un habitant la lirait")
    ask.add_argument("text", metavar="TEXTE", help="la question, ou « - » pour une question par ligne")
    ask.add_argument("--json", action="store_true", help="une réponse en JSON par question")
    ask.add_argument("--after", metavar="SUJET", help="le sujet de la réponse précédente")
    ask.add_argument("--explain", action="store_true", help="montrer quels mots ont parlé pour quel sujet")
    ask.set_defaults(command=_command("ask"))

    evaluate = commands.add_parser("evaluate", help="mesurer la compréhension sur des messages étiquetés")
    evaluate.add_argument("files", nargs="*", metavar="FICHIER.jsonl", help="sinon, les messages livrés avec la base")
    evaluate.add_argument("--json", action="store_true", help="les mesures en JSON")
    evaluate.add_argument("--failures", action="store_true", help="lister les messages mal servis")
    evaluate.set_defaults(command=_command("evaluate"))

    check = commands.add_parser("check", help="vérifier toute la base de connaissances")
    check.add_argument("--json", action="store_true", help="les problèmes en JSON")
    check.add_argument("--links", action="store_true", help="chercher les liens morts, déplacés ou trompeurs (réseau)")
    check.add_argument("--write-schema", action="store_true", help="récrire les schémas pour les éditeurs")
    check.set_defaults(command=_command("check"))

    _needs(commands)
    _operations(commands)

    places = commands.add_parser("places", help="échanger les lieux avec les fichiers publics")
    ways = places.add_subparsers(dest="action", metavar="ACTION", required=True)
    schemas = ("mediation", "data-inclusion")
    one = ways.add_parser("import", help="lire un fichier CSV ou JSON et mettre à jour les lieux")
    one.add_argument("file", metavar="FICHIER")
    one.add_argument("--schema", choices=schemas, help="le schéma, s'il n'est pas reconnu")
    one.add_argument("--dry-run", action="store_true", help="montrer ce qui changerait, sans rien écrire")
    one.add_argument("--everywhere", action="store_true", help="prendre aussi les lieux des autres communes")
    one = ways.add_parser("export", help="écrire tous les lieux dans un fichier")
    one.add_argument("file", metavar="FICHIER", help="le fichier, ou « - » pour l'afficher")
    one.add_argument("--schema", choices=schemas, required=True)
    one.add_argument("--format", choices=("csv", "json"), default="csv")
    one.add_argument("--strict", action="store_true", help="seulement les colonnes du schéma, pour publier")
    places.set_defaults(command=_command("places"))
    return parser.parse_args(list(arguments))


def _needs(commands: argparse._SubParsersAction[_Parser]) -> None:
    needs = commands.add_parser("needs", help="les questions restées sans réponse")
    actions = needs.add_subparsers(dest="action", metavar="ACTION", required=True)
    for action, text in (("list", "les afficher"), ("export", "les écrire dans un fichier")):
        one = actions.add_parser(action, help=text)
        one.add_argument("--since", metavar="JOUR", help="depuis ce jour, par exemple 2026-11-01")
        default = "table" if action == "list" else "csv"
        one.add_argument("--format", choices=("table", "csv", "xlsx", "json"), default=default)
        one.add_argument("--output", metavar="FICHIER", help="écrire dans ce fichier")
    one.add_argument("--open-data", action="store_true", help="des nombres par mois entier, sans aucun texte (CSV)")
    needs.set_defaults(command=_command("needs"))

    contributions = commands.add_parser("contributions", help="ce que l'équipe a appris à l'assistant en conversation")
    actions = contributions.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("diff", help="montrer ce qui changerait dans les fichiers de la base")
    one = actions.add_parser("apply", help="reprendre les contributions dans les fichiers de la base")
    one.add_argument("--dry-run", action="store_true", help="montrer sans rien écrire")
    contributions.set_defaults(command=_command("contributions"))


def _operations(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Running it for years."""
    backup = commands.add_parser("backup", help="sauvegarder la base, même pendant que l'assistant tourne")
    backup.add_argument("file", nargs="?", metavar="FICHIER", help="fichier ou dossier ; sinon, selon les réglages")
    backup.add_argument("--keep", type=int, metavar="N", help="dans un dossier, garder les N plus récentes")
    backup.set_defaults(command=_command("backup"))

    restore = commands.add_parser("restore", help="remettre une sauvegarde en place, l'assistant arrêté")
    restore.add_argument("file", metavar="FICHIER")
    restore.set_defaults(command=_command("restore"))

    doctor = commands.add_parser("doctor", help="vérifier que tout est en place, et dire quoi faire")
    doctor.add_argument("--json", action="store_true", help="les vérifications en JSON")
    doctor.set_defaults(command=_command("doctor"))
