"""Everything one sandbox knows, in one place that methods and people share."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.journal import Journal
from bot.sandbox.news import News
from bot.sandbox.profile import Profile
from bot.sandbox.queries import Queries
from bot.sandbox.rooms import Room, Rooms
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import Json

_MOST_INLINE_MESSAGES = 1000


@dataclass(slots=True)
class World:
    """The state of a sandbox; all of it lives in memory and on one event loop."""

    token: str
    profile: Profile
    rooms: Rooms = field(default_factory=Rooms)
    files: Files = field(default_factory=Files)
    news: News = field(default_factory=News)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    callbacks: Queries = field(default_factory=Queries)
    searches: Queries = field(default_factory=Queries)
    clock: Callable[[], float] = time.time
    users: dict[int, Json] = field(default_factory=dict)
    inline_messages: "OrderedDict[str, tuple[int, int]]" = field(default_factory=OrderedDict)
    updates: Updates = field(init=False)
    webhook: Webhook = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(self.news)
        self.webhook = Webhook(self.updates, self.news)

    def post(self, room: Room, message: Json) -> Json:
        """Puts a new message on everyone's screen."""
        room.keep(message)
        self.news.publish("message", room.id, message=message)
        return message

    def change(self, room: Room, message: Json) -> Json:
        """Puts a new version of a message in its place."""
        room.keep(message)
        self.news.publish("edited", room.id, message=message)
        return message

    def remember_inline(self, inline_message_id: str, room: Room, message: Json) -> None:
        """Lets the bot edit later what it was not in the room for."""
        self.inline_messages[inline_message_id] = (room.id, message["message_id"])
        if len(self.inline_messages) > _MOST_INLINE_MESSAGES:
            self.inline_messages.popitem(last=False)
