"""Everything tied to one person: shown, exported, erased. And the end of every notice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from bot.domain.roles import Role
from bot.domain.sessions import Session
from bot.services.clock import Clock, paris_day
from bot.services.preferences import PreferenceService
from bot.services.roles import Roles
from bot.services.sessions import SessionService
from bot.storage.follow_ups import FollowUpStore
from bot.storage.people import PeopleStore
from bot.storage.preferences import Preference, PreferenceStore


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An answer that the person asked to hear of, and the masked text of what they had asked."""

    question: str
    expires: date


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that the service holds about one person."""

    person: int
    day: date
    role: Role | None
    role_expires: date | None
    preferences: tuple[Preference, ...]
    follow_ups: tuple[FollowUp, ...]
    sessions: tuple[Session, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.role is None and not (self.preferences or self.follow_ups or self.sessions)

    def as_json(self) -> str:
        """The export, as a document that a person can read and a program too."""
        role = None
        if self.role is not None:
            expires = self.role_expires
            role = {"nom": self.role, "jusqu_au": expires.isoformat() if expires else "selon les réglages du service"}
        content = {
            "extrait_le": self.day.isoformat(),
            "identifiant_telegram": self.person,
            "role": role,
            "reglages": [
                {"nom": one.name, "valeur": one.value, "jusqu_au": one.expires.isoformat()} for one in self.preferences
            ],
            "avis_demandes": [
                {"question": one.question, "jusqu_au": one.expires.isoformat()} for one in self.follow_ups
            ],
            "seances": [_as_data(session) for session in self.sessions],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _as_data(session: Session) -> dict[str, object]:
    """A mediator's session in the export: all that is kept of it."""
    return {
        "sorte": session.kind,
        "debut": session.started.isoformat(),
        "fin": session.ended.isoformat() if session.ended else None,
        "minutes": session.minutes,
        "type_de_lieu": session.place_type,
        "lieu": session.place,
        "materiel": list(session.equipment),
        "autonomie": session.autonomy,
        "orientation": session.orientation,
        "notes": [{"sorte": note.what, "sujet": note.topic, "texte": note.text} for note in session.notes],
    }


class MyDataService:
    """What a person may do with what is kept about them. Every method raises StorageError."""

    def __init__(
        self,
        people: PeopleStore,
        preferences: PreferenceStore,
        names: PreferenceService,
        sessions: SessionService,
        roles: Roles,
        follow_ups: FollowUpStore,
        clock: Clock,
    ) -> None:
        self._people = people
        self._preferences = preferences
        self._names = names
        self._sessions = sessions
        self._roles = roles
        self._follow_ups = follow_ups
        self._clock = clock

    async def collect(self, person: int) -> PersonalData:
        """Everything tied to a person."""
        granted = self._roles.granted(person)
        rows = [row for row in await self._people.all(person) if row.purpose == "follow_up"]
        questions = await self._follow_ups.questions(person)
        return PersonalData(
            person=person,
            day=paris_day(self._clock),
            role=self._roles.role_of(person),
            role_expires=granted.expires if granted and not self._roles.from_settings(person) else None,
            preferences=tuple(await self._preferences.of(self._names.pseudonym(person))),
            follow_ups=tuple(FollowUp(questions.get(row.about, row.about), row.expires) for row in rows),
            sessions=tuple(await self._sessions.of(person)),
        )

    async def erase(self, person: int) -> int:
        """Delete everything tied to a person, all or nothing; returns how many rows that were."""
        removed = await self._people.erase(person, (self._names.pseudonym(person), self._sessions.pseudonym(person)))
        self._roles.withdraw(person)
        return removed

    async def stop(self, person: int) -> int:
        """End every notice; returns how many were asked for."""
        return await self._people.remove(person, "follow_up")
