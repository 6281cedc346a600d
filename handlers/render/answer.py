"""A topic as residents read it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from bot.domain.freshness import review_day
from bot.domain.knowledge import Knowledge
from bot.domain.models import Contact, Link, Topic
from handlers.callback_data import Action, encode
from handlers.handout_data import HandoutPressed
from handlers.handout_data import encode as encode_handout
from handlers.render.checklist import checklist_button
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import BUTTON_CHARACTERS, Button, Keyboard, Screen, cut_label, rows_of

_MAX_RELATED = 3
_MAX_LINKS = 4
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]  # no locale of the machine is trusted
_FACETS = {
    "ou": "Où", "quand": "Quand", "papiers": "Papiers", "delai": "Combien de temps", "cout": "Combien ça coûte",
    "telephone": "Par téléphone", "en_ligne": "Sur internet", "sans_internet": "Sans internet",
}  # fmt: skip


def french_date(day: date) -> str:
    """22 novembre 2026; the first of a month is "1er"."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def french_partial_date(text: str) -> str:
    """A source's date as it was given: 2026, novembre 2026 or 22 novembre 2026."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return french_date(date(*parts))
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else text


def answer_screen(
    knowledge: Knowledge,
    topic: Topic,
    today: date,
    *,
    short: bool = False,
    second: bool = False,
    facet: str | None = None,
) -> Screen:
    """The whole answer; `second` after a first refusal, `short` for the short form, `facet` for what comes first."""
    blocks = [bold(topic.title)]
    if facet in topic.facets:
        blocks.append(facet_block(topic, str(facet)))
    blocks.append(escape(first_sentences(topic.answer) if short else topic.answer))
    if short:
        blocks += [escape(topic.steps[0])] if topic.steps else []
        blocks += [one_number(knowledge, topic)]
    else:
        blocks += _details(knowledge, topic)
    blocks.append(proof_block(knowledge, topic, today))
    return Screen(join_blocks(blocks), answer_keyboard(knowledge, topic, second=second))


def facet_screen(knowledge: Knowledge, topic: Topic, facet: str, today: date) -> Screen:
    """Only the side that was asked for, with its proof, and the whole answer one press away."""
    blocks = [bold(topic.title), facet_block(topic, facet), proof_block(knowledge, topic, today)]
    whole = Button(topic.button, encode(Action.TOPIC, topic.id))
    more = Button(knowledge.texts.say("bouton_precisions"), encode(Action.FACETS, topic.id))
    papers = checklist_button(knowledge, topic) if facet == "papiers" else None
    return Screen(join_blocks(blocks), (*(((papers,),) if papers else ()), (whole,), (more,)))


def facet_block(topic: Topic, facet: str) -> str:
    return f"{bold(_FACETS[facet])} : {escape(topic.facets[facet])}"


def facets_screen(topic: Topic) -> Screen:
    """The parts that people ask for separately."""
    lines = [facet_block(topic, name) for name in topic.facets]
    back = Button(topic.button, encode(Action.TOPIC, topic.id))
    return Screen(join_blocks([bold(topic.title), *lines]), ((back,),))


def answer_keyboard(
    knowledge: Knowledge, topic: Topic, *, second: bool = False, asked: bool = True, reasons: Keyboard = ()
) -> Keyboard:
    """The buttons under an answer; `asked` is false once the person said whether it helped, `reasons` stand instead."""
    texts = knowledge.texts
    links = [link_button(link) for link in topic.links[:_MAX_LINKS]]
    feedback = (
        Button(texts.say("bouton_aide"), encode(Action.HELPED, topic.id)),
        Button(texts.say("bouton_pas_ca"), encode(Action.NOT_THAT, topic.id, int(second))),
    )
    more = [Button(texts.say("bouton_precisions"), encode(Action.FACETS, topic.id))]
    if any(contact.phone for contact in topic.contacts):
        more.append(Button(texts.say("bouton_contact"), encode(Action.CONTACTS, topic.id)))
    papers = checklist_button(knowledge, topic)
    handout = Button(texts.say("bouton_fiche"), encode_handout(HandoutPressed(topic.id)))
    take_away = [papers, handout] if papers else [handout]
    related = [knowledge.topics[other] for other in topic.see_also if other in knowledge.topics][:_MAX_RELATED]
    return (
        *rows_of(links, 1),
        *((feedback,) if asked and not reasons else reasons),
        tuple(more),
        *rows_of(take_away, 2),
        *rows_of([Button(cut_label(other.button), encode(Action.TOPIC, other.id)) for other in related], 1),
        (Button(texts.say("bouton_themes"), encode(Action.THEMES)),),
    )


def link_button(link: Link) -> Button:
    """A button that opens a page; a long title that nobody shortened gives way to the site's name."""
    label = link.short or link.title
    if len(label) > BUTTON_CHARACTERS:
        host = str(urlsplit(link.url).hostname or "").removeprefix("www.")
        label = next((name for name in (f"Site {host}", host) if host and len(name) <= BUTTON_CHARACTERS), label)
    return Button(cut_label(label), url=link.url)


