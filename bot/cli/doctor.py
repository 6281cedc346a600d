"""`acces-droits doctor`: looks at all that an instance needs, and says what to do; exit 1 when something is wrong."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from bot.services.checkup.files import check_backups, check_database, check_disk, check_rights
from bot.services.checkup.finding import Finding, State, fine, problem
from bot.services.checkup.knowledge import check_knowledge, check_publishing
from bot.services.checkup.telegram_side import check_telegram
from bot.services.clock import paris_now
from bot.settings import SettingError, Settings, read_settings


def run(options: argparse.Namespace) -> int:
    settings, findings = _settings()
    now = paris_now()
    findings += check_telegram(settings, now)
    findings.append(check_disk(settings))
    findings.append(check_database(settings))
    findings += check_rights(settings)
    findings.append(check_knowledge(settings.knowledge))
    findings.append(check_publishing(settings.knowledge))
    findings.append(check_backups(settings, now))
    wrong = sum(one.state is State.PROBLEM for one in findings)
    if options.json:
        print(
            json.dumps({"problems": wrong, "checks": [asdict(one) for one in findings]}, ensure_ascii=False, indent=2)
        )
    else:
        for one in findings:
            print(f"[{one.state}] {one.name} : {one.text}")
            if one.advice:
                print(f"    À faire : {one.advice}")
        print(f"{wrong} problème(s)." if wrong else "Rien n'empêche l'assistant de tourner.")
    return 1 if wrong else 0


def _settings() -> tuple[Settings, list[Finding]]:
    """The settings, with the defaults in place of those that cannot be used: one mistake must not hide the others."""
    found: list[Finding] = []
    defaults: dict[str, object] = {}
    while True:
        try:
            settings = read_settings(**defaults)
        except SettingError as error:
            if error.field not in Settings.model_fields or error.field in defaults:
                raise
            defaults[error.field] = Settings.model_fields[error.field].get_default(call_default_factory=True)
            found.append(problem("Réglages", f"{error}.", "Corrigez cette ligne du fichier .env (voir README)."))
        else:
            return settings, found or [fine("Réglages", "Tous peuvent être lus.")]
