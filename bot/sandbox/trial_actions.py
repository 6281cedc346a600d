"""What a person does on the page: each action is one of those of `people`, by its name."""

import json
from collections.abc import Awaitable, Callable

from bot.sandbox.bubbles import Bubble
from bot.sandbox.errors import ApiError, SandboxError, ScreenError
from bot.sandbox.searches import Search
from bot.sandbox.trial_handler import TrialHandler
from bot.sandbox.wire import Json

_LONGEST_NAME = 40
_SEARCH_PATIENCE = 10.0


class ActionHandler(TrialHandler):
    """POST /trial/<action> with a JSON object."""

    async def post(self, action: str) -> None:
        """Does it, and gives back what came of it."""
        try:
            body = json.loads(self.request.body)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            self.refuse(400, "Demande illisible.")
            return
        try:
            self.reply(await ACTIONS[action](self, body))
        except (SandboxError, ApiError) as error:
            self.fail(error)


class UploadHandler(TrialHandler):
    """POST /trial/upload: the bytes of a file as the body, the rest in the address."""

    body_type = "application/octet-stream"

    async def post(self) -> None:
        """Sends the file as a voice message, a picture, a sound or a document."""
        name = self.get_query_argument("name", "fichier")
        mime_type = self.get_query_argument("type", "")
        caption = self.get_query_argument("caption", "")
        duration = self.get_query_argument("duration", "1")
        content = self.request.body
        try:
            seat = self.seat(self.get_query_argument("person", ""), self.get_query_argument("chat", None))
            match self.get_query_argument("kind", "document"):
                case "voice":
                    seconds = int(duration) if duration.isdecimal() else 1
                    mime_type = mime_type or "audio/ogg"
                    update = await seat.sends_voice(content, duration=seconds, mime_type=mime_type)
                case "photo":
                    update = await seat.sends_photo(content, caption=caption)
                case "audio":
                    update = await seat.sends_audio(content, name=name, mime_type=mime_type)
                case _:
                    update = await seat.sends_document(name, content, caption=caption, mime_type=mime_type)
        except (SandboxError, ApiError) as error:
            self.fail(error)
        else:
            self.reply(update)


async def _person(handler: TrialHandler, body: Json) -> Json:
    name = " ".join(str(body.get("name", "")).split())[:_LONGEST_NAME]
    if not name:
        raise ScreenError("Donnez un prénom.")
    person = handler.cast.named(name) or handler.cast.add(name)
    return {"id": person.id, "name": person.name, "role": person.role}


async def _send(handler: TrialHandler, body: Json) -> Json:
    seat = handler.seat(body.get("person"), body.get("chat"))
    reply_to = seat.room.messages.get(_number(body.get("reply_to")))
    return await seat.writes(str(body.get("text", "")), reply_to=Bubble(reply_to) if reply_to else None)


async def _press(handler: TrialHandler, body: Json) -> Json:
    seat = handler.seat(body.get("person"), body.get("chat"))
    message = seat.room.messages.get(_number(body.get("message_id")))
    if message is None:
        raise ScreenError("Ce message n'est plus là.")
    return await seat.presses(str(body.get("data", "")), message=Bubble(message))


async def _edit(handler: TrialHandler, body: Json) -> Json:
    seat = handler.seat(body.get("person"), body.get("chat"))
    old = {"message": {"message_id": _number(body.get("message_id"))}}
    return await seat.edits(old, str(body.get("text", "")))


async def _location(handler: TrialHandler, body: Json) -> Json:
    try:
        point = float(body["latitude"]), float(body["longitude"])
    except (KeyError, TypeError, ValueError):
        raise ScreenError("Donnez une latitude et une longitude.") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ScreenError("Ce point n'est pas sur la Terre.")
    return await handler.seat(body.get("person"), body.get("chat")).sends_location(*point)


async def _contact(handler: TrialHandler, body: Json) -> Json:
    phone = str(body.get("phone_number", "")).strip()
    if not phone:
        raise ScreenError("Donnez un numéro.")
    name = str(body.get("first_name", "")).strip()
    return await handler.seat(body.get("person"), body.get("chat")).sends_contact(phone, name)


async def _sticker(handler: TrialHandler, body: Json) -> Json:
    emoji = str(body.get("emoji", "")) or "🙂"
    return await handler.seat(body.get("person"), body.get("chat")).sends_sticker(emoji=emoji)


async def _inline(handler: TrialHandler, body: Json) -> Json:
    seat = handler.seat(body.get("person"), body.get("chat"))
    words, offset = str(body.get("query", "")), str(body.get("offset", ""))
    search = await seat.searches(words, offset=offset, within=_SEARCH_PATIENCE)
    return {
        "id": search.id,
        "query": search.words,
        "results": search.results,
        "next_offset": search.next_offset,
        "button": search.button,
    }


async def _choose(handler: TrialHandler, body: Json) -> Json:
    """A result found by `inline`; the answer is read again here, never taken from the page."""
    seat = handler.seat(body.get("person"), body.get("chat"))
    query = handler.world.searches.find(str(body.get("id", "")))
    if query is None or query.answer is None or query.user_id != seat.user["id"]:
        raise ScreenError("Cette recherche n'est plus là.")
    answer = query.answer
    search = Search(query.id, str(body.get("query", "")), answer["results"], answer["next_offset"], None)
    return await seat.chooses(search, str(body.get("result", "")))


async def _block(handler: TrialHandler, body: Json) -> Json:
    person = handler.person(body.get("person"))
    return await (person.blocks() if body.get("blocked") else person.unblocks())


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


ACTIONS: dict[str, Callable[[TrialHandler, Json], Awaitable[Json]]] = {
    "person": _person,
    "send": _send,
    "press": _press,
    "edit": _edit,
    "location": _location,
    "contact": _contact,
    "sticker": _sticker,
    "inline": _inline,
    "choose": _choose,
    "block": _block,
}
