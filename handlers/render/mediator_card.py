"""What an answer adds for the mediator while a session is open, and the button that keeps its topic."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.sessions import Session
from handlers.render.html import bold, escape, join_blocks
from handlers.render.relays import begin_button
from handlers.render.screen import Button, Keyboard, Screen
from handlers.session_data import SessionAction, encode


def for_mediator(knowledge: Knowledge, topic: Topic, session: Session, screen: Screen) -> Screen:
    """The answer, then the mediator's part; the step's own page and "keep" come first under it."""
    blocks = [*screen.parts, *mediator_blocks(knowledge, topic, session)]
    return Screen(join_blocks(blocks), (*mediator_rows(knowledge, topic, session), *screen.keyboard))


def mediator_blocks(knowledge: Knowledge, topic: Topic, session: Session) -> list[str]:
    """Direct link, what blocks, papers to check, without internet, and what to say by autonomy."""
    texts, advice = knowledge.texts, topic.mediator
    blocks = [bold(texts.say("mediateur_titre"))]
    if advice and advice.direct_link:
        blocks.append(escape(texts.say("mediateur_lien", adresse=advice.direct_link)))
    if advice and advice.obstacles:
        blocks.append(_listed(texts.say("mediateur_blocages"), advice.obstacles))
    if topic.documents:
        blocks.append(escape(texts.say("mediateur_pieces", pieces=" ; ".join(topic.documents))))
    without = topic.facets.get("sans_internet")
    if without:
        blocks.append(escape(texts.say("mediateur_sans_internet", texte=without)))
    for option in knowledge.coop.autonomy:
        script = advice.scripts.get(option.code) if advice else None
        if script and session.autonomy in ("", option.code):
            blocks.append(f"{bold(option.button)} : {escape(script)}")
    return blocks if len(blocks) > 1 else []


def mediator_rows(knowledge: Knowledge, topic: Topic, session: Session) -> Keyboard:
    """The page where the procedure begins, and keeping the topic, or letting it go."""
    texts = knowledge.texts
    link = topic.mediator.direct_link if topic.mediator else None
    first = ((Button(texts.say("bouton_lien_direct"), url=link),),) if link else ()
    keep = keep_button(knowledge, topic.id, session, kept=topic.id in session.kept)
    return (*first, (keep,), (begin_button(knowledge, topic),))


def keep_button(knowledge: Knowledge, topic: str, session: Session, *, kept: bool) -> Button:
    """Keeps a topic for the session, or takes it out again."""
    key, action = ("bouton_retirer_sujet", SessionAction.LET_GO) if kept else ("bouton_garder", SessionAction.KEEP)
    return Button(knowledge.texts.say(key), encode(action, session.id, topic))


def _listed(title: str, entries: tuple[str, ...]) -> str:
    return "\n".join([bold(title), *(f"• {escape(entry)}" for entry in entries)])
