"""What the bot does to messages that are already there."""

from bot.sandbox.errors import bad_request
from bot.sandbox.formatted_text import LONGEST_TEXT
from bot.sandbox.markup import inline_keyboard
from bot.sandbox.methods.registry import Methods
from bot.sandbox.methods.sending import message_caption, message_of, message_text
from bot.sandbox.parameters import Parameters
from bot.sandbox.rooms import Room
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_WITH_CAPTION = ("document", "photo", "voice", "audio")


def edit_message_text(world: World, p: Parameters) -> Json | bool:
    """New text; without `reply_markup` the buttons go away."""
    text = message_text(p)
    if text.length > LONGEST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    room, message = _own_message(world, p)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    options = p.mapping("link_preview_options", "can't parse link preview options")
    new = {"text": text.text, "entities": text.entities or None, "link_preview_options": options}
    return _change(world, p, room, message, new)


def edit_message_caption(world: World, p: Parameters) -> Json | bool:
    """New caption under a file; an empty one removes it."""
    caption = message_caption(p)
    room, message = _own_message(world, p)
    if not any(kind in message for kind in _WITH_CAPTION):
        raise bad_request("there is no caption in the message to edit")
    new = {"caption": caption.text or None, "caption_entities": caption.entities or None}
    return _change(world, p, room, message, new)


def edit_message_reply_markup(world: World, p: Parameters) -> Json | bool:
    """New buttons, or none."""
    room, message = _own_message(world, p)
    return _change(world, p, room, message, {})


def delete_message(world: World, p: Parameters) -> bool:
    """Takes a message off every screen."""
    room = world.rooms.named(p.text("chat_id"))
    message = message_of(room, p, "message to delete not found")
    remove(world, room, message["message_id"])
    return True


def delete_messages(world: World, p: Parameters) -> bool:
    """Takes several messages off; those that are not there are passed over."""
    room = world.rooms.named(p.text("chat_id"))
    numbers = p.array("message_ids", "message identifiers are not specified") or []
    for number in numbers:
        if isinstance(number, int) and number in room.messages:
            remove(world, room, number)
    return True


def remove(world: World, room: Room, number: int) -> None:
    """Forgets a message and tells the screens."""
    del room.messages[number]
    if number in room.pinned:
        room.pinned.remove(number)
    world.news.publish("deleted", room.id, message_id=number)


def pin_chat_message(world: World, p: Parameters) -> bool:
    """Keeps a message in view at the top."""
    room = world.rooms.named(p.text("chat_id"))
    number = message_of(room, p, "message to pin not found")["message_id"]
    if number not in room.pinned:
        room.pinned.append(number)
    world.news.publish("pinned", room.id, pinned=list(room.pinned))
    return True


def unpin_chat_message(world: World, p: Parameters) -> bool:
    """Unpins one message, or the last one pinned."""
    room = world.rooms.named(p.text("chat_id"))
    number = p.integer("message_id") or (room.pinned[-1] if room.pinned else 0)
    if number not in room.pinned:
        raise bad_request("message to unpin not found")
    room.pinned.remove(number)
    world.news.publish("pinned", room.id, pinned=list(room.pinned))
    return True


def set_message_reaction(world: World, p: Parameters) -> bool:
    """A small sign beside a message; an empty list takes it away."""
    room = world.rooms.named(p.text("chat_id"))
    message = message_of(room, p, "message to react not found")
    signs = p.array("reaction", "can't parse reaction types JSON object") or []
    if len(signs) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [sign.get("emoji", "") for sign in signs if isinstance(sign, dict)]
    world.news.publish("reaction", room.id, message_id=message["message_id"], emoji=emoji)
    return True


def _own_message(world: World, p: Parameters) -> tuple[Room, Json]:
    inline = p.optional("inline_message_id")
    if inline is not None:
        room_id, number = world.inline_messages.get(inline, (0, 0))
        room = world.rooms.get(room_id)
        if room is None or number not in room.messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return room, room.messages[number]
    room = world.rooms.named(p.text("chat_id"))
    message = message_of(room, p, "message to edit not found")
    if message["from"]["id"] != world.profile.user["id"] or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return room, message


def _change(world: World, p: Parameters, room: Room, message: Json, new: Json) -> Json | bool:
    room.check_open()
    keyboard = p.mapping("reply_markup", "can't parse reply keyboard markup JSON object")
    if keyboard is not None and "inline_keyboard" not in keyboard:
        raise bad_request("inline keyboard expected")
    new = new | {"reply_markup": inline_keyboard(keyboard) if keyboard else None}
    if all(message.get(name) == value for name, value in new.items()):
        raise bad_request(_NOT_MODIFIED)
    changed = message | {"edit_date": int(world.clock())} | new
    changed = world.change(room, {name: value for name, value in changed.items() if value is not None})
    return True if p.optional("inline_message_id") else changed


METHODS: Methods = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
