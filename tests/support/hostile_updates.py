"""Updates that nobody at Telegram would send: of the right types with wild values, and of wrong types.

The types are python-telegram-bot's own classes, read from their constructors: what the published Bot API promises.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import telegram
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Json = dict[str, Any]
KINDS = {
    "message": "Message",
    "edited_message": "Message",
    "callback_query": "CallbackQuery",
    "inline_query": "InlineQuery",
    "chosen_inline_result": "ChosenInlineResult",
    "my_chat_member": "ChatMemberUpdated",
}
_NAMES = {"from_user": "from"}  # as constructors call what the Bot API calls otherwise
_SAME = {"MaybeInaccessibleMessage": "Message", "InaccessibleMessage": "Message"}
_DEEPEST = 4
_EACH = 100
_WORD = re.compile(r"[A-Za-z_.]+")
_HOSTILE = (
    "", " ", "\0", "\u202e", "\ufeff", "\ud7ff", "\U0010ffff", "a" * 4096, "😭" * 500, "é\u0301" * 300,
    "%s%n{0}{texts}",
    "<b>", "</b></blockquote>&amp;&#0;", "<a href='javascript:1'>x</a>", "';DROP TABLE needs;--", "=HYPERLINK(1)",
    "/start", "/start ../../etc/passwd", "/file", "/bilan", "/export", "/effacer", "/seance", "/fin", "/équipe@x",
    "/START@acces_droits_bot \0", "comment demander le rsa", "je veux mourir", "il me frappe", "n" * 64, "t:rsa",
    "t:rsa:9", "h:x", "e:", "::::", "t:" + "é" * 31, "n:rsa:-1", "[](){}", "\r\n\r\n", "http://x.invalid/\u2028",
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2**31, 2**52, -(2**52))
_MOMENTS = (0, 1, 1_795_000_000, 1_795_000_300, 2**31 - 1, 2**32)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kinds: tuple[str, ...]
    many: bool
    required: bool


@cache
def _fields(kind: str) -> tuple[_Field, ...]:
    """The fields of a type, as its constructor takes them."""
    found = []
    for name, parameter in inspect.signature(getattr(telegram, kind).__init__).parameters.items():
        if name in {"self", "api_kwargs"}:
            continue
        given = parameter.annotation
        told = given.__name__ if inspect.isclass(given) else str(given)
        words = [word.rpartition(".")[2] for word in _WORD.findall(told)]
        kinds = tuple(_SAME.get(word, word) for word in words if word not in {"None", "NoneType", "Sequence"})
        if "timedelta" in kinds:
            kinds = ("timedelta",)
        required = parameter.default is inspect.Parameter.empty
        found.append(_Field(_NAMES.get(name, name), kinds, "Sequence" in words, required))
    return tuple(found)


class Maker:
    """Makes updates by chance, with texts of hypothesis among the worst that are known."""

    def __init__(self, chance: Random, texts: list[str], people: list[Json]) -> None:
        self._chance, self._texts, self._people = chance, texts, people

    def update(self) -> Json:
        """One update without its number; every third is broken somewhere."""
        kind = self._chance.choice(list(KINDS))
        made = self.thing(KINDS[kind])
        person = self._chance.choice(self._people)
        for whose in (made, made.get("message") if isinstance(made.get("message"), dict) else {}):
            if "chat" in whose:
                whose["chat"] = {"id": person["id"], "type": "private", "first_name": "x"}
            if "from" in whose:
                whose["from"] = dict(person)
        if self._chance.random() < 1 / 3:
            self._break(made)
        return {kind: made}

    def thing(self, kind: str, depth: int = 0) -> Any:
        """A value of a type."""
        simple = self._simple(kind)
        if simple is not None:
            return simple
        if not inspect.isclass(getattr(telegram, kind, None)):
            return self._chance.choice(self._texts)
        made: Json = {}
        for field in _fields(kind):
            likely = 0.5 if depth == 0 and field.name in {"text", "reply_to_message", "data", "message"} else 0.08
            if not field.required and (depth >= _DEEPEST or self._chance.random() > likely):
                continue
            one = self._chance.choice(field.kinds) if field.kinds else "str"
            count = self._chance.randint(0, 2) if field.many else 1
            values = [self.thing(one, depth + 1) for _ in range(count)] if depth < _DEEPEST + 2 else []
            made[field.name] = values if field.many else values[0] if values else {}
        return made

    def _simple(self, kind: str) -> Any:
        match kind:
            case "str":
                return self._chance.choice((*self._texts, *_HOSTILE))
            case "int":
                return self._chance.choice(_NUMBERS)
            case "datetime":
                return self._chance.choice(_MOMENTS)
            case "timedelta":
                return self._chance.choice((0, 1, 86_400))
            case "float":
                return self._chance.choice((0.0, -1e308, 45.18))
            case "bool":
                return self._chance.random() < 0.5
        return None

    def _break(self, made: Json) -> None:
        """Something is missing, or of another type, on this level or below."""
        inner = [value for value in made.values() if isinstance(value, dict) and value]
        if inner and self._chance.random() < 0.5:
            self._break(self._chance.choice(inner))
            return
        if not made:
            return
        name = self._chance.choice(list(made))
        if self._chance.random() < 0.4:
            del made[name]
        else:
            made[name] = self._chance.choice((None, [], {}, "x", -1, [[]], {"id": None}, True))


def hostile_updates(count: int, people: list[Json]) -> list[Json]:
    """So many updates, without numbers; the same each time."""
    found: list[Json] = []

    @settings(
        max_examples=-(-count // _EACH), derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.randoms(use_true_random=True), st.lists(st.text(max_size=200), min_size=4, max_size=12))
    def make(chance: Random, texts: list[str]) -> None:
        maker = Maker(chance, texts, people)
        found.extend(maker.update() for _ in range(_EACH))

    make()
    return found[:count]
