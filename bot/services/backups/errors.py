"""What goes wrong with a backup, for whoever can mend it."""

from __future__ import annotations

from bot.errors import AccesDroitsError


class BackupError(AccesDroitsError):
    """A backup could not be made or put back; `str()` says why in French."""
