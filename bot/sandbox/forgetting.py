"""Forgets a person wholly: nothing of what they wrote or read is left in the memory of the sandbox."""

from bot.sandbox.cast import Cast
from bot.sandbox.rooms import Room
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_WITH_FILES = ("voice", "audio", "document", "sticker")


def forget(world: World, cast: Cast, person_id: int) -> None:
    """Removes the person, their room, files, open questions, waiting updates and everything told about them."""
    room = world.rooms.remove(person_id)
    if room is not None:
        world.files.drop(files_of(room))
    cast.people.pop(person_id, None)
    world.users.pop(person_id, None)
    world.callbacks.forget(person_id)
    world.searches.forget(person_id)
    world.updates.forget(person_id)
    world.news.forget(person_id)


def files_of(room: Room) -> set[str]:
    """The identifiers of the files that stand in a conversation."""
    return {file_id for message in room.messages.values() for file_id in _files(message)}


def _files(message: Json) -> list[str]:
    found = [message[kind]["file_id"] for kind in _WITH_FILES if kind in message]
    return found + [size["file_id"] for size in message.get("photo", ())]
