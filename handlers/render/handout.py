"""A topic as the card that somebody takes home, and what is said around it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from bot.domain.handout import Code, Handout, PaperSize, Reach
from bot.domain.knowledge import Knowledge
from bot.domain.models import Contact, Topic
from handlers.callback_data import Action
from handlers.callback_data import encode as encode_action
from handlers.handout_data import HandoutPressed, encode
from handlers.render.answer import proof_lines
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen


def handout_of(knowledge: Knowledge, topic: Topic, size: PaperSize, today: date, *, link: str, bot: str) -> Handout:
    """The card of a topic; `link` opens it with the bot, whose name on Telegram is `bot`; none without."""
    say = knowledge.texts.say
    page = topic.links[0].url
    return Handout(
        size=size,
        title=topic.title,
        answer=topic.answer,
        steps_title=say("titre_etapes"),
        steps=topic.steps,
        papers_title=say("titre_pieces"),
        papers=topic.documents,
        reach_title=say("titre_contacts"),
        reach=tuple(_reach(knowledge, contact) for contact in topic.contacts),
        codes=(
            Code(page, (say("fiche_page_officielle"), _site(page))),
            *([Code(link, (say("fiche_sur_telegram"), f"@{bot}"))] if link else []),
        ),
        proof=tuple(proof_lines(knowledge, topic, today, sources=1)),
        pages=tuple(say("page", numero=number, total=2) for number in (1, 2)),
    )


def handout_caption(knowledge: Knowledge, topic: Topic) -> str:
    """What stands under the file."""
    return knowledge.texts.say("fiche_legende", sujet=topic.button)


def handout_keyboard(knowledge: Knowledge, topic: Topic, size: PaperSize) -> Keyboard:
    """The other size of sheet, one tap away."""
    other = PaperSize.A5 if size is PaperSize.A4 else PaperSize.A4
    label = knowledge.texts.say(f"bouton_fiche_{other.value.lower()}")
    return ((Button(label, encode(HandoutPressed(topic.id, other))),),)


def which_handout_screen(knowledge: Knowledge, topics: tuple[str, ...], size: PaperSize) -> Screen:
    """Two or three topics that the words may mean: each button makes its card."""
    shown = [knowledge.topics[topic] for topic in topics if topic in knowledge.topics]
    lines = "\n".join(f"• {escape(topic.brief)}" for topic in shown)
    rows = tuple((Button(topic.button, encode(HandoutPressed(topic.id, size))),) for topic in shown)
    return Screen(join_blocks([bold(knowledge.texts.say("fiche_laquelle")), lines]), rows)


def no_handout_screen(knowledge: Knowledge, topic: Topic) -> Screen:
    """The card could not be made: the answer is still one tap away."""
    answer = Button(topic.button, encode_action(Action.TOPIC, topic.id))
    return Screen((escape(knowledge.texts.say("fiche_echec")),), ((answer,),))


def _reach(knowledge: Knowledge, contact: Contact) -> Reach:
    ways = [contact.phone] if contact.phone else []
    if contact.sms and contact.sms != contact.phone:
        ways.append(knowledge.texts.say("contact_sms", numero=contact.sms))
    if not ways and not contact.address and contact.link:
        ways.append(_site(contact.link))  # on paper a link is what one can type
    name = f"{contact.name} : {', '.join(ways)}" if ways else contact.name
    more = " – ".join(filter(None, (contact.hours, contact.note)))
    return Reach(name, tuple(filter(None, (contact.address, more))))


def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
