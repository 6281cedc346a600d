"""What a thumb does in a conversation; each method queues the update that Telegram would."""

from dataclasses import dataclass

from bot.sandbox.bubbles import Bubble
from bot.sandbox.errors import ScreenError
from bot.sandbox.formatted_text import LONGEST_TEXT, formatted
from bot.sandbox.methods.changes import remove
from bot.sandbox.methods.media import described
from bot.sandbox.parameters import Parameters
from bot.sandbox.screens import PATIENCE
from bot.sandbox.searches import Search
from bot.sandbox.seats import Seat
from bot.sandbox.wire import Json, without_none


@dataclass(slots=True, eq=False, repr=False)
class Chat(Seat):
    """A person in one room: what they see, and what they do there."""

    async def writes(self, text: str, *, reply_to: Bubble | None = None) -> Json:
        """Sends a text; commands, links and numbers in it are recognised as Telegram does."""
        shaped = formatted(text, None)
        if not shaped.text:
            raise ScreenError("Un message vide ne part pas.")
        if shaped.length > LONGEST_TEXT:
            raise ScreenError("Telegram coupe les messages de plus de 4096 caractères.")
        return self._send(
            reply_to_message=reply_to.message if reply_to else None,
            text=shaped.text,
            entities=shaped.entities or None,
        )

    async def starts(self, payload: str = "") -> Json:
        """Opens the conversation, as the Start button or a `?start=` link does."""
        return await self.writes(f"/start {payload}".rstrip())

    async def presses(self, label_or_data: str, *, message: Bubble | None = None) -> Json:
        """Presses a button: on a message (the last that has it), else on the reply keyboard.

        An old message that is gone, or a button it no longer has, can still be pressed by giving `message`:
        two thumbs, or a slow network.
        """
        if message is not None:
            button = message.button(label_or_data)
            found = (message, button) if button else None
        else:
            found = self.view.offering(label_or_data)
        if found is None:
            if message is None and label_or_data in self.keyboard:
                return await self._types_key(label_or_data)
            raise ScreenError(f"Pas de bouton « {label_or_data} » à l'écran :\n{self.screen}")
        return self._press(*found)

    async def edits(self, message: Bubble | Json, text: str) -> Json:
        """Changes a message of one's own; takes a bubble or the update that sent it."""
        number = _number(message)
        old = self.room.messages.get(number)
        if old is None or old["from"]["id"] != self.user["id"] or "text" not in old:
            raise ScreenError("On ne modifie que ses propres messages.")
        shaped = formatted(text, None)
        fresh = old | {"edit_date": int(self.world.clock()), "text": shaped.text}
        fresh.pop("entities", None)
        fresh |= without_none(entities=shaped.entities or None)
        self.view.look()
        return self.world.updates.add("edited_message", self.world.change(self.room, fresh))

    async def deletes(self, message: Bubble | Json) -> None:
        """Takes a message off the screen; Telegram does not tell bots."""
        remove(self.world, self.room, _number(message))

    async def sends_voice(self, content: bytes, *, duration: int = 1, mime_type: str = "audio/ogg") -> Json:
        """Sends a voice message."""
        return self._upload("voice", "voice.ogg", content, mime_type, duration=str(duration))

    async def sends_audio(self, content: bytes, *, name: str = "son.mp3", mime_type: str = "") -> Json:
        """Sends music or any sound file."""
        return self._upload("audio", name, content, mime_type)

    async def sends_photo(self, content: bytes, *, caption: str = "") -> Json:
        """Sends a picture."""
        return self._upload("photo", "photo.jpg", content, "image/jpeg", caption=caption)

    async def sends_document(self, name: str, content: bytes, *, caption: str = "", mime_type: str = "") -> Json:
        """Sends a file."""
        return self._upload("document", name, content, mime_type, caption=caption)

    async def sends_sticker(self, content: bytes = b"RIFF\0\0\0\0WEBPtrial", *, emoji: str = "🙂") -> Json:
        """Sends a sticker."""
        return self._upload("sticker", "sticker.webp", content, "image/webp", emoji=emoji)

    async def sends_location(self, latitude: float, longitude: float) -> Json:
        """Sends a point."""
        return self._send(location={"latitude": latitude, "longitude": longitude})

    async def sends_contact(self, phone_number: str, first_name: str = "") -> Json:
        """Sends a contact card; without a name, one's own."""
        own = None if first_name else self.user["id"]
        name = first_name or self.user["first_name"]
        return self._send(contact=without_none(phone_number=phone_number, first_name=name, user_id=own))

    async def searches(self, words: str, *, offset: str = "", within: float = PATIENCE) -> Search:
        """Types `@bot words` and waits for the results."""
        query = self.world.searches.ask(self.user["id"], self.room.id)
        kind = "sender" if self.room.kind == "private" else self.room.kind
        content = {"id": query.id, "from": self.user, "query": words, "offset": offset, "chat_type": kind}
        self.world.updates.add("inline_query", content)
        answer = await self.world.news.until(
            lambda: query.answer, within, lambda: f"Pas de résultat pour « {words} » en {within} s."
        )
        return Search(query.id, words, answer["results"], answer["next_offset"], answer.get("button"))

    async def chooses(self, search: Search, title_or_id: str) -> Json:
        """Sends one of the results into this room, by the grace of the bot."""
        result = search.find(title_or_id)
        bot = self.world.profile.user
        number = f"inline-{search.id}-{result['id']}" if result.get("reply_markup") else None
        chosen = without_none(
            result_id=result["id"], inline_message_id=number, query=search.words, **{"from": self.user}
        )
        update = self._send(via_bot=bot, reply_markup=result.get("reply_markup"), **result["content"])
        if number is not None:
            self.world.remember_inline(number, self.room, update["message"])
        self.world.updates.add("chosen_inline_result", chosen)
        return update

    def _send(self, **content: object) -> Json:
        self.room.started = True
        keyboard = self.room.keyboard
        if keyboard and keyboard.get("one_time_keyboard"):
            self.room.keyboard = None
            self.world.news.publish("keyboard", self.room.id, keyboard=None)
        message = self.world.rooms.new_message(self.room, self.user, **content)
        self.world.post(self.room, message)
        self.view.look()
        return self.world.updates.add("message", message)

    def _upload(self, kind: str, name: str, content: bytes, mime_type: str, **extra: str) -> Json:
        file = self.world.files.keep(kind, name, content, mime_type)
        body: Json = {kind: described(kind, file, Parameters(extra))}
        if caption := extra.get("caption"):
            shaped = formatted(caption, None)
            body |= without_none(caption=shaped.text, caption_entities=shaped.entities or None)
        return self._send(**body)

    def _press(self, bubble: Bubble, button: Json) -> Json:
        data = button.get("callback_data")
        if data is None:
            raise ScreenError(f"Le bouton « {button['text']} » ne parle pas au bot : {sorted(button)}.")
        self.pressed = query = self.world.callbacks.ask(self.user["id"], self.room.id)
        message = self.room.messages.get(bubble.id)
        if message is None:
            message = {"chat": self.room.wire, "message_id": bubble.id, "date": 0}
        self.view.look()
        content = {"id": query.id, "from": self.user, "chat_instance": str(self.room.id), "data": data}
        if "via_bot" in message and message["from"]["id"] != self.world.profile.user["id"]:
            places = self.world.inline_messages.items()
            number = next((n for n, place in places if place == (self.room.id, bubble.id)), "")
            return self.world.updates.add("callback_query", content | {"inline_message_id": number})
        return self.world.updates.add("callback_query", content | {"message": message})

    async def _types_key(self, label: str) -> Json:
        rows: list[list[Json]] = self.room.keyboard["keyboard"] if self.room.keyboard else []
        key = next(key for row in rows for key in row if key["text"] == label)
        if key.get("request_location"):
            return await self.sends_location(45.1848, 0.7218)
        if key.get("request_contact"):
            return await self.sends_contact("+33553000000")
        return await self.writes(label)


def _number(message: Bubble | Json) -> int:
    return message.id if isinstance(message, Bubble) else int(message["message"]["message_id"])
