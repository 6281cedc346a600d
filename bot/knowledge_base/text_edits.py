"""Changes one place of a YAML file's text and leaves every other character as the editor wrote it.

The place is found with the marks of `yaml.compose`; what comes out is read again, and must say exactly what was meant.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from typing import Any

import yaml

from bot.errors import AccesDroitsError
from bot.knowledge_base.yaml_file import Place

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WIDTH = 110


class EditError(AccesDroitsError):
    """The text is laid out in a way that cannot be changed safely: an editor must do it."""


def plain_data(text: str) -> Any:
    """What the text says, every scalar as text."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - text, lists and mappings only
    except yaml.YAMLError as error:
        raise EditError("le fichier n'est pas du YAML correct") from error


def scalar(text: str, *, quoted: bool = False) -> str:
    """One line of text as YAML: bare when that reads back the same in a list and in a mapping, else in quotes."""
    if not quoted:
        try:
            read = yaml.load(f"- {text}\n- key: {text}\n", Loader=_Loader)  # noqa: S506
        except yaml.YAMLError:
            read = None
        if read == [text, {"key": text}] and not _guessed(text):
            return text
    return json.dumps(text, ensure_ascii=False)


def append_item(text: str, place: Place, item: str | dict[str, Any]) -> str:
    """The text with one more item at the end of the list at `place`."""
    expected = plain_data(text)
    items = _at(expected, place)
    if not isinstance(items, list):
        raise EditError("la liste n'a pas été trouvée")
    items.append(item)
    node = _node(text, place)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise EditError("la liste n'a pas été trouvée")
    last = _end(text, node.value[-1])
    if node.flow_style:
        changed = text[:last] + f", {_flow(item)}" + text[last:]
    else:
        dash = node.start_mark.column
        changed = _insert_lines(text, last, _block_item(item, dash))
    return _verified(changed, expected)


def remove_item(text: str, place: Place, index: int) -> str:
    """The text without the lines of one item of a block list that has several."""
    expected = plain_data(text)
    del _at(expected, place)[index]
    node = _node(text, place)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or len(node.value) < 2:
        raise EditError("la ligne ne peut pas être retirée seule")
    start = text.rfind("\n", 0, node.value[index].start_mark.index) + 1
    end = _line_end(text, _end(text, node.value[index]))
    return _verified(text[:start] + text[end:], expected)


def replace_scalar(text: str, place: Place, value: str) -> str:
    """The text with one scalar changed, in the style that it had."""
    expected = plain_data(text)
    _at(expected, place[:-1])[place[-1]] = value
    node = _node(text, place)
    if not isinstance(node, yaml.ScalarNode):
        raise EditError("ce n'est pas un texte simple")
    start, end = node.start_mark.index, _end(text, node)
    line_start = text.rfind("\n", 0, start) + 1
    margin = len(text[line_start:]) - len(text[line_start:].lstrip(" -"))
    ways = [scalar(value), scalar(value, quoted=True)]
    if node.style in {"|", ">"}:
        ways.insert(0, _folded(value, margin + 2, _newline(text)))
    elif node.style is not None or _in_flow(text, place):
        ways.pop(0)
    return _first_that_holds([text[:start] + way + text[end:] for way in ways], expected)


def replace_items(text: str, place: Place, values: Sequence[str]) -> str:
    """The text with a list's items changed where they differ; equal ones at both ends stay as they are."""
    old = _at(plain_data(text), place)
    head = 0
    while head < min(len(old), len(values)) and old[head] == values[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(values)) - head and old[-1 - tail] == values[-1 - tail]:
        tail += 1
    for index in range(head, min(len(old), len(values)) - tail):
        text = replace_scalar(text, (*place, index), values[index])
    for index in reversed(range(len(values) - tail, len(old) - tail)):
        text = remove_item(text, place, index)
    for index in range(len(old) - tail, len(values) - tail):
        text = _insert_item(text, place, index, values[index])
    return text


