"""Who may do what: residents everything that is for residents, mediators and staff their own commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.roles import Role
from bot.services.clock import Clock, paris_day, paris_now


@dataclass(frozen=True, slots=True)
class Granted:
    """A role given by invitation, and its last day."""

    role: Role
    expires: date


class Roles:
    """Telegram user ids by role: from the settings, or by invitation. Asked where the action happens.

    Invited roles are held in memory too, so that a check never waits for the database nor depends on it.
    """

    def __init__(
        self,
        staff: frozenset[int] = frozenset(),
        mediators: frozenset[int] = frozenset(),
        clock: Clock = paris_now,
    ) -> None:
        self._settings: dict[int, Role] = {**dict.fromkeys(mediators, "mediator"), **dict.fromkeys(staff, "staff")}
        self._invited: dict[int, Granted] = {}
        self._clock = clock

    def is_staff(self, user_id: int | None) -> bool:
        return self.role_of(user_id) == "staff"

    def is_mediator(self, user_id: int | None) -> bool:
        """Staff may do what mediators do."""
        return self.role_of(user_id) is not None

    def role_of(self, user_id: int | None) -> Role | None:
        """The widest role of a person, today."""
        if user_id is None:
            return None
        granted = self.granted(user_id)
        roles = {self._settings.get(user_id), granted.role if granted else None}
        return "staff" if "staff" in roles else "mediator" if "mediator" in roles else None

    def from_settings(self, user_id: int) -> Role | None:
        """The role that only whoever runs the program can take away."""
        return self._settings.get(user_id)

    def granted(self, user_id: int) -> Granted | None:
        """The role by invitation, if its time is not over."""
        found = self._invited.get(user_id)
        return found if found is not None and found.expires >= paris_day(self._clock) else None

    @property
    def staff(self) -> frozenset[int]:
        """Everyone who is staff today."""
        return frozenset(person for person in {*self._settings, *self._invited} if self.is_staff(person))

    @property
    def everyone(self) -> frozenset[int]:
        """Everyone who has a role today."""
        return frozenset(person for person in {*self._settings, *self._invited} if self.is_mediator(person))

    @property
    def in_settings(self) -> dict[Role, int]:
        """How many people have each role by the settings."""
        roles = list(self._settings.values())
        return {"staff": roles.count("staff"), "mediator": roles.count("mediator")}

    def grant(self, user_id: int, granted: Granted) -> None:
        """Take note of a role that stands in the database."""
        self._invited[user_id] = granted

    def withdraw(self, user_id: int) -> None:
        """Take note that an invited role is gone from the database."""
        self._invited.pop(user_id, None)