def _details(knowledge: Knowledge, topic: Topic) -> list[str]:
    texts = knowledge.texts
    blocks = []
    if topic.steps:
        steps = [f"{number}. {escape(step)}" for number, step in enumerate(topic.steps, 1)]
        blocks.append("\n".join([bold(texts.say("titre_etapes")), *steps]))
    if topic.documents:
        documents = [f"• {escape(document)}" for document in topic.documents]
        blocks.append("\n".join([bold(texts.say("titre_pieces")), *documents]))
    contacts = [contact_line(knowledge, contact, first=not place) for place, contact in enumerate(topic.contacts)]
    blocks.append("\n".join([bold(texts.say("titre_contacts")), *contacts]))
    return blocks


def contact_line(knowledge: Knowledge, contact: Contact, *, first: bool) -> str:
    ways = [contact.phone] if contact.phone else []
    if contact.sms and contact.sms != contact.phone:
        ways.append(knowledge.texts.say("contact_sms", numero=contact.sms))
    line = f"• {escape(contact.name)}" + (f" : {bold(', '.join(ways))}" if ways else "")
    details = [escape(text) for text in (contact.address, contact.hours, contact.note) if text]
    if details:
        line += "\n   " + " – ".join(details)
    international = international_number(contact.phone) if first and contact.phone else None
    if international:
        # Telegram makes a link of a number in this form only; the form people know stands above.
        line += "\n   " + escape(knowledge.texts.say("appeler", numero=international))
    return line


def one_number(knowledge: Knowledge, topic: Topic) -> str:
    """The first number that one can call, with its name and nothing else; the first contact where there is none."""
    for contact in topic.contacts:
        if contact.phone:
            international = international_number(contact.phone)
            call = f"\n   {escape(knowledge.texts.say('appeler', numero=international))}" if international else ""
            return f"{escape(contact.name)} : {bold(contact.phone)}{call}"
    return contact_line(knowledge, topic.contacts[0], first=True)


def international_number(phone: str) -> str | None:
    """A French ten-digit number as +33…; None for short and special-rate numbers, which have no such form."""
    digits = "".join(filter(str.isdigit, phone))
    return f"+33{digits[1:]}" if len(digits) == 10 and digits[0] == "0" and digits[1] != "8" else None


def proof_block(knowledge: Knowledge, topic: Topic, today: date) -> str:
    return f"<i>{chr(10).join(map(escape, proof_lines(knowledge, topic, today)))}</i>"


def proof_lines(knowledge: Knowledge, topic: Topic, today: date, *, sources: int = 2) -> list[str]:
    """The sources with their dates, and when it was checked, or that it must be confirmed."""
    texts = knowledge.texts
    named = " ; ".join(f"{source.title} ({french_partial_date(source.date)})" for source in topic.sources[:sources])
    lines = [texts.say("source", sources=named)]
    checked = french_date(topic.checked_on)
    if today > review_day(topic):
        phone = next((contact.phone for contact in topic.contacts if contact.phone), "05 53 35 86 00")
        lines.append(texts.say("perime", date=checked, telephone=phone))
    else:
        lines.append(texts.say("verifie", date=checked))
    return lines


def first_sentences(text: str, count: int = 2) -> str:
    found: list[str] = []
    for piece in text.replace("! ", "!\0").replace("? ", "?\0").replace(". ", ".\0").split("\0"):
        found.append(piece)
        if len(found) == count:
            break
    return " ".join(found)
