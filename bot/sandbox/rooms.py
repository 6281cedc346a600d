"""Conversations as Telegram's servers keep them, within a bound: the oldest leave first."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.wire import Json, without_none

MOST_MESSAGES = 500
MOST_ROOMS = 1000
RoomKind = Literal["private", "group", "supergroup", "channel"]


@dataclass(slots=True, eq=False)
class Room:
    """One chat: a person alone with the bot, or a group."""

    id: int
    kind: RoomKind
    title: str
    last_name: str | None = None
    username: str | None = None
    members: dict[int, Json] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    most_messages: int = MOST_MESSAGES
    messages: "OrderedDict[int, Json]" = field(default_factory=OrderedDict)
    keyboard: Json | None = None
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    pinned: list[int] = field(default_factory=list)

    @property
    def wire(self) -> Json:
        """The Chat object of Telegram."""
        if self.kind == "private":
            return without_none(
                id=self.id,
                type=self.kind,
                first_name=self.title,
                last_name=self.last_name,
                username=self.username,
            )
        return without_none(id=self.id, type=self.kind, title=self.title, username=self.username)

    def keep(self, message: Json) -> None:
        """Stores a message in the place of the older version of itself, or at the end."""
        self.messages[message["message_id"]] = message
        while len(self.messages) > self.most_messages:
            self.messages.popitem(last=False)

    def check_open(self) -> None:
        """Raises ApiError where the bot may not write."""
        if self.blocked:
            private = self.kind == "private"
            why = "blocked by the user" if private else f"kicked from the {self.kind} chat"
            raise ApiError(403, f"Forbidden: bot was {why}")


@dataclass(slots=True)
class Rooms:
    """All chats of one sandbox."""

    most_rooms: int = MOST_ROOMS
    most_messages: int = MOST_MESSAGES
    clock: Callable[[], float] = time.time
    _by_id: "OrderedDict[int, Room]" = field(default_factory=OrderedDict)
    _last_message: int = 0

    def add(self, room: Room) -> Room:
        """Opens a room; where there are too many, the one unused for longest leaves."""
        room.most_messages = self.most_messages
        self._by_id[room.id] = room
        if len(self._by_id) > self.most_rooms:
            self._by_id.popitem(last=False)
        return room

    def get(self, room_id: int) -> Room | None:
        """The room of an identifier."""
        room = self._by_id.get(room_id)
        if room is not None:
            self._by_id.move_to_end(room_id)
        return room

    def remove(self, room_id: int) -> Room | None:
        """Closes a room for good; the bot no longer finds it."""
        return self._by_id.pop(room_id, None)

    def named(self, chat_id: str) -> Room:
        """The room that the bot means by `chat_id`; raises ApiError where it may not know it."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        room: Room | None = None
        if chat_id.startswith("@"):
            wanted = chat_id[1:].lower()
            public = (r for r in self._by_id.values() if r.kind != "private")
            room = next((r for r in public if (r.username or "").lower() == wanted), None)
        elif chat_id.lstrip("-").isdecimal():
            room = self.get(int(chat_id))
        if room is None or not room.started:
            raise bad_request("chat not found")
        return room

    def all(self) -> list[Room]:
        """Every room, the most recently used last."""
        return list(self._by_id.values())

    def new_message(self, room: Room, sender: Json, **content: object) -> Json:
        """A message with its number and date, not yet stored."""
        self._last_message += 1
        head: Json = {
            "message_id": self._last_message,
            "from": sender,
            "chat": room.wire,
            "date": int(self.clock()),
        }
        return head | without_none(**content)
