"""What every address of the trial shares: this machine only, our page only, errors as French sentences."""

from typing import ClassVar

from tornado.web import RequestHandler

from bot.sandbox.cast import Cast
from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, SandboxError, ScreenError
from bot.sandbox.guards import host_is_local, is_same_origin
from bot.sandbox.people import Person
from bot.sandbox.wire import encode
from bot.sandbox.world import World

_SAFE_METHODS = frozenset({"GET", "HEAD"})


class TrialHandler(RequestHandler):
    """An address under /trial/."""

    body_type: ClassVar[str] = "application/json"

    def initialize(self, world: World, cast: Cast) -> None:
        """The sandbox this server shows."""
        self.world = world
        self.cast = cast

    def set_default_headers(self) -> None:
        """Nothing here is kept by the browser, or read as anything else than what it is."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        """Refuses other machines and the pages of other sites."""
        if not host_is_local(self.request):
            self.refuse(403, "Cette adresse ne répond qu'à sa propre machine.")
        elif self.request.method not in _SAFE_METHODS and not is_same_origin(self.request):
            self.refuse(403, "Cette demande vient d'une autre page.")
        elif self.request.method not in _SAFE_METHODS and not self._has_right_type():
            self.refuse(415, "Contenu inattendu.")

    def refuse(self, status: int, sentence: str) -> None:
        """Ends the request with a sentence for a person."""
        self.set_status(status)
        self.reply({"error": sentence})

    def reply(self, value: object) -> None:
        """Ends the request with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(encode(value))

    def fail(self, error: SandboxError | ApiError) -> None:
        """Ends the request with the reason it cannot be met."""
        self.refuse(400, str(error))

    def seat(self, person_id: object, chat_id: object = None) -> Chat:
        """A person in their room with the bot, or in a group they belong to; raises ScreenError."""
        person = self.cast.people.get(_number(person_id))
        if person is None:
            raise ScreenError("Cette personne n'existe pas.")
        if chat_id in {None, "", person.id}:
            return person
        room = self.world.rooms.get(_number(chat_id))
        if room is None or person.user["id"] not in room.members:
            raise ScreenError("Cette conversation n'existe pas.")
        return Chat(self.world, person.user, room)

    def person(self, person_id: object) -> Person:
        """A person; raises ScreenError."""
        person = self.cast.people.get(_number(person_id))
        if person is None:
            raise ScreenError("Cette personne n'existe pas.")
        return person

    def _has_right_type(self) -> bool:
        # A form of another site cannot send JSON without asking first: the type is a second lock.
        return self.request.headers.get("Content-Type", "").startswith(self.body_type)


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
