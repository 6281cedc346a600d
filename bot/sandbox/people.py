"""People who talk to the bot, each with a telephone of their own."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.chats import Chat
from bot.sandbox.rooms import Room
from bot.sandbox.wire import Json

Role = Literal["resident", "mediator", "staff"]


@dataclass(slots=True, eq=False, repr=False)
class Person(Chat):
    """Someone with a telephone, alone with the bot; `joins` gives them a seat in a group."""

    role: Role = "resident"

    @property
    def name(self) -> str:
        """The first name."""
        return str(self.user["first_name"])

    async def blocks(self) -> Json:
        """Blocks the bot: from now on it gets 403."""
        return self._membership("member", "kicked")

    async def unblocks(self) -> Json:
        """Lets the bot write again."""
        return self._membership("kicked", "member")

    def joins(self, room: Room) -> Chat:
        """This person's seat in a group."""
        room.members[self.user["id"]] = self.user
        return Chat(self.world, self.user, room)

    def _membership(self, old: str, new: str) -> Json:
        self.room.blocked = new == "kicked"
        bot = self.world.profile.user
        self.view.look()
        return self.world.updates.add(
            "my_chat_member",
            {
                "chat": self.room.wire,
                "from": self.user,
                "date": int(self.world.clock()),
                "old_chat_member": _bot_status(bot, old),
                "new_chat_member": _bot_status(bot, new),
            },
        )


def _bot_status(bot: Json, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": bot} | until
