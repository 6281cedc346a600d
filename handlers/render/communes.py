"""Communes as residents read them: who is competent there, and which one was meant."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.communes import Commune
from bot.domain.knowledge import Knowledge
from bot.domain.place_directory import Competent, Role
from handlers.place_data import PlaceAction, PlacePressed, encode
from handlers.render.answer import french_partial_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.places import (
    distance_words,
    doubt_lines,
    needs_button,
    phone_lines,
    place_button,
    switchboard,
)
from handlers.render.screen import Button, Screen, cut_label, rows_of

_ROLES = {
    Role.TOWN_HALL: "lieux_role_mairie",
    Role.SOCIAL_CENTRE: "lieux_role_ccas",
    Role.FRANCE_SERVICES: "lieux_role_france_services",
    Role.FAMILY_BENEFITS: "lieux_role_caf",
    Role.DEPARTMENT: "lieux_role_departement",
    Role.AGGLOMERATION: "lieux_role_agglo",
}


def commune_screen(knowledge: Knowledge, commune: Commune, competent: Sequence[Competent]) -> Screen:
    """Who helps the people of a commune, as far as it is known."""
    texts = knowledge.texts
    blocks = [bold(texts.say("lieux_commune_titre", commune=commune.name))]
    blocks += [_authority(knowledge, one) for one in competent]
    buttons = [place_button(one.found.place) for one in competent if one.found]
    everything = PlacePressed(PlaceAction.WITHIN, where=commune.insee)
    rows = (
        *rows_of(buttons, 2),
        (Button(texts.say("bouton_lieux_commune"), encode(everything)),),
        (needs_button(texts, commune.insee),),
    )
    return Screen(join_blocks(blocks), rows)


def communes_screen(knowledge: Knowledge, communes: Sequence[Commune]) -> Screen:
    """Which of these communes is meant; or that none is."""
    texts = knowledge.texts
    if not communes:
        return Screen((escape(texts.say("lieux_commune_inconnue")),), ((needs_button(texts, ""),),))
    rows = tuple(
        (Button(cut_label(one.name), encode(PlacePressed(PlaceAction.COMMUNE, where=one.insee))),) for one in communes
    )
    return Screen((escape(texts.say("lieux_commune_laquelle")),), rows)


def _authority(knowledge: Knowledge, one: Competent) -> str:
    texts = knowledge.texts
    lines = [bold(texts.say(_ROLES[one.role]))]
    if one.found:
        place = one.found.place
        name = escape(place.name)
        if one.role is Role.FRANCE_SERVICES and one.found.kilometres and one.found.kilometres >= 1:
            name += f" – {escape(distance_words(texts, one.found.kilometres))}"
        details = ", ".join(filter(None, (place.address, place.commune if place.address else None)))
        lines += [name, *([escape(details)] if details else [])]
        lines += [*phone_lines(knowledge, place), *doubt_lines(knowledge, place)]
    else:
        hall = one.town_hall
        if hall and hall.address:
            read = french_partial_date(hall.read) if hall.read else ""
            lines.append(escape(texts.say("lieux_mairie_adresse", adresse=hall.address, date=read)))
        lines.append(escape(texts.say("lieux_sans_numero", numero=switchboard(knowledge))))
    return "\n".join(lines)
