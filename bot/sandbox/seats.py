"""A person before one conversation: reading it, and waiting for the bot without sleeping."""

from dataclasses import dataclass, field

from bot.sandbox.bubbles import Bubble
from bot.sandbox.errors import ScreenError
from bot.sandbox.queries import Query
from bot.sandbox.rooms import Room
from bot.sandbox.screens import PATIENCE, Screen
from bot.sandbox.wire import Json
from bot.sandbox.world import World


@dataclass(slots=True, eq=False, repr=False)
class Seat:
    """A person in one room, and what they see there."""

    world: World
    user: Json
    room: Room
    view: Screen = field(init=False)
    pressed: Query | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.view = Screen(self.world, self.room)
        self.view.look()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.user['first_name']} in {self.room.id}>"

    @property
    def id(self) -> int:
        """The chat id."""
        return self.room.id

    @property
    def screen(self) -> str:
        """The conversation as it stands, as plain text."""
        return self.view.text

    @property
    def bubbles(self) -> list[Bubble]:
        """The messages as they stand, oldest first."""
        return self.view.bubbles

    @property
    def last(self) -> Bubble:
        """The last message on the screen."""
        return self.view.last

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard."""
        rows = self.room.keyboard["keyboard"] if self.room.keyboard else []
        return [button["text"] for row in rows for button in row]

    @property
    def commands(self) -> list[str]:
        """The names in this person's command menu."""
        user = self.user
        menu = self.world.profile.commands_for(self.id, user["id"], user.get("language_code", ""))
        return [command["command"] for command in menu]

    async def replies(self, count: int = 1, *, within: float = PATIENCE) -> list[Bubble]:
        """Waits for `count` new messages of the bot since this person last did something or last asked."""
        return await self.view.replies(count, within)

    async def reply(self, *, within: float = PATIENCE) -> Bubble:
        """Waits for one new message of the bot, and gives the last of those that came."""
        return (await self.view.replies(1, within))[-1]

    async def change(self, *, within: float = PATIENCE) -> Bubble:
        """Waits for the next message of the bot that is new or edited."""
        return await self.view.changes(within)

    async def sees(self, words: str, *, within: float = PATIENCE) -> Bubble:
        """Waits until some message or button holds the words."""
        return await self.view.sees(words, within)

    async def no_longer_sees(self, words: str, *, within: float = PATIENCE) -> None:
        """Waits until no message and no button holds the words."""
        await self.view.no_longer_sees(words, within)

    async def hears_nothing(self, *, during: float = 0.2) -> None:
        """Checks that the bot keeps silent here for a while; raises ScreenError where it speaks."""
        before = len(self.room.messages)
        await self.world.news.quiet(during)
        if len(self.room.messages) > before:
            raise ScreenError(f"Le bot a parlé :\n{self.screen}")

    @property
    def alert(self) -> Json | None:
        """The answer to the button pressed last, if it came: text, show_alert."""
        return self.pressed.answer if self.pressed else None

    async def gets_alert(self, *, within: float = PATIENCE) -> str:
        """Waits for the answer to the button pressed last, and gives its text."""
        query = self.pressed
        if query is None:
            raise ScreenError("Aucun bouton n'a été pressé.")
        answer = await self.world.news.until(lambda: query.answer, within, lambda: "Le bouton est resté sans réponse.")
        return str(answer["text"])
