"""New messages from the bot: text, places, contacts, copies."""

from bot.sandbox.errors import bad_request
from bot.sandbox.formatted_text import LONGEST_CAPTION, LONGEST_TEXT, FormattedText, formatted
from bot.sandbox.markup import inline_keyboard, reply_keyboard
from bot.sandbox.methods.registry import Methods
from bot.sandbox.parameters import Parameters
from bot.sandbox.rooms import Room
from bot.sandbox.wire import Json, without_none
from bot.sandbox.world import World

_MEDIA = ("text", "document", "photo", "voice", "audio", "sticker", "location", "venue", "contact", "caption")
_BODY = (*_MEDIA, "entities", "caption_entities", "link_preview_options")


def send_message(world: World, p: Parameters) -> Json:
    """Text of 1 to 4096 UTF-16 units after parsing."""
    text = message_text(p)
    if text.length > LONGEST_TEXT:
        raise bad_request("message is too long")
    return deliver(
        world,
        p,
        text=text.text,
        entities=text.entities or None,
        link_preview_options=p.mapping("link_preview_options", "can't parse link preview options"),
    )


def send_location(world: World, p: Parameters) -> Json:
    """A point."""
    return deliver(world, p, location=location(p))


def send_venue(world: World, p: Parameters) -> Json:
    """A point with a name and an address."""
    venue = {
        "location": location(p),
        "title": p.required("title", "title must be non-empty"),
        "address": p.required("address", "address must be non-empty"),
    }
    return deliver(world, p, location=venue["location"], venue=venue)


def send_contact(world: World, p: Parameters) -> Json:
    """A card with a telephone number."""
    contact = without_none(
        phone_number=p.required("phone_number", "phone number must be non-empty"),
        first_name=p.required("first_name", "first name must be non-empty"),
        last_name=p.optional("last_name"),
        vcard=p.optional("vcard"),
    )
    return deliver(world, p, contact=contact)


def send_chat_action(world: World, p: Parameters) -> bool:
    """Shows "écrit…" to the others for some seconds."""
    action = p.required("action", "wrong parameter action in request")
    room = world.rooms.named(p.text("chat_id"))
    room.check_open()
    world.news.publish("action", room.id, action=action)
    return True


def forward_message(world: World, p: Parameters) -> Json:
    """A message of another room, with its origin told."""
    room = world.rooms.named(p.text("chat_id"))
    room.check_open()
    source = message_of(world.rooms.named(p.text("from_chat_id")), p, "message to forward not found")
    origin = source.get("forward_origin") or {
        "type": "user",
        "date": source["date"],
        "sender_user": source["from"],
    }
    return deliver(world, p, forward_origin=origin, **_body(source))


def copy_message(world: World, p: Parameters) -> Json:
    """A message of another room, as if the bot had written it."""
    source = message_of(world.rooms.named(p.text("from_chat_id")), p, "message to copy not found")
    body = _body(source)
    if "caption" in p.values and "text" not in body:
        caption = message_caption(p)
        body.update(caption=caption.text or None, caption_entities=caption.entities or None)
    return {"message_id": deliver(world, p, **body)["message_id"]}


def deliver(world: World, p: Parameters, **content: object) -> Json:
    """Puts a message of the bot into a room, with what every sending method shares."""
    keyboard = p.mapping("reply_markup", "can't parse reply keyboard markup JSON object")
    attached = _attached(keyboard)
    room = world.rooms.named(p.text("chat_id"))
    room.check_open()
    message = world.rooms.new_message(
        room,
        world.profile.user,
        reply_to_message=_replied(room, p),
        message_thread_id=p.integer("message_thread_id") or None,
        has_protected_content=p.flag("protect_content") or None,
        **content,
        reply_markup=attached,
    )
    if keyboard is not None and "inline_keyboard" not in keyboard:
        _replace_keyboard(world, room, keyboard)
    return world.post(room, message)


def message_text(p: Parameters) -> FormattedText:
    """The `text` of a call, parsed; raises ApiError where nothing is left to show."""
    text = formatted(p.text("text"), p.optional("parse_mode"), p.entities("entities"))
    if not text.text:
        raise bad_request("message text is empty")
    return text


def message_caption(p: Parameters) -> FormattedText:
    """The `caption` of a call, parsed and not too long; it may be empty."""
    caption = formatted(p.text("caption"), p.optional("parse_mode"), p.entities("caption_entities"))
    if caption.length > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def message_of(room: Room, p: Parameters, complaint: str, name: str = "message_id") -> Json:
    """The message that a call is about; raises ApiError with the given complaint."""
    number = p.integer(name)
    if number <= 0:
        raise bad_request("message identifier is not specified")
    message = room.messages.get(number)
    if message is None:
        raise bad_request(complaint)
    return message


def location(p: Parameters) -> Json:
    """The point of a call."""
    latitude = p.number("latitude", "latitude is empty")
    longitude = p.number("longitude", "longitude is empty")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}


def _attached(keyboard: Json | None) -> Json | None:
    if keyboard is None:
        return None
    if "inline_keyboard" in keyboard:
        return inline_keyboard(keyboard)
    if "keyboard" in keyboard:
        reply_keyboard(keyboard)
    elif not (keyboard.get("remove_keyboard") or keyboard.get("force_reply")) and keyboard:
        raise bad_request("object expected as reply markup")
    return None


def _replace_keyboard(world: World, room: Room, keyboard: Json) -> None:
    if "keyboard" in keyboard:
        room.keyboard = reply_keyboard(keyboard)
    elif keyboard.get("remove_keyboard"):
        room.keyboard = None
    else:
        return
    world.news.publish("keyboard", room.id, keyboard=room.keyboard)


def _replied(room: Room, p: Parameters) -> Json | None:
    given = p.mapping("reply_parameters", "can't parse reply parameters JSON object") or {}
    number = given.get("message_id") or p.integer("reply_to_message_id")
    if not number:
        return None
    replied = room.messages.get(int(number))
    if replied is None:
        if given.get("allow_sending_without_reply") or p.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {name: value for name, value in replied.items() if name != "reply_to_message"}


def _body(source: Json) -> Json:
    return {name: source[name] for name in _BODY if name in source}


METHODS: Methods = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
