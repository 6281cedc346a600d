"""The sandbox as a whole: starts and stops the server, and hands out people and faults to tests."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.web import Application

from bot.sandbox.bot_api import BotApiHandler, FileHandler
from bot.sandbox.bubbles import Bubble
from bot.sandbox.cast import MEDIATOR_ID, STAFF_ID, Cast
from bot.sandbox.chats import Chat
from bot.sandbox.faults import Faults
from bot.sandbox.guards import check_address
from bot.sandbox.journal import Call, Journal
from bot.sandbox.listening import listen, url_of
from bot.sandbox.people import Person, Role
from bot.sandbox.polling import Polling
from bot.sandbox.profile import Profile
from bot.sandbox.rooms import MOST_MESSAGES, MOST_ROOMS, Rooms
from bot.sandbox.screens import PATIENCE
from bot.sandbox.trial import routes as trial_routes
from bot.sandbox.wire import Json
from bot.sandbox.world import World

TOKEN = "1000001:trial-token-for-this-machine-only"  # noqa: S105 - opens nothing but this sandbox
_LARGEST_BODY = 52 * 1024 * 1024
_GROUP_ID = -1_000_000_000_001


class Sandbox:
    """A Telegram of one bot on a loopback port, with people to talk to it.

    `for_kiosk` leaves the Bot API alone on the port: no page, nobody in it, no call remembered.
    """

    def __init__(
        self,
        address: str = "127.0.0.1",
        port: int = 0,
        *,
        token: str = TOKEN,
        bot_name: str = "Accès droits",
        bot_username: str = "acces_droits_bot",
        staff_ids: Sequence[int] = (STAFF_ID,),
        mediator_ids: Sequence[int] = (MEDIATOR_ID,),
        most_messages: int = MOST_MESSAGES,
        most_rooms: int = MOST_ROOMS,
        for_kiosk: bool = False,
    ) -> None:
        check_address(address)
        self.address = address
        self.port = port
        self.token = token
        self.staff_ids = tuple(staff_ids)
        self.mediator_ids = tuple(mediator_ids)
        user = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.world = World(token, Profile(user), rooms=Rooms(most_rooms=most_rooms, most_messages=most_messages))
        self.cast = Cast(self.world)
        self.for_kiosk = for_kiosk
        if for_kiosk:
            self.world.journal.keep_nothing()
        else:
            self.cast.fill(self.staff_ids, self.mediator_ids)
        self._server: HTTPServer | None = None

    # The server

    async def start(self) -> None:
        """Listens; raises SandboxError where the port is taken."""
        listening = listen(self.address, self.port)
        self.port = int(listening.getsockname()[1])
        self._server = HTTPServer(self._application(), max_body_size=_LARGEST_BODY, max_buffer_size=_LARGEST_BODY)
        self._server.add_sockets([listening])

    async def stop(self) -> None:
        """Stops listening and ends every connection; what people wrote is kept until the object goes."""
        await self.world.webhook.stop()
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()
            await server.close_all_connections()
            # Connections end in callbacks of the loop: give them the turn they wait for.
            await asyncio.sleep(0)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def page_url(self) -> str:
        """The chat page."""
        return url_of(self.address, self.port)

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.page_url}bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.page_url}file/bot"

    # People

    @property
    def residents(self) -> list[Person]:
        """The residents so far."""
        return [person for person in self.cast.people.values() if person.role == "resident"]

    @property
    def mediators(self) -> list[Person]:
        """One for each of `mediator_ids`."""
        return [person for person in self.cast.people.values() if person.role == "mediator"]

    @property
    def staff(self) -> list[Person]:
        """One for each of `staff_ids`."""
        return [person for person in self.cast.people.values() if person.role == "staff"]

    def person(
        self,
        name: str,
        *,
        user_id: int | None = None,
        role: Role = "resident",
        username: str | None = None,
        language: str = "fr",
        started: bool = False,
    ) -> Person:
        """Someone by first name, new where unknown; until they write the bot may not, unless `started`."""
        return self.cast.named(name) or self.cast.add(
            name, user_id=user_id, role=role, username=username, language=language, started=started
        )

    def group(self, title: str, *members: Person, chat_id: int = _GROUP_ID) -> list[Chat]:
        """A group with the bot in it; one seat for each member, in order."""
        return self.cast.group(title, chat_id, "supergroup", members)

    async def say(self, person: Chat, text: str) -> Json:
        """The person writes; gives the update."""
        return await person.writes(text)

    async def press(self, message: Bubble, label_or_data: str) -> Json:
        """Whoever the message was sent to presses one of its buttons; gives the update."""
        return await self.cast.people[message.message["chat"]["id"]].presses(label_or_data, message=message)

    async def wait_for_reply(self, person: Chat, *, within: float = PATIENCE) -> Bubble:
        """The last new message of the bot for the person."""
        return await person.reply(within=within)

    # Troubles and inspection

    @property
    def faults(self) -> Faults:
        """Troubles for the next calls."""
        return self.world.faults

    @property
    def journal(self) -> Journal:
        """What the bot called."""
        return self.world.journal

    def calls(self, *methods: str) -> list[Call]:
        """The calls of some methods, or of all but getUpdates."""
        return self.journal.of(*methods) if methods else list(self.journal.calls)

    async def wait_for_call(self, method: str, *, count: int = 1, within: float = PATIENCE) -> Call:
        """The `count`th finished call of a method."""

        def finished() -> Call | None:
            calls = [call for call in self.journal.of(method) if call.status]
            return calls[count - 1] if len(calls) >= count else None

        return await self.world.news.until(
            finished, within, lambda: f"Pas d'appel de {method} : {[c.method for c in self.calls()]}"
        )

    async def wait_until_taken(self, *, within: float = PATIENCE) -> None:
        """Returns once the bot has confirmed every update so far."""
        last = self.world.updates.last

        def taken() -> bool:
            return all(pending.number > last for pending in self.world.updates.pending)

        await self.world.news.until(taken, within, lambda: "Le bot ne prend pas les messages.")

    async def wait_until_quiet(self, *, during: float = 0.1) -> None:
        """Returns once nothing has been called or said for a while."""
        await self.world.news.quiet(during)

    def repeat(self, update: Json) -> None:
        """Delivers an update a second time under the same update_id."""
        self.world.updates.repeat(update)

    def held_back(self) -> "contextlib.AbstractContextManager[list[Json]]":
        """Holds updates back within a `with`; the list may be reordered before it is delivered at the end."""
        return self.world.updates.held()

    @contextlib.contextmanager
    def out_of_order(self) -> "Iterator[None]":
        """Delivers the updates of a `with` block last first."""
        with self.held_back() as held:
            yield
            held.reverse()

    def expire_buttons(self) -> None:
        """Makes every button pressed so far too old to be answered."""
        self.world.callbacks.expire()

    def _application(self) -> Application:
        polling = Polling(self.world)
        routes: list[Any] = [
            (r"/bot([^/]+)/([A-Za-z_]+)", BotApiHandler, {"world": self.world, "polling": polling}),
            (r"/file/bot([^/]+)/(.+)", FileHandler, {"world": self.world}),
        ]
        if not self.for_kiosk:
            routes += trial_routes(self.world, self.cast)
        return Application(routes, log_function=lambda _: None)
