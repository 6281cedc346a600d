"""Who may do what: residents everything that is for residents, mediators and staff their own commands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roles:
    """Telegram user ids by role, from the settings. Checked where the action happens."""

    staff: frozenset[int] = frozenset()
    mediators: frozenset[int] = frozenset()

    def is_staff(self, user_id: int | None) -> bool:
        return user_id in self.staff

    def is_mediator(self, user_id: int | None) -> bool:
        """Staff may do what mediators do."""
        return user_id in self.mediators or user_id in self.staff
