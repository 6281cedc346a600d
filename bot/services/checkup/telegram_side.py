"""Telegram, asked once for each thing: the network, the token, the clock, the staff chat and the webhook.

The address of a call holds the token: of an error, only its kind is ever said.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.services.checkup.finding import Finding, fine, problem, warning
from bot.settings import Settings

TELEGRAM = "https://api.telegram.org/bot"
_SECONDS = 10.0
_DRIFT, _FAR = timedelta(seconds=30), timedelta(minutes=5)
_REFUSED = (401, 404)


def check_telegram(settings: Settings, now: datetime) -> list[Finding]:
    """All that Telegram can tell; what depends on an answer that did not come is left out."""
    if settings.token is None:
        return [warning("Jeton", "BOT_TOKEN n'est pas réglé : l'assistant démarre en essai, sans Telegram.",
                        "Pour Telegram, demandez un jeton à @BotFather et écrivez-le dans BOT_TOKEN.")]  # fmt: skip
    base = f"{settings.api_url or TELEGRAM}{settings.token.get_secret_value()}/"
    try:
        with httpx.Client(base_url=base, timeout=_SECONDS) as client:
            answer = client.post("getMe")
            found = [fine("Réseau", "Telegram répond."), check_clock(answer.headers.get("Date"), now)]
            if answer.status_code in _REFUSED:
                advice = "Demandez le jeton à @BotFather (/token) et écrivez-le dans BOT_TOKEN."
                return [*found, problem("Jeton", "Telegram ne connaît pas ce jeton.", advice)]
            if answer.status_code != httpx.codes.OK:
                text = f"Telegram répond {answer.status_code} : il ne peut pas servir maintenant."
                return [problem("Réseau", text, "Réessayez dans quelques minutes.")]
            name = _result(answer).get("username", "")
            found.append(fine("Jeton", f"Telegram le reconnaît (@{name})."))
            return [*found, _staff_chat(client, settings), *_webhook(client, settings)]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        advice = "Vérifiez la connexion, le pare-feu (sortie vers api.telegram.org, port 443) et BOT_API_URL."
        return [problem("Réseau", f"Telegram ne répond pas ({type(error).__name__}).", advice)]


def check_clock(told: str | None, now: datetime) -> Finding:
    """This machine's clock against the date of Telegram's answer."""
    try:
        there = parsedate_to_datetime(told or "")
    except ValueError:
        return warning("Horloge", "Telegram n'a pas donné l'heure.", "Vérifiez l'heure de la machine : date")
    if there.tzinfo is None:
        there = there.replace(tzinfo=UTC)
    drift = abs(now - there)
    text = f"Écart avec Telegram : {drift.total_seconds():.0f} s."
    advice = "Mettez la machine à l'heure : timedatectl set-ntp true"
    if drift > _FAR:
        return problem("Horloge", text, advice)
    return warning("Horloge", text, advice) if drift > _DRIFT else fine("Horloge", text)


def _staff_chat(client: httpx.Client, settings: Settings) -> Finding:
    name = "Conversation de l'équipe"
    if settings.staff_chat_id is None:
        advice = "Réglez BOT_STAFF_CHAT_ID : sinon personne n'apprend qu'une panne arrive."
        return warning(name, "BOT_STAFF_CHAT_ID n'est pas réglé.", advice)
    if client.post("getChat", data={"chat_id": settings.staff_chat_id}).status_code != httpx.codes.OK:
        advice = "Ajoutez l'assistant à cette conversation, ou écrivez-lui une fois, puis vérifiez BOT_STAFF_CHAT_ID."
        return problem(name, "L'assistant ne peut pas y écrire.", advice)
    return fine(name, "L'assistant la connaît.")


def _webhook(client: httpx.Client, settings: Settings) -> list[Finding]:
    """Whether Telegram delivers where we listen; nothing to say when we poll and nobody is pushed to."""
    information = _result(client.post("getWebhookInfo"))
    name, url, wanted = "Webhook", information.get("url", ""), settings.webhook_url or ""
    if url != wanted:
        text = "Telegram livre à une autre adresse." if url else "Telegram ne livre nulle part pour le moment."
        return [warning(name, text, "Démarrez l'assistant : il le règle lui-même. Un seul assistant par jeton.")]
    if not wanted:
        return []
    if information.get("last_error_message"):
        waiting = information.get("pending_update_count", 0)
        text = f"La dernière livraison a échoué ; {waiting} message(s) attendent."
        return [warning(name, text, "Vérifiez le serveur web devant l'assistant, son certificat et son adresse.")]
    return [fine(name, "Telegram livre à l'adresse réglée.")]


def _result(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    found = body.get("result") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}
