"""The documents on privacy and security: every claim names a test, and that test exists."""

from __future__ import annotations

import re

import pytest

from bot.services.retention import RULES
from tests.support.assistant import ROOT, say

DOCUMENTS = ("docs/fr/rgpd.md", "docs/security.md")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_test_that_is_named_exists(name: str) -> None:
    named = _TEST.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(named) >= 15
    for path, test in named:
        code = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {test}\(", code, re.MULTILINE), f"{path}::{test}"


def test_every_threat_has_its_test() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][2:]
    assert len(rows) >= 15
    assert all(_TEST.search(row) for row in rows)


def test_the_durations_are_those_of_the_code() -> None:
    """Both the record and the notice that residents read."""
    spoken = {rule.months: "{} mois" for rule in RULES.values() if rule.months}
    told = [form.format(number) for number, form in spoken.items()]
    told += [f"{rule.days} jours" for rule in RULES.values() if rule.days]
    for document in ((ROOT / "docs/fr/rgpd.md").read_text(encoding="utf-8"), say("confidentialite")):
        assert all(duration in document for duration in told), told
    assert {"sessions", "invitations", "roles"} < set(RULES)
