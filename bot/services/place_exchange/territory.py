"""Which places of a national file are ours: those in the communes of the agglomeration."""

from __future__ import annotations

from bot.domain.place_directory import PlaceDirectory
from bot.knowledge_base.place_schema import PlaceEntry


def is_ours(entry: PlaceEntry, directory: PlaceDirectory) -> bool:
    """Whether a place stands in one of our communes; one that names no commune may help everywhere."""
    if not directory.communes or not (entry.commune or entry.code_postal or entry.code_insee):
        return True
    finder = directory.finder
    if entry.code_insee and finder.named(entry.code_insee):
        return True
    commune = finder.certain(entry.commune or "")
    if commune is None:
        return False
    codes = {*commune.postal_codes, *(former.postal_code for former in commune.former)}
    return entry.code_postal is None or entry.code_postal in codes
