"""A mediator's session, from /seance to /fin. The caller has checked that whoever asks is a mediator today."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.domain.coop import Option
from bot.domain.session_privacy import note_without_person
from bot.domain.sessions import FORGOTTEN_AFTER, LISTED, OTHER, REMOTE, Field, Kind, Note, Session, What
from bot.domain.text import fold
from bot.services.clock import Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.places import PlaceService
from bot.services.pseudonyms import pseudonym
from bot.services.roles import Roles
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.sessions import SessionStore

_PURPOSE = "sessions"
_SAME_PLACE = 88  # rapidfuzz's WRatio from which a typed name is taken for a place that we know
_RECENT_PLACES = 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A session that closed by itself; `person` is who may be told, None when they are no mediator any more."""

    session: Session
    person: int | None


class SessionService:
    """Sessions by mediator. Every method raises StorageError, except those that say otherwise."""

    def __init__(
        self,
        store: SessionStore,
        knowledge: KnowledgeService,
        places: PlaceService,
        roles: Roles,
        key: bytes,
        health: StorageHealth,
        clock: Clock,
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._places = places
        self._roles = roles
        self._key = key
        self._health = health
        self._clock = clock

    def pseudonym(self, person: int) -> str:
        """The name under which a mediator's sessions are kept."""
        return pseudonym(self._key, person, _PURPOSE)

    async def under_way(self, person: int | None) -> Session | None:
        """The open session of somebody who is a mediator today; a broken database never costs an answer."""
        if person is None or not self._roles.is_mediator(person):
            return None
        try:
            return await self.open_one(person)
        except StorageError as error:
            await self._health.failed(error)
            return None

    async def open_one(self, person: int) -> Session | None:
        """The open session, unless it was forgotten."""
        session = await self._store.open_one(self.pseudonym(person))
        return session if session and self._clock() - session.last < FORGOTTEN_AFTER else None

    async def start(self, person: int, kind: Kind) -> tuple[Session, bool]:
        """The open session and whether it is new: two telephones open one."""
        place_type = REMOTE if kind == "remote" else ""
        mediator = self.pseudonym(person)
        new = await self._store.start(mediator, kind, paris_day(self._clock), self._clock(), place_type)
        session = await self._store.open_one(mediator)
        if session is None:  # another telephone has just ended it
            return await self.start(person, kind)
        return session, new

    async def one(self, person: int, session: int) -> Session | None:
        """A session of this mediator, open or ended."""
        return await self._store.one(self.pseudonym(person), session)

    async def last_ended(self, person: int) -> Session | None:
        """The latest session, when it is over."""
        sessions = await self._store.of(self.pseudonym(person))
        return sessions[-1] if sessions and not sessions[-1].is_open else None

    async def of(self, person: int) -> list[Session]:
        """All that is kept of a mediator's sessions, oldest first."""
        return await self._store.of(self.pseudonym(person))

    async def set(self, session: Session, field: Field, code: str) -> Session:
        """Set or correct one thing. A code that the form does not have changes nothing."""
        changed = self._with(session, field, code)
        if changed != session:
            await self._store.set(changed, self._clock())
        return changed

    async def set_place(self, session: Session, place_type: str, place: str) -> Session:
        """Set a place of the knowledge base, or one that the mediator used before."""
        changed = replace(session, place_type=place_type, place=place)
        await self._store.set(changed, self._clock())
        return changed

    async def type_place(self, session: Session, text: str) -> Session:
        """Set the place from words: one that we know, a commune, or the words without anything of a person."""
        typed = note_without_person(text)
        named = {place.id: fold(place.name) for place in self._places.directory.places.values()}
        found = process.extract(fold(typed), named, scorer=fuzz.WRatio, score_cutoff=_SAME_PLACE, limit=2)
        alone = found[:1] if len(found) == 1 or (found and found[0][1] > found[1][1]) else []
        kind = next((one.code for one in self._knowledge.current.coop.place_types if _same(one.label, typed)), None)
        commune = self._places.commune_alone(text)
        if kind is not None and kind != LISTED:
            return await self.set_place(session, kind, "")
        if commune is not None:
            return await self.set_place(session, OTHER, commune.name)
        if alone:
            return await self.set_place(session, LISTED, str(alone[0][2]))
        return await self.set_place(session, OTHER, typed)

    async def recent_places(self, person: int) -> list[tuple[str, str]]:
        """(type, place) of the last sessions, latest first."""
        return await self._store.recent_places(self.pseudonym(person), _RECENT_PLACES)

    async def note(self, session: Session, what: What, *, topic: str = "", text: str = "", update_id: int) -> Note:
        """Add what came up, redacted; returns exactly what is kept. Danger never comes here."""
        note = Note(what, topic, note_without_person(text))
        await self._store.note(session.id, note, self._clock(), update_id)
        return note

    async def note_quietly(
        self, session: Session, what: What, *, topic: str = "", text: str = "", update_id: int
    ) -> None:
        """The same; a database that fails costs the note, never the answer."""
        try:
            await self.note(session, what, topic=topic, text=text, update_id=update_id)
        except StorageError as error:
            _log.error("a session's note could not be stored: %s", error)
            await self._health.failed(error)

    async def answered(self, person: int, topic: str) -> None:
        """The topic that was chosen for the last question, when that had none; never costs the answer."""
        session = await self.under_way(person)
        if session is None:
            return
        try:
            await self._store.answer_last(session.id, topic)
        except StorageError as error:
            await self._health.failed(error)

    async def keep(self, session: Session, topic: str) -> None:
        """Keep a topic for the session; twice is once."""
        await self._store.note(session.id, Note("kept", topic), self._clock(), None)

    async def let_go(self, session: Session, topic: str) -> None:
        await self._store.drop(session.id, "kept", topic)

    async def handed_out(self, person: int, topic: str, update_id: int) -> None:
        """A sheet about a topic was handed out, in a session or not; never costs the sheet."""
        session = await self.under_way(person)
        if session is not None:
            await self.note_quietly(session, "handout", topic=topic, update_id=update_id)

    async def finish(self, person: int) -> Session | None:
        """End the open session; None when none is open (any more)."""
        session = await self.open_one(person)
        if session is None or not await self._store.end(session.id, self._clock()):
            return None
        return await self.one(person, session.id)

    async def delete(self, person: int, session: int) -> bool:
        """Delete a session for good; False when it is gone already."""
        return await self._store.delete(self.pseudonym(person), session)

    async def close_forgotten(self) -> list[Forgotten]:
        """Close what was forgotten, at the last thing done in it. Never raises; each session comes back once."""
        closed: list[Forgotten] = []
        try:
            for mediator, session in await self._store.idle_since(self._clock() - FORGOTTEN_AFTER):
                if await self._store.end(session.id, session.last, by_itself=True):
                    ended = await self._store.one(mediator, session.id)
                    closed.append(Forgotten(ended or session, self._person(mediator)))
        except StorageError as error:
            _log.error("forgotten sessions could not be closed: %s", error)
            await self._health.failed(error)
        return closed

    def _person(self, mediator: str) -> int | None:
        """Whose pseudonym that is, among those who have a role today: no id is kept for it."""
        return next((person for person in self._roles.everyone if self.pseudonym(person) == mediator), None)

    def _with(self, session: Session, field: Field, code: str) -> Session:
        coop = self._knowledge.current.coop
        if field == "duration":
            return replace(session, given_minutes=int(code)) if code.isdecimal() else session
        offered: dict[Field, tuple[Option, ...]] = {
            "place_type": coop.place_types,
            "equipment": coop.equipment,
            "autonomy": coop.autonomy,
            "orientation": coop.orientation,
        }
        if code not in {option.code for option in offered[field]}:
            return session
        if field == "equipment":
            return session.with_equipment(code)
        if field == "place_type":
            return replace(session, place_type=code, place="")
        return replace(session, autonomy=code) if field == "autonomy" else replace(session, orientation=code)


def _same(label: str, typed: str) -> bool:
    """Whether words name one of La Coop's kinds of places: "à domicile", "domicile"."""
    return fold(typed).removeprefix("a ") == fold(label).removeprefix("a ")
