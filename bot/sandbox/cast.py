"""Who one can be in the trial: invented residents, a mediator, the team, and newcomers by name."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.chats import Chat
from bot.sandbox.people import Person, Role
from bot.sandbox.rooms import Room, RoomKind
from bot.sandbox.wire import without_none
from bot.sandbox.world import World

STAFF_ID = 3_000_001
MEDIATOR_ID = 2_000_001
_FIRST_RESIDENT_ID = 7_000_001
_RESIDENTS = ("Marie", "Karim", "Jeanne")
_MEDIATORS = ("Nadia", "Hugo", "Sofia")
_STAFF = ("Paul", "Claire", "Yann")


@dataclass(slots=True)
class Cast:
    """Everyone in one sandbox."""

    world: World
    people: dict[int, Person] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(_FIRST_RESIDENT_ID))

    def fill(self, staff_ids: Sequence[int], mediator_ids: Sequence[int]) -> None:
        """Brings in the roles; those who work with the bot have already started it."""
        for name in _RESIDENTS:
            self.add(name)
        for names, ids, role in ((_MEDIATORS, mediator_ids, "mediator"), (_STAFF, staff_ids, "staff")):
            for i, user_id in enumerate(ids):
                name = names[i % len(names)] + (f" {i // len(names) + 1}" if i >= len(names) else "")
                self.add(name, user_id=user_id, role="staff" if role == "staff" else "mediator", started=True)

    def add(
        self,
        name: str,
        *,
        user_id: int | None = None,
        role: Role = "resident",
        username: str | None = None,
        language: str = "fr",
        started: bool = False,
    ) -> Person:
        """A new person, alone in a room with the bot."""
        if user_id is None:
            user_id = next(number for number in self._numbers if number not in self.people)
        user = without_none(
            id=user_id, is_bot=False, first_name=name, username=username, language_code=language or None
        )
        room = Room(user_id, "private", name, username=username, members={user_id: user}, started=started)
        self.world.users[user_id] = user
        self.people[user_id] = person = Person(self.world, user, self.world.rooms.add(room), role=role)
        if len(self.people) > self.world.rooms.most_rooms:
            gone = next(iter(self.people))
            del self.people[gone], self.world.users[gone]
        self.world.news.publish("people")
        return person

    def named(self, name: str) -> Person | None:
        """Someone by first name."""
        return next((person for person in self.people.values() if person.name == name), None)

    def group(self, title: str, room_id: int, kind: RoomKind, members: Sequence[Person]) -> list[Chat]:
        """A group with the bot in it, and a seat for each member."""
        room = self.world.rooms.get(room_id)
        if room is None:
            room = self.world.rooms.add(Room(room_id, kind, title, started=True))
        return [person.joins(room) for person in members]
