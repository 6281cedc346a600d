"""What a resident can do at the kiosk: begin, read, write, press, speak, stay, leave. Nothing else is there."""

import asyncio

from tornado.web import HTTPError

from bot.sandbox.bubbles import Bubble
from bot.sandbox.forgetting import files_of
from bot.sandbox.kiosk.handler import KEY_HEADER, KioskHandler
from bot.sandbox.kiosk.stays import WARNING_SECONDS, Stay
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_LONGEST_WAIT = 25.0  # seconds; shorter than the patience of proxies
_SHOWN = frozenset({"message", "edited", "deleted", "action", "alert", "keyboard"})
_SOUNDS = ("audio/ogg", "audio/webm", "audio/mp4")
LARGEST_VOICE = 3 * 1024 * 1024


class AboutHandler(KioskHandler):
    """GET /kiosk/about: the bot, and how long one may be silent; no stay is needed."""

    def get(self) -> None:
        """What the page shows before anybody has written."""
        bot = self.stays.world.profile
        idle = self.stays.idle_seconds
        self.reply(
            {
                "bot": {
                    "name": bot.text("name", "fr"),
                    "username": bot.user["username"],
                    "description": bot.text("description", "fr"),
                },
                "idle_seconds": idle,
                "warning_seconds": min(WARNING_SECONDS, idle / 2),
            }
        )


class BeginHandler(KioskHandler):
    """POST /kiosk/begin: the only way to a key."""

    async def post(self) -> None:
        """A new, empty conversation."""
        stay = await self.stays.begin()
        self.reply({"key": stay.key, "me": stay.person.id, "number": self.stays.world.news.number})


class ScreenHandler(KioskHandler):
    """GET /kiosk/screen: the conversation as it stands."""

    async def get(self) -> None:
        """The messages and the proposed replies."""
        room = (await self.stay()).person.room
        number = self.stays.world.news.number
        self.reply({"messages": list(room.messages.values()), "keyboard": room.keyboard, "number": number})


class NewsHandler(KioskHandler):
    """GET /kiosk/news?since=: waits for what happens in this conversation; one request at a time, no storm."""

    gone = False

    def on_connection_close(self) -> None:
        """The page is closed or the kiosk stops."""
        self.gone = True
        self.stays.world.news.wake()

    async def get(self) -> None:
        """The events since a number, or none after a while; being read is no sign that somebody is there."""
        stay = await self.stay()
        since = self.get_query_argument("since", "")
        number = int(since) if since.isdecimal() else 0
        end = asyncio.get_running_loop().time() + _LONGEST_WAIT
        while True:
            events, lost = news_of(self.stays.world, stay, number)
            left = end - asyncio.get_running_loop().time()
            if events or lost or left <= 0 or self.gone:
                break
            try:
                async with asyncio.timeout(left):
                    await self.stays.world.news.next()
            except TimeoutError:
                continue
            if not self.stays.is_there(stay):
                await self.stay()  # says that it is over
        self.reply({"events": events, "lost": lost, "number": self.stays.world.news.number})


def news_of(world: World, stay: Stay, number: int) -> tuple[list[Json], bool]:
    """The events of a conversation after a number, and whether some before them are no longer known."""
    since = world.news.since(number)
    lost = number > world.news.number or world.news.number - number > len(since)
    mine = [event for event in since if event.chat == stay.person.id and event.kind in _SHOWN]
    return [{"kind": event.kind} | event.content for event in mine], lost


class SendHandler(KioskHandler):
    """POST /kiosk/send."""

    async def post(self) -> None:
        """The person writes."""
        text = self.body().get("text")
        if not isinstance(text, str):
            raise HTTPError(400)
        await (await self.acting()).person.writes(text)
        self.reply({})


class PressHandler(KioskHandler):
    """POST /kiosk/press."""

    async def post(self) -> None:
        """The person presses a button of a message."""
        body = self.body()
        stay = await self.acting()
        number = body.get("message_id")
        message = stay.person.room.messages.get(number) if isinstance(number, int) else None
        if message is None:
            self.refuse(400, "Ce message n'est plus là.")
            return
        update = await stay.person.presses(str(body.get("data", "")), message=Bubble(message))
        self.reply({"query_id": update["callback_query"]["id"]})


class VoiceHandler(KioskHandler):
    """POST /kiosk/voice: a voice message as the body."""

    body_type = "application/octet-stream"

    async def post(self) -> None:
        """The person speaks."""
        if len(self.request.body) > LARGEST_VOICE:
            raise HTTPError(413)
        given = self.get_query_argument("seconds", "1")
        seconds = int(given) if given.isdecimal() and len(given) < 5 else 1
        kind = self.get_query_argument("type", _SOUNDS[0])
        if kind not in _SOUNDS:
            raise HTTPError(415)
        person = (await self.acting()).person
        await person.sends_voice(self.request.body, duration=seconds, mime_type=kind)
        self.reply({})


class FileHandler(KioskHandler):
    """GET /kiosk/file?id=: a file of this conversation and of no other."""

    async def get(self) -> None:
        """The bytes, never to be shown by the browser on their own."""
        stay = await self.stay()
        file_id = self.get_query_argument("id", "")
        file = self.stays.world.files.by_id(file_id) if file_id in files_of(stay.person.room) else None
        if file is None:
            self.refuse(404, "Ce fichier n'est plus là.")
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(file.content)


class StayHandler(KioskHandler):
    """POST /kiosk/stay: a key, a finger, a look at the page."""

    async def post(self) -> None:
        """The person is still there."""
        self.stays.goes_on(await self.stay())
        self.reply({})


class LeaveHandler(KioskHandler):
    """POST /kiosk/leave: the end, at once; leaving twice is fine."""

    async def post(self) -> None:
        """Erases the conversation."""
        await self.stays.end(self.request.headers.get(KEY_HEADER, ""))
        self.reply({})