def add_key(text: str, place: Place, value: str) -> str:
    """The text with one more key at the end of the mapping that should hold it."""
    expected = plain_data(text)
    _at(expected, place[:-1])[place[-1]] = value
    node = _node(text, place[:-1])
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise EditError("l'endroit n'a pas été trouvé")
    last = _end(text, node.value[-1][1])
    if node.flow_style:
        changed = text[:last] + f", {place[-1]}: {scalar(value, quoted=True)}" + text[last:]
    else:
        column = node.value[0][0].start_mark.column
        changed = _insert_lines(text, last, [f"{' ' * column}{place[-1]}: {scalar(value)}"])
    return _verified(changed, expected)


def _insert_item(text: str, place: Place, index: int, item: str) -> str:
    if index >= len(_at(plain_data(text), place)):
        return append_item(text, place, item)
    expected = plain_data(text)
    _at(expected, place).insert(index, item)
    node = _node(text, place)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise EditError("la liste est écrite sur une seule ligne")
    start = text.rfind("\n", 0, node.value[index].start_mark.index) + 1
    line = _block_item(item, node.start_mark.column)[0] + _newline(text)
    return _verified(text[:start] + line + text[start:], expected)


def _first_that_holds(ways: Sequence[str], expected: Any) -> str:
    for way in ways:
        try:
            return _verified(way, expected)
        except EditError:
            continue
    raise EditError("ce changement ne peut pas être écrit sans toucher au reste du fichier")


def _verified(changed: str, expected: Any) -> str:
    if plain_data(changed) != expected:
        raise EditError("ce changement ne peut pas être écrit sans toucher au reste du fichier")
    return changed


def _node(text: str, place: Place) -> yaml.Node | None:
    node = yaml.compose(text, Loader=_Loader)
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        else:
            return None
    return node


def _in_flow(text: str, place: Place) -> bool:
    parents = (_node(text, place[:length]) for length in range(len(place)))
    return any(isinstance(one, yaml.CollectionNode) and one.flow_style for one in parents)


def _at(data: Any, place: Place) -> Any:
    try:
        for part in place:
            data = data[part]
    except (KeyError, IndexError, TypeError):
        raise EditError("l'endroit n'a pas été trouvé") from None
    return data


def _end(text: str, node: yaml.Node) -> int:
    """Just after the last character of a node; marks of block nodes stand where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return len(text[:end].rstrip())
    return end


def _line_end(text: str, index: int) -> int:
    """After the line break that ends the line at `index`, or the end of the text."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _insert_lines(text: str, index: int, lines: Sequence[str]) -> str:
    newline = _newline(text)
    at = _line_end(text, index)
    opening = "" if text[:at].endswith("\n") else newline  # the file's last line may have no end
    return text[:at] + opening + "".join(f"{line}{newline}" for line in lines) + text[at:]


def _block_item(item: str | dict[str, Any], dash: int) -> list[str]:
    margin = " " * dash
    if isinstance(item, str):
        return [f"{margin}- {scalar(item)}"]
    lines = [
        f"{key}: {_flow(value) if isinstance(value, (dict, list)) else scalar(value)}" for key, value in item.items()
    ]
    return [f"{margin}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if re.fullmatch(r"[a-z]+(-[a-z]+)*", str(value)) else scalar(str(value), quoted=True)


def _folded(value: str, margin: int, newline: str) -> str:
    wrapped = textwrap.wrap(value, _WIDTH - margin, break_long_words=False, break_on_hyphens=False)
    return newline.join([">-", *(" " * margin + line for line in wrapped)])


def _guessed(text: str) -> bool:
    """Whether another reader of YAML would see something else than text ("on", "0553", "9:30", "null")."""
    try:
        return bool(yaml.safe_load(f"- {text}") != [text])
    except (yaml.YAMLError, ValueError):
        return True
