"""The bot's answers to buttons and to inline searches."""

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.formatted_text import LONGEST_TEXT, formatted
from bot.sandbox.links import LinkError, checked_link
from bot.sandbox.markup import inline_keyboard
from bot.sandbox.methods.registry import Methods
from bot.sandbox.parameters import Parameters
from bot.sandbox.wire import Json, without_none
from bot.sandbox.world import World

LONGEST_ALERT = 200
MOST_RESULTS = 50
_CACHE_SECONDS = 300
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(world: World, p: Parameters) -> bool:
    """Ends the waiting of a pressed button, with a passing note or an alert."""
    text = p.text("text")
    if len(text) > LONGEST_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = p.optional("url")
    if url is not None:
        try:
            url = checked_link(url)
        except LinkError:
            raise bad_request("URL_INVALID") from None
    answer = without_none(text=text, show_alert=p.flag("show_alert"), url=url)
    query = world.callbacks.answer(p.text("callback_query_id"), answer)
    world.news.publish("alert", query.room_id, user=query.user_id, query_id=query.id, **answer)
    return True


def answer_inline_query(world: World, p: Parameters) -> bool:
    """Offers results to someone who searches from any chat."""
    results = p.array("results", "can't parse inline query results JSON object")
    if results is None:
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    checked = [_result(world, result, seen) for result in results]
    next_offset = p.text("next_offset")
    if len(next_offset.encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = without_none(
        results=checked,
        next_offset=next_offset,
        cache_time=p.integer("cache_time", _CACHE_SECONDS),
        is_personal=p.flag("is_personal"),
        button=_button(p),
    )
    query_id = p.text("inline_query_id")
    query = world.searches.answer(query_id, answer)
    world.news.publish("inline", query.room_id, user=query.user_id, query_id=query_id)
    return True


def _button(p: Parameters) -> Json | None:
    """The button above the results: it opens the bot with a word for /start, or a web application."""
    button = p.mapping("button", "can't parse inline query results button")
    if button is None:
        return None
    text, start = button.get("text"), button.get("start_parameter")
    if not isinstance(text, str) or not text.strip():
        raise bad_request('can\'t parse inline query results button: Field "text" must be of type String')
    if (start is None) == (button.get("web_app") is None):
        raise bad_request("can't parse inline query results button: exactly one action must be specified")
    if start is not None and not _START_PARAMETER.fullmatch(str(start)):
        raise bad_request("START_PARAM_INVALID")
    return button


def _result(world: World, result: object, seen: set[str]) -> Json:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: Object expected")
    kind, name = str(result.get("type", "")), str(result.get("id", ""))
    if not 1 <= len(name.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if name in seen:
        raise bad_request("RESULT_ID_DUPLICATE")
    seen.add(name)
    title = str(result.get("title", ""))
    if kind in {"article", "document", "venue"} and not title:
        raise bad_request(f"can't parse inline query result: {kind} title must be non-empty")
    kept: Json = {"type": kind, "id": name} | without_none(
        title=title or None, description=result.get("description"), url=result.get("url")
    )
    keyboard = result.get("reply_markup")
    if isinstance(keyboard, dict):
        kept["reply_markup"] = inline_keyboard(keyboard)
    return kept | {"content": _content(world, kind, result)}


def _content(world: World, kind: str, result: Json) -> Json:
    """The part of a message that choosing this result would send."""
    given = result.get("input_message_content")
    if isinstance(given, dict):
        if "message_text" in given:
            text = formatted(str(given["message_text"]), given.get("parse_mode"), given.get("entities"))
            if not text.text:
                raise bad_request("message text is empty")
            if text.length > LONGEST_TEXT:
                raise bad_request("MESSAGE_TOO_LONG")
            options = given.get("link_preview_options")
            return without_none(text=text.text, entities=text.entities or None, link_preview_options=options)
        if "phone_number" in given:
            return {"contact": given}
        point = {"latitude": given.get("latitude"), "longitude": given.get("longitude")}
        if "address" in given:
            venue = {"location": point, "title": given.get("title"), "address": given["address"]}
            return {"location": point, "venue": venue}
        return {"location": point}
    if kind == "article":
        raise bad_request("can't parse inline query result: message content must be specified")
    file_id = next((str(v) for k, v in result.items() if k.endswith("_file_id")), "")
    file = world.files.by_id(file_id)
    if file is None:
        raise bad_request("the trial server sends only articles and files it already knows inline")
    head = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return {"document": head | {"file_name": file.name, "mime_type": file.mime_type}}


METHODS: Methods = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
