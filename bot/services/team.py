"""Roles by invitation: made by staff, accepted once, listed, taken back."""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain.roles import Role
from bot.services.clock import Clock, paris_day
from bot.services.pseudonyms import pseudonym
from bot.services.retention import INVITATIONS, ROLES, moment
from bot.services.roles import Granted, Roles
from bot.services.tokens import hash_token, is_token, new_token
from bot.storage.people import InvitationRow, PeopleStore

HANDLE_CHARACTERS = 32
_PURPOSE = "team"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a role by invitation; `handle` names them behind a button, and says nothing by itself."""

    person: int
    role: Role
    expires: date
    handle: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that nobody has used yet."""

    role: Role
    expires: datetime
    handle: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of opening an invitation: a role until a day, or the role was there already."""

    role: Role
    expires: date | None


class TeamService:
    """Who has a role by invitation. The caller has checked that the person asking is staff."""

    def __init__(self, store: PeopleStore, roles: Roles, key: bytes, clock: Clock) -> None:
        self._store = store
        self._roles = roles
        self._key = key
        self._clock = clock

    async def load(self) -> None:
        """Read the roles that were given before this start; raises StorageError."""
        for row in await self._store.all():
            if row.purpose != "follow_up":
                self._roles.grant(row.person, Granted(row.purpose, row.expires))

    async def invite(self, role: Role) -> str:
        """A new token; its hash is kept for a day. Raises StorageError."""
        token = new_token()
        expires = moment(self._clock() + timedelta(hours=INVITATIONS.hours))
        await self._store.invite(InvitationRow(hash_token(token), role, expires))
        _log.info("an invitation was made: %s", role)
        return token

    async def accept(self, token: str, person: int) -> Accepted | None:
        """Give the role of an invitation, once; None when the invitation is not valid (any more)."""
        if not is_token(token):
            return None
        hashed, now = hash_token(token), moment(self._clock())
        offered = await self._store.invited(hashed, now)
        current = self._roles.role_of(person)
        if offered is not None and current in (offered, "staff"):
            return Accepted(offered, None)  # nothing to gain: somebody else may still use it
        expires = ROLES.last_day(paris_day(self._clock))
        role = await self._store.accept(hashed, person, now, expires)
        if role is None:
            return None
        self._roles.grant(person, Granted(role, expires))
        _log.info("an invitation was accepted: %s", role)
        return Accepted(role, expires)

    async def members(self) -> list[Member]:
        """Everyone with a role by invitation today."""
        today = paris_day(self._clock)
        return [
            Member(row.person, row.purpose, row.expires, self._handle(row.person))
            for row in await self._store.all()
            if row.purpose != "follow_up" and row.expires >= today
        ]

    async def pending(self) -> list[Pending]:
        """The invitations that can still be used."""
        return [
            Pending(row.role, datetime.fromisoformat(row.expires).replace(tzinfo=UTC), row.hash[:HANDLE_CHARACTERS])
            for row in await self._store.pending(moment(self._clock()))
        ]

    async def revoke(self, handle: str) -> int | None:
        """Take a role back; the person it was taken from, or None when nobody has that handle."""
        for member in await self.members():
            if hmac.compare_digest(member.handle, handle):
                await self._store.remove(member.person, "mediator", "staff")
                self._roles.withdraw(member.person)
                _log.info("a role was taken back: %s", member.role)
                return member.person
        return None

    async def cancel(self, handle: str) -> bool:
        """Take an invitation back before it is used."""
        for row in await self._store.pending(moment(self._clock())):
            if hmac.compare_digest(row.hash[:HANDLE_CHARACTERS], handle):
                return await self._store.cancel(row.hash)
        return False

    def _handle(self, person: int) -> str:
        return pseudonym(self._key, person, _PURPOSE)
