"""What the page reads: who there is, what is on a screen, what happens next, the files."""

import asyncio
from urllib.parse import quote

from tornado.iostream import StreamClosedError

from bot.sandbox.cast import Cast
from bot.sandbox.errors import ScreenError
from bot.sandbox.people import Person
from bot.sandbox.rooms import Room
from bot.sandbox.trial_handler import TrialHandler
from bot.sandbox.wire import Json, encode
from bot.sandbox.world import World

_HEARTBEAT = 15.0  # seconds; shorter than the patience of browsers and proxies
_INSIDE = frozenset({"call", "update", "forgotten"})
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
_PLAYED = ("audio/", "video/webm", "video/mp4")


class StateHandler(TrialHandler):
    """The bot and the people."""

    def get(self) -> None:
        """Everything the page needs before it shows a conversation."""
        bot = self.world.profile
        self.reply(
            {
                "bot": {
                    "name": bot.text("name", "fr"),
                    "username": bot.user["username"],
                    "description": bot.text("description", "fr"),
                    "short_description": bot.text("short_description", "fr"),
                },
                "people": [_person(person) for person in self.cast.people.values()],
                "groups": [_group(room) for room in self.world.rooms.all() if room.kind != "private"],
                "number": self.world.news.number,
            }
        )


class MessagesHandler(TrialHandler):
    """One screen."""

    def get(self) -> None:
        """The conversation of `person`, in `chat` where it is a group."""
        try:
            seat = self.seat(self.get_query_argument("person", ""), self.get_query_argument("chat", None))
        except ScreenError as error:
            self.fail(error)
            return
        user = seat.user
        self.reply(
            {
                "chat": seat.room.wire,
                "messages": list(seat.room.messages.values()),
                "keyboard": seat.room.keyboard,
                "pinned": seat.room.pinned,
                "blocked": seat.room.blocked,
                "started": seat.room.started,
                "commands": self.world.profile.commands_for(seat.id, user["id"], user.get("language_code", "")),
                "number": self.world.news.number,
            }
        )


class EventsHandler(TrialHandler):
    """Server-sent events: what happens, as it happens."""

    def initialize(self, world: World, cast: Cast) -> None:
        """As the others, and able to notice that the page has gone."""
        super().initialize(world, cast)
        self.gone = asyncio.get_running_loop().create_future()

    def on_connection_close(self) -> None:
        """The page is closed or the sandbox stops."""
        if not self.gone.done():
            self.gone.set_result(None)

    async def get(self) -> None:
        """Starts after the event that the page saw last."""
        since = self.request.headers.get("Last-Event-ID") or self.get_query_argument("since", "")
        number = int(since) if since.isdecimal() else self.world.news.number
        if number > self.world.news.number:
            number = 0  # another sandbox than the one the page knew: start over
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        try:
            self.write(b"retry: 1000\n\n")
            await self.flush()
            while not self.gone.done():
                events = self.world.news.since(number)
                number = self.world.news.number
                shown = [e for e in events if e.kind not in _INSIDE]
                for event in shown:
                    data = encode({"kind": event.kind, "chat": event.chat} | event.content)
                    self.write(b"id: %d\ndata: %s\n\n" % (event.number, data))
                if shown:
                    await self.flush()
                await self._next()
        except StreamClosedError:
            return

    async def _next(self) -> None:
        news = asyncio.ensure_future(self.world.news.next())
        try:
            done, _ = await asyncio.wait({news, self.gone}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
        if not done:
            self.write(b": .\n\n")
            await self.flush()


class MediaHandler(TrialHandler):
    """A file, shown in the page where that is harmless, downloaded otherwise."""

    def get(self) -> None:
        """The file of an identifier."""
        file = self.world.files.by_id(self.get_query_argument("id", ""))
        if file is None:
            self.refuse(404, "Ce fichier n'est plus là.")
            return
        inline = file.mime_type in _SHOWN or file.mime_type.startswith(_PLAYED)
        kind = file.mime_type if inline else "application/octet-stream"
        self.set_header("Content-Type", kind)
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        if not inline or self.get_query_argument("download", ""):
            name = quote(file.name, safe="")
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        self.finish(file.content)


def _person(person: Person) -> Json:
    return {"id": person.id, "name": person.name, "role": person.role, "started": person.room.started}


def _group(room: Room) -> Json:
    return {"id": room.id, "title": room.title, "members": list(room.members)}
