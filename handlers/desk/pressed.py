"""One gesture of a member of staff: a button pressed, or a sentence typed at a step."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from bot.context import Context, Services
from bot.domain.knowledge import Knowledge
from bot.services.desk import Desk, DeskError
from bot.services.desk.queue import CardDetail
from handlers.delivery import edit, send
from handlers.render.desk_data import DeskPressed
from handlers.render.screen import Screen


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, and the message under which it stood."""

    message: Message
    pressed: DeskPressed
    person: int
    context: Context

    @property
    def services(self) -> Services:
        return self.context.services

    @property
    def desk(self) -> Desk:
        return self.services.desk

    @property
    def knowledge(self) -> Knowledge:
        return self.services.knowledge.current

    @property
    def card(self) -> int:
        return self.pressed.card

    async def detail(self) -> CardDetail:
        """The card that the button is about; raises DeskError when it is gone."""
        found = await self.desk.queue.card(self.card)
        if found is None:
            raise DeskError("file_disparue")
        return found

    async def take(self) -> CardDetail:
        """The same, in this person's hand from now on."""
        detail = await self.detail()
        await self.desk.gestures.take(self.card, by=self.person)
        return detail

    async def show(self, screen: Screen) -> None:
        """Turn the message into a screen; what does not fit in one message is sent below."""
        if len(screen.parts) == 1:
            await edit(self.message, screen)
        else:
            await self.say(screen)

    async def say(self, screen: Screen) -> None:
        await send(self.context.bot, self.message.chat_id, screen)
