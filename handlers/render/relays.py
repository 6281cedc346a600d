"""A relay as the mediator ticks it, as its code is handed over, and as whoever opens it reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.relays import MOST, Relay, grouped, version
from handlers.relay_data import RelayAction, encode
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, rows_of


def begin_button(knowledge: Knowledge, topic: Topic) -> Button:
    """Opens the ticking of a relay for a topic."""
    return Button(knowledge.texts.say("bouton_relais"), encode(RelayAction.BEGIN, Relay(topic.id, version(topic))))


def topics_screen(knowledge: Knowledge, topics: tuple[Topic, ...]) -> Screen:
    """Which topic the relay is about."""
    rows = tuple(
        (Button(topic.button, encode(RelayAction.BEGIN, Relay(topic.id, version(topic)))),) for topic in topics
    )
    return Screen((escape(knowledge.texts.say("relais_lequel")),), rows)


def ticking_screen(knowledge: Knowledge, topic: Topic, relay: Relay) -> Screen:
    """Steps and papers, each with its state in words; a button turns one round."""
    texts = knowledge.texts
    blocks = [bold(topic.title), escape(texts.say("relais_consigne"))]
    blocks += [_steps(knowledge, topic, relay), _papers(knowledge, topic, relay)]
    steps = [
        Button(
            texts.say("bouton_etape_faite" if number in relay.done else "bouton_etape_a_faire", numero=number + 1),
            encode(RelayAction.TICK, replace(relay, done=relay.done ^ {number})),
        )
        for number in range(min(len(topic.steps), MOST))
    ]
    papers = [
        Button(
            texts.say("bouton_papier_manque" if number in relay.missing else "bouton_papier_la", numero=number + 1),
            encode(RelayAction.TICK, replace(relay, missing=relay.missing ^ {number})),
        )
        for number in range(min(len(topic.documents), MOST))
    ]
    give: Keyboard = ((Button(texts.say("bouton_donner_code"), encode(RelayAction.CODE, relay)),),)
    return Screen(join_blocks(blocks)[:1], (*rows_of(steps, 2), *rows_of(papers, 2), *give))


def code_screen(knowledge: Knowledge, topic: Topic, code: str, link: str, last_day: date) -> Screen:
    """The code, to be copied on paper or sent; it works once."""
    texts = knowledge.texts
    shown = bold(grouped(code))
    how = escape(texts.say("relais_code_suite", date=french_date(last_day)))
    return Screen(join_blocks([escape(texts.say("relais_code", titre=topic.title)), shown, how, escape(link)]))


def state_screen(knowledge: Knowledge, topic: Topic, relay: Relay) -> Screen:
    """How far it came; what was corrected since is not guessed at."""
    texts = knowledge.texts
    blocks = [bold(texts.say("relais_etat", titre=topic.title))]
    if not relay.fits(topic):
        return Screen(join_blocks([*blocks, escape(texts.say("relais_change"))]))
    missing = len(relay.missing)
    if topic.documents:
        key = "relais_papiers_complets" if not missing else "relais_un_papier" if missing == 1 else "relais_papiers"
        blocks.append(bold(texts.say(key, nombre=missing)))
    blocks += [_steps(knowledge, topic, relay), _papers(knowledge, topic, relay), escape(texts.say("relais_suite"))]
    return Screen(join_blocks(blocks))


def _steps(knowledge: Knowledge, topic: Topic, relay: Relay) -> str:
    say = knowledge.texts.say
    lines = [
        say("relais_etape_faite" if number in relay.done else "relais_etape_a_faire", numero=number + 1, etape=step)
        for number, step in enumerate(topic.steps)
    ]
    return "\n".join([bold(say("relais_etapes")), *map(escape, lines)]) if lines else ""


def _papers(knowledge: Knowledge, topic: Topic, relay: Relay) -> str:
    say = knowledge.texts.say
    lines = [
        say("relais_papier_manque" if number in relay.missing else "relais_papier_la", numero=number + 1, papier=paper)
        for number, paper in enumerate(topic.documents)
    ]
    return "\n".join([bold(say("relais_pieces")), *map(escape, lines)]) if lines else ""
