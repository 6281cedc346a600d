"""How the assistant stands, as staff read it on a telephone."""

from __future__ import annotations

from bot.domain.texts import Texts
from bot.services.clock import PARIS
from bot.services.state import State
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Screen

_MEGABYTE = 1 << 20
_SHOWN_KINDS = 5


def state_screen(texts: Texts, state: State) -> Screen:
    """In words, the troubles first."""
    blocks = [bold(texts.say("etat_titre")), _lines(_troubles(texts, state)), _lines(_work(texts, state))]
    blocks.append(_lines(_machine(texts, state)))
    return Screen(join_blocks(blocks))


def _troubles(texts: Texts, state: State) -> list[str]:
    lines = []
    if "storage" in state.troubles or state.today is None:
        lines.append(texts.say("etat_base_panne"))
    if state.knowledge_problems:
        lines.append(texts.say("etat_fiches_panne", nombre=state.knowledge_problems))
    failures = sum(state.meters.failures.values())
    if failures:
        lines.append(texts.say("etat_erreurs", nombre=failures, sortes=_kinds(state.meters.failures)))
    if state.meters.telegram_errors:
        number = sum(state.meters.telegram_errors.values())
        lines.append(texts.say("etat_telegram", nombre=number, sortes=_kinds(state.meters.telegram_errors)))
    return lines or [texts.say("etat_bien")]


def _work(texts: Texts, state: State) -> list[str]:
    meters, today = state.meters, state.today
    lines = []
    if today is not None:
        lines.append(
            texts.say("etat_jour", reponses=today.get("served", 0), choix=today.get("choices", 0),
                      inconnus=today.get("unknown", 0), danger=today.get("danger", 0))
        )  # fmt: skip
    moment = meters.since.astimezone(PARIS)
    since = f"{french_date(moment.date())}, {moment.hour} h {moment.minute:02d}"
    lines.append(texts.say("etat_depuis", date=since, nombre=meters.updates))
    half, most = meters.within(0.5), meters.within(0.99)
    if half is not None and most is not None:
        lines.append(texts.say("etat_temps", moitie=bucket_words(half), presque=bucket_words(most)))
    lines.append(texts.say("etat_attente", nombre=sum(state.queues.values())))
    if state.people_waiting is not None:
        lines.append(texts.say("etat_file", cartes=state.cards_waiting, personnes=state.people_waiting))
    return lines


def _machine(texts: Texts, state: State) -> list[str]:
    lines = [texts.say("etat_fiches", nombre=state.topics)]
    if state.last_backup is not None:
        moment = state.last_backup
        when = f"{french_date(moment.date())}, {moment.hour} h {moment.minute:02d}"
        lines.append(texts.say("etat_sauvegarde", date=when))
    else:
        lines.append(texts.say("etat_sauvegarde_attendue" if state.backups_wanted else "etat_sauvegarde_aucune"))
    if state.free_bytes is not None and state.database_bytes is not None:
        size = max(1, state.database_bytes // _MEGABYTE)
        lines.append(texts.say("etat_disque", libre=state.free_bytes // _MEGABYTE, base=size))
    return lines


def _lines(lines: list[str]) -> str:
    return "\n".join(f"• {escape(line)}" for line in lines)


def _kinds(counted: dict[str, int]) -> str:
    most = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:_SHOWN_KINDS]
    return ", ".join(f"{kind} {number}" for kind, number in most)


def bucket_words(seconds: float) -> str:
    """The end of a bucket, in words that a person reads."""
    if seconds == float("inf"):
        return "plus de 30 secondes"
    return f"moins de {seconds:.0f} s" if seconds >= 1 else f"moins de {seconds * 1000:.0f} ms"
