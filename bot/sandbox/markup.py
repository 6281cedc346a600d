"""Keyboards: what a bot may put under a message or in place of the keyboard, and what Telegram refuses."""

from typing import cast

from bot.sandbox.errors import bad_request
from bot.sandbox.links import LinkError, checked_link
from bot.sandbox.wire import Json

MOST_BUTTONS = 100
LONGEST_CALLBACK_DATA = 64
_LONGEST_COPY = 256
_ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def inline_keyboard(markup: Json) -> Json | None:
    """The inline keyboard that Telegram would attach; None where every row is empty."""
    given = _rows(markup["inline_keyboard"], "inline keyboard")
    rows = [[_inline_button(button) for button in row] for row in given if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(markup: Json) -> Json:
    """The keyboard that replaces the one of the telephone."""
    rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"], "keyboard")]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > 3 * MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if not rows:
        raise bad_request("reply keyboard is empty")
    kept = ("is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective")
    return {"keyboard": rows} | {name: markup[name] for name in kept if name in markup}


def _rows(value: object, name: str) -> list[list[Json]]:
    if not isinstance(value, list):
        raise bad_request(f'can\'t parse reply keyboard markup: Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f"can't parse {name} row: an Array of rows expected")
    return cast("list[list[Json]]", value)


def _reply_button(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("text buttons must be non-empty")
    return button


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: Object expected")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: inline keyboard button text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {reason}")
    kept = {"text": text} | {name: button[name] for name in ("style",) if name in button}
    for action in sorted(actions):
        kept[action] = _action(action, button[action])
        break  # Telegram takes one action and ignores the others
    return kept


def _action(action: str, value: object) -> object:
    match action:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= LONGEST_CALLBACK_DATA:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return _button_url(value)
        case "copy_text":
            copied = value.get("text") if isinstance(value, dict) else None
            if not isinstance(copied, str) or not 1 <= len(copied) <= _LONGEST_COPY:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _button_url(value: object) -> str:
    url = str(value)
    try:
        return checked_link(url)
    except LinkError as error:
        reason = str(error) or "URL is invalid"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}") from None
