"""`acces-droits backup`: one checked file that holds what this instance alone has; also while the assistant runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.errors import AccesDroitsError
from bot.services.backups.folder import default_folder
from bot.services.backups.key_mark import key_at_hand
from bot.services.backups.making import make_backup, make_in_folder
from bot.services.clock import paris_now
from bot.settings import read_settings


class KeepError(AccesDroitsError):
    """A number of backups to keep makes no sense here."""


def run(options: argparse.Namespace) -> int:
    settings = read_settings()
    secret = settings.secret.get_secret_value() if settings.secret else None
    key = key_at_hand(settings.database, secret)
    if options.keep is not None and options.keep < 1:
        raise KeepError("--keep : gardez au moins une sauvegarde")
    to = Path(options.file) if options.file else settings.backup_folder or default_folder(settings.database)
    if options.file and not (to.is_dir() or options.file.endswith("/")):
        if options.keep is not None:
            raise KeepError("--keep s'emploie avec un dossier, pas avec un fichier")
        made = make_backup(settings.database, settings.knowledge, key, to)
    else:
        keep = options.keep or settings.backup_keep
        made = make_in_folder(settings.database, settings.knowledge, key, to, paris_now(), keep)
    print(f"Sauvegarde faite et vérifiée : {made}")
    where = "BOT_SECRET" if secret else str(settings.database.with_suffix(".key"))
    print(f"La clé des pseudonymes ({where}) n'y est pas : gardez-en une copie ailleurs, une fois pour toutes.")
    return 0
