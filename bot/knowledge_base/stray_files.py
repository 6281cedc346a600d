"""Finds what stands in the knowledge folder and is never read: a misplaced file would be missed in silence."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.knowledge_base.problems import ProblemList

# Every file that something reads, as a path under the knowledge folder.
_READ = re.compile(
    r"(themes|textes|bavardage|facettes|langues|hors-champ|danger|communes|coop|arnaques)\.yaml"
    r"|danger-points\.txt"
    r"|vocabulaire/(synonymes|ecritures|sigles|paires)\.yaml"
    r"|sujets/[^/]+/[^/]+\.yaml"
    r"|lieux/[^/]+\.yaml"
    r"|langues/[^/]+\.yaml"
    r"|contributions/sujets/[^/]+/[^/]+\.yaml"
    r"|contributions/(phrases|corrections)/[^/]+\.yaml"
    r"|contributions/hors-champ\.yaml"
    r"|evaluation/[^/]+\.jsonl"
    r"|schema/[^/]+\.schema\.json"
    r"|(.*/)?[^/]+\.md"
)


def is_hidden(path: Path) -> bool:
    """Whether an editor's own files are meant (`.#rsa.yaml`, `.rsa.yaml.swp`, `rsa.yaml~`)."""
    return path.name.startswith(".") or path.name.endswith(("~", ".tmp"))


def check_stray_files(folder: Path, problems: ProblemList) -> None:
    """Report unread files and links to folders; a folder that cannot be opened keeps the base from being used."""

    def unreadable(error: OSError) -> None:
        reason = error.strerror or str(error)
        problems.report(Path(error.filename), 1, f"ce dossier ne peut pas être ouvert ({reason})")

    for place, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not is_hidden(here / name))
        for name in folders:
            if (here / name).is_symlink():
                message = "ce lien vers un dossier n'est pas lu : copiez le dossier"
                problems.report(here / name, 1, message, blocking=False)
        for name in sorted(files):
            path = here / name
            inside = path.relative_to(folder).as_posix()
            if not is_hidden(path) and not _READ.fullmatch(inside):
                problems.report(path, 1, _advice(path, inside), blocking=False)


def _advice(path: Path, inside: str) -> str:
    if path.suffix.lower() in {".yml", ".yaml"} and path.suffix != ".yaml":
        return "ce fichier n'est pas lu : son nom doit finir par .yaml"
    if inside.startswith("sujets/"):
        return "ce fichier n'est pas lu : un sujet se range dans knowledge/sujets/<thème>/<id>.yaml"
    return "ce fichier n'est pas lu : vérifiez son nom et son dossier"
