"""One message as a person sees it: the words, the buttons, the file under it."""

from dataclasses import dataclass
from typing import cast

from bot.sandbox.wire import Json

_SIGNS = {"photo": "🖼", "voice": "🎤", "audio": "🎵", "sticker": "🙂"}


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as it stood at one moment."""

    message: Json

    @property
    def id(self) -> int:
        """The message_id."""
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """The words, whether text or caption."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def author(self) -> str:
        """The first name of whoever wrote it."""
        return str(self.message["from"]["first_name"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it, rather than a person or a person through the bot."""
        return bool(self.message["from"]["is_bot"])

    @property
    def edited(self) -> bool:
        """Whether it has changed since it was sent."""
        return "edit_date" in self.message

    @property
    def entities(self) -> list[Json]:
        """Bold, links and the like."""
        return cast("list[Json]", self.message.get("entities") or self.message.get("caption_entities") or [])

    @property
    def rows(self) -> list[list[Json]]:
        """The inline keyboard."""
        return cast("list[list[Json]]", self.message.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, label_or_data: str) -> Json | None:
        """The button of a label, else of a callback data, else whose label contains the words."""
        buttons = [button for row in self.rows for button in row]
        for found in (
            lambda b: b["text"] == label_or_data,
            lambda b: b.get("callback_data") == label_or_data,
            lambda b: label_or_data.casefold() in b["text"].casefold(),
        ):
            match = next((b for b in buttons if found(b)), None)
            if match is not None:
                return match
        return None

    def __str__(self) -> str:
        """As plain text: author, words, attachments, and buttons in brackets."""
        parts = [self.text, *self._attachments()]
        head = f"{self.author} : " + "\n".join(p for p in parts if p) + (" (modifié)" if self.edited else "")
        rows = ["".join(f"[{button['text']}]" for button in row) for row in self.rows]
        return "\n".join([head, *rows])

    def _attachments(self) -> list[str]:
        m = self.message
        shown: list[str] = []
        if "venue" in m:
            shown.append(f"📍 {m['venue']['title']}, {m['venue']['address']}")
        elif "location" in m:
            shown.append(f"📍 {m['location']['latitude']}, {m['location']['longitude']}")
        if "contact" in m:
            shown.append(f"👤 {m['contact']['first_name']} {m['contact']['phone_number']}")
        if "document" in m:
            shown.append(f"📎 {m['document'].get('file_name', '')}")
        shown.extend(sign for kind, sign in _SIGNS.items() if kind in m)
        return shown
