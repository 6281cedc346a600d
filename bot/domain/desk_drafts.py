"""A topic as staff write it in a conversation: the steps, and the reading of what they type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.contributions import LONGEST_BUTTON, TopicDraft
from bot.domain.models import Contact, Link, Source

CREATE_STEPS = ("titre", "reponse", "etapes", "lien", "contact", "source")
# What can be corrected from a card, as the contributions name it.
FIELDS = ("reponse", "etapes", "contacts.0.telephone", "contacts.0.horaires", "facettes.ou", "facettes.quand",
          "facettes.papiers", "facettes.cout")  # fmt: skip
LONGEST_ANSWER = 3_000
_URL = re.compile(r"https?://\S+")
_PHONE = re.compile(
    r"(?<!\d)(?:\+33\s?|0)\d(?:[ .]?\d{2}){4}(?!\d)"
    r"|(?<!\d)0[ .]?[89]\d{2}(?:[ .]?\d{2,3}){2,3}(?!\d)|(?<!\d)3\d{3}(?!\d)"
)
_DATE = re.compile(r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{4})|\b((?:19|20)\d{2})\b)")
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s*")
_BUTTON_OF_A_LINK = "La page officielle"
_EDGES = " ,;:–-\n"


def draft_of(content: Mapping[str, Any], today: date) -> TopicDraft:
    """The draft behind what was typed at each step."""
    link, contact, source = (str(content.get(name, "")) for name in ("lien", "contact", "source"))
    return TopicDraft(
        theme=str(content.get("theme", "")),
        titre=str(content.get("titre", "")),
        reponse=str(content.get("reponse", "")),
        etapes=steps_of(str(content.get("etapes", ""))),
        liens=(link_of(link, str(content.get("titre", ""))),) if link else (),
        contacts=(contact_of(contact),) if contact else (),
        sources=(source_of(source, today),) if source else (),
    )


def steps_of(text: str) -> tuple[str, ...]:
    """One step a line, without its own number or dash."""
    return tuple(step for line in text.splitlines() if (step := _BULLET.sub("", line).strip()))


def link_of(text: str, title: str) -> Link:
    """An address with its title, in any order; else the topic's own title. Too long for a button: shorter words."""
    found = _URL.search(text)
    url = found.group().rstrip(".,;)") if found else text.strip()
    said = _URL.sub(" ", text).strip(_EDGES) if found else ""
    name = (said or title or url)[:60]
    return Link(name, url, _BUTTON_OF_A_LINK if len(name) > LONGEST_BUTTON else None)


def contact_of(text: str) -> Contact:
    """A name, a number and an address, as one writes them: "Service des sports, 05 53 00 00 00, 1 rue X"."""
    phone, url = _PHONE.search(text), _URL.search(text)
    rest = _PHONE.sub("\n", _URL.sub("\n", text))
    parts = [part.strip(_EDGES) for part in re.split(r"[,;\n]", rest)]
    parts = [part for part in parts if part]
    name = parts[0] if parts else text.strip()
    return Contact(
        name,
        phone=_spaced(phone.group()) if phone else None,
        address=", ".join(parts[1:]) or None,
        link=url.group().rstrip(".,;)") if url else None,
    )


def source_of(text: str, today: date) -> Source:
    """A title with a date; without one, what was read today."""
    found, url = _DATE.search(_URL.sub(" ", text)), _URL.search(text)
    day = today.isoformat()
    if found:
        year, month, one, only_year, only_month, day_first, month_second, year_last, alone = found.groups()
        if year:
            day = f"{year}-{month}-{one}"
        elif only_year:
            day = f"{only_year}-{only_month}"
        elif year_last:
            day = f"{year_last}-{int(month_second):02d}-{int(day_first):02d}"
        else:
            day = alone
    title = _URL.sub(" ", text)
    title = title.replace(found.group(), " ") if found else title
    return Source(" ".join(title.split()).strip(_EDGES) or "Équipe du service", day, url.group() if url else None)


def _spaced(phone: str) -> str:
    """A number as the base writes it: 05 53 35 86 00, 0 800 47 33 33, 3230."""
    digits = "".join(filter(str.isdigit, phone))
    if digits.startswith("33") and len(digits) == 11:
        digits = f"0{digits[2:]}"
    if len(digits) == 10 and digits[1] == "8":
        return (
            f"{digits[0]} {digits[1:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}" if digits[1:4].isdigit() else digits
        )
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2)) if len(digits) == 10 else digits
