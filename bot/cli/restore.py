"""`acces-droits restore`: puts a backup back while the assistant is stopped; what was there is kept aside."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.services.backups.key_mark import key_at_hand
from bot.services.backups.restoring import restore
from bot.services.clock import paris_now
from bot.settings import read_settings


def run(options: argparse.Namespace) -> int:
    settings = read_settings()
    secret = settings.secret.get_secret_value() if settings.secret else None
    key = key_at_hand(settings.database, secret)
    done = restore(Path(options.file), settings.database, settings.knowledge, key, paris_now())
    print(f"Sauvegarde remise en place : {settings.database} ({done.contributions} fichier(s) de contributions).")
    if done.aside is not None:
        print(f"L'état d'avant est gardé dans {done.aside} : effacez-le quand tout va bien.")
    if not done.sealed:
        print("Cette sauvegarde n'a pas été faite par « acces-droits backup » : seule sa forme a été vérifiée.")
    if done.other_key:
        where = "BOT_SECRET" if secret else str(settings.database.with_suffix(".key"))
        print(
            f"Attention : la clé des pseudonymes n'est pas celle de la sauvegarde. Remettez l'ancienne ({where}) "
            "avant de démarrer, sinon les réglages et les séances ne retrouvent plus leur personne.",
            file=sys.stderr,
        )
    return 0
