"""The pseudonym under which the desk knows a member of staff."""

from __future__ import annotations

from bot.services.pseudonyms import pseudonym
from bot.services.roles import Roles

_PURPOSE = "desk"


class StaffNames:
    """From an id to its pseudonym, and back for those who are staff today. Nothing of it is written down."""

    def __init__(self, roles: Roles, key: bytes) -> None:
        self._roles = roles
        self._key = key

    def of(self, person: int) -> str:
        return pseudonym(self._key, person, _PURPOSE)

    def persons(self) -> dict[str, int]:
        """The ids of today's staff by pseudonym: their names are asked of Telegram, each time."""
        return {self.of(person): person for person in self._roles.staff}
