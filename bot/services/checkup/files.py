"""The files of this instance: the database, its key, its settings, the disk under them and the backups."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

from bot.services.backups.folder import default_folder, last_backup
from bot.services.checkup.finding import Finding, fine, problem, warning
from bot.settings import Settings
from bot.storage.backup_file import newest_schema, quick_check
from bot.storage.errors import StorageError

_LITTLE, _TOO_LITTLE = 1 << 30, 200 << 20  # bytes
_OLD_BACKUP = timedelta(days=2)
_MIGRATES = "Démarrez l'assistant : il la mettra à jour. Faites une sauvegarde avant."


def check_disk(settings: Settings) -> Finding:
    """Room for what is written every day."""
    folder = _existing(settings.database.absolute().parent)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return problem("Disque", f"{folder} ne répond pas ({error.strerror}).", "Vérifiez que le disque est branché.")
    text = f"{free / (1 << 20):.0f} Mo libres dans {folder}."
    advice = "Libérez de la place : sans elle, les questions ne sont plus gardées."
    if free < _TOO_LITTLE:
        return problem("Disque", text, advice)
    return warning("Disque", text, advice) if free < _LITTLE else fine("Disque", text)


def check_database(settings: Settings) -> Finding:
    """The database opens, is whole, and is not newer than the program."""
    name, path = "Base de données", settings.database
    if not path.exists():
        return fine(name, f"{path} n'existe pas encore : elle sera créée au premier démarrage.")
    try:
        schema = quick_check(path)
    except StorageError as error:
        advice = "Arrêtez l'assistant, puis remettez une sauvegarde : acces-droits restore FICHIER"
        return problem(name, f"{path} ne peut pas être lue : {error}.", advice)
    newest = newest_schema()
    if schema > newest:
        advice = "Remettez la version récente du programme ; la base n'a pas été touchée."
        return problem(name, f"{path} vient d'une version plus récente (schéma {schema}, connu {newest}).", advice)
    if schema < newest:
        return warning(name, f"{path} est entière, avec un schéma ancien ({schema} sur {newest}).", _MIGRATES)
    return fine(name, f"{path} est entière (schéma {schema}).")


def check_rights(settings: Settings) -> list[Finding]:
    """Nobody else reads what is private, and the program can write where it must."""
    found: list[Finding] = []
    name, database = "Droits sur les fichiers", settings.database
    for path in (database, database.with_suffix(".key"), Path(".env")):
        if not path.exists():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            found.append(problem(name, f"D'autres comptes peuvent lire {path} ({mode:04o}).", f"chmod 600 {path}"))
        if not os.access(path, os.R_OK) or (path == database and not os.access(path, os.W_OK)):
            advice = f"Donnez ce fichier au compte de l'assistant : chown COMPTE {path}"
            found.append(problem(name, f"{path} ne peut pas être lu et écrit par ce compte.", advice))
    folder = _existing(database.absolute().parent)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        advice = "Choisissez un autre dossier (BOT_DATABASE), ou donnez celui-ci au compte de l'assistant."
        found.append(problem(name, f"Le dossier {folder} ne peut pas être écrit.", advice))
    return found or [fine(name, "La base, la clé et les réglages ne sont lisibles que par ce compte.")]


def check_backups(settings: Settings, now: datetime) -> Finding:
    """There is a backup, and it is fresh."""
    name, folder = "Sauvegardes", settings.backup_folder or default_folder(settings.database)
    last = last_backup(folder)
    if last is not None and now - last <= _OLD_BACKUP:
        return fine(name, f"La dernière est du {last:%d/%m/%Y à %H:%M}.")
    text = f"La dernière est du {last:%d/%m/%Y}." if last else f"Il n'y en a aucune dans {folder}."
    if settings.backup_folder is None:
        return warning(name, text, "Réglez BOT_BACKUP_FOLDER pour une sauvegarde chaque nuit.")
    return warning(name, text, "Lancez acces-droits backup, et lisez ce qu'il répond.")


def _existing(folder: Path) -> Path:
    """A folder, or the nearest one above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
