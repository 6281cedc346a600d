"""Who has a role and which invitations are open, for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.knowledge import Knowledge
from bot.domain.roles import Role
from bot.services.clock import PARIS
from bot.services.team import Accepted, Member, Pending
from handlers.personal_data_buttons import Kind, encode
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.my_data import role_name
from handlers.render.screen import Button, Screen, cut_label

_MOST_BUTTONS = 40  # Telegram takes a hundred; the others come up once these are gone


def team_screen(
    knowledge: Knowledge,
    members: Sequence[Member],
    names: Mapping[int, str],
    pending: Sequence[Pending],
    in_settings: Mapping[Role, int],
) -> Screen:
    """Everyone with a role; `names` are what Telegram says now, and are not kept."""
    texts = knowledge.texts
    lines = [
        texts.say("equipe_reglages", nombre=number, role=role_name(texts, role))
        for role, number in in_settings.items()
        if number
    ]
    rows: list[tuple[Button, ...]] = []
    for place, member in enumerate(members, 1):
        name = names.get(member.person) or texts.say("equipe_sans_nom", nombre=place)
        until = french_date(member.expires)
        lines.append(texts.say("equipe_membre", nom=name, role=role_name(texts, member.role), date=until))
        label = cut_label(texts.say("bouton_retirer", nom=name))
        rows.append((Button(label, encode(Kind.REVOKE, member.handle)),))
    for place, one in enumerate(pending, 1):
        moment = one.expires.astimezone(PARIS)
        when = f"{french_date(moment.date())}, {moment.hour} h {moment.minute:02d}"
        line = texts.say("equipe_invitation_ouverte", nombre=place, role=role_name(texts, one.role), date=when)
        lines.append(line)
        label = texts.say("bouton_annuler_invitation", nombre=place)
        rows.append((Button(label, encode(Kind.CANCEL_INVITATION, one.handle)),))
    blocks = [bold(texts.say("equipe_titre")), "\n".join(f"• {escape(line)}" for line in lines)]
    blocks.append(escape(texts.say("equipe_inviter_mode")))
    return Screen(join_blocks(blocks), tuple(rows[:_MOST_BUTTONS]))


def invitation_screen(knowledge: Knowledge, role: Role, link: str) -> Screen:
    """The link to hand to one person."""
    text = knowledge.texts.say("equipe_invitation", role=role_name(knowledge.texts, role))
    return Screen((f"{escape(text)}\n{escape(link)}",))


def accepted_screen(knowledge: Knowledge, accepted: Accepted | None) -> Screen:
    """What opening an invitation came to."""
    texts = knowledge.texts
    if accepted is None:
        return Screen((escape(texts.say("invitation_perdue")),))
    if accepted.expires is None:
        return Screen((escape(texts.say("invitation_inutile")),))
    role, until = role_name(texts, accepted.role), french_date(accepted.expires)
    return Screen((escape(texts.say("invitation_acceptee", role=role, date=until)),))
