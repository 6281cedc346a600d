"""What a person has before their eyes in one room, and waiting for it to change."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.bubbles import Bubble
from bot.sandbox.errors import ScreenError
from bot.sandbox.news import Event
from bot.sandbox.rooms import Room
from bot.sandbox.wire import Json
from bot.sandbox.world import World

PATIENCE = 5.0  # seconds that a test waits before it says what it saw instead


@dataclass(slots=True, eq=False)
class Screen:
    """The messages of a room, and which of them are news to its reader."""

    world: World
    room: Room
    read: int = 0

    @property
    def bubbles(self) -> list[Bubble]:
        """Everything on the screen, oldest first."""
        return [Bubble(message) for message in self.room.messages.values()]

    @property
    def text(self) -> str:
        """Everything on the screen as plain text, edits and deletions done."""
        keyboard = self.room.keyboard
        rows = keyboard["keyboard"] if keyboard else []
        below = ["".join(f"⟨{button['text']}⟩" for button in row) for row in rows]
        return "\n".join([*map(str, self.bubbles), *below])

    @property
    def last(self) -> Bubble:
        """The last message; raises ScreenError where there is none."""
        if not self.room.messages:
            raise ScreenError("L'écran est vide.")
        return Bubble(next(reversed(self.room.messages.values())))

    def look(self) -> None:
        """Counts everything so far as read."""
        self.read = self.world.news.number

    async def replies(self, count: int, within: float) -> list[Bubble]:
        """At least `count` messages from the bot since the last look, and all that came with them."""
        found = await self._wait(
            lambda: [e for e in self._news() if e.kind == "message" and self._of_bot(e)],
            count,
            within,
            f"{count} message(s) du bot",
        )
        self.read = found[-1].number
        return [Bubble(self._now(event.content["message"])) for event in found]

    async def changes(self, within: float) -> Bubble:
        """The next message of the bot that is new or edited since the last look."""
        found = await self._wait(
            lambda: [e for e in self._news() if e.kind in {"message", "edited"} and self._of_bot(e)],
            1,
            within,
            "un message du bot, nouveau ou modifié",
        )
        self.read = found[0].number
        return Bubble(found[0].content["message"])

    async def sees(self, words: str, within: float) -> Bubble:
        """The last message holding the words or a button of that name, as soon as there is one."""

        def holding() -> Bubble | None:
            return next((b for b in reversed(self.bubbles) if words in str(b)), None)

        return await self.world.news.until(holding, within, lambda: f"« {words} » n'est pas à l'écran :\n{self.text}")

    async def no_longer_sees(self, words: str, within: float) -> None:
        """Returns once the words are nowhere on the screen."""
        await self.world.news.until(
            lambda: words not in self.text, within, lambda: f"« {words} » est encore à l'écran :\n{self.text}"
        )

    def offering(self, label_or_data: str) -> tuple[Bubble, Json] | None:
        """The last message with such a button, and the button."""
        for bubble in reversed(self.bubbles):
            button = bubble.button(label_or_data)
            if button is not None:
                return bubble, button
        return None

    async def _wait(self, find: Callable[[], list[Event]], count: int, within: float, wanted: str) -> list[Event]:
        def enough() -> list[Event] | None:
            found = find()
            return found if len(found) >= count else None

        return await self.world.news.until(
            enough, within, lambda: f"{wanted} attendu(s) en {within} s ; à l'écran :\n{self.text}"
        )

    def _news(self) -> list[Event]:
        return [event for event in self.world.news.since(self.read) if event.chat == self.room.id]

    @staticmethod
    def _of_bot(event: Event) -> bool:
        return Bubble(event.content["message"]).from_bot

    def _now(self, message: Json) -> Json:
        return self.room.messages.get(message["message_id"], message)
