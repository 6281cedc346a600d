"""Where links stand in the base, and which domains only look like official ones."""

from __future__ import annotations

import pytest

from bot.knowledge_base.links import collect_links, look_alike, official_domains
from tests.knowledge.conftest import ROOT
from tests.knowledge.small_base import SmallBase


def test_places_of_links(base: SmallBase) -> None:
    base.replace("sujets/aides/un.yaml", "  - Appelez la mairie.\n", "  - Allez sur caf-fr.com ou www.caf.fr.\n")
    base.replace("sujets/aides/un.yaml", "  - question numéro 2 sur un\n", "  - sms de ameli-vitale.com reçu\n")
    base.write("sujets/aides/casse.yaml", "url: [https://a.example")
    found = {(link.path.name, link.host, link.url) for link in collect_links(base.folder)}
    assert found == {
        ("un.yaml", "service-public.gouv.fr", "https://www.service-public.gouv.fr"),
        ("deux.yaml", "service-public.gouv.fr", "https://www.service-public.gouv.fr"),
        ("un.yaml", "caf-fr.com", ""),
        ("un.yaml", "caf.fr", ""),
    }
    lines = {link.line for link in collect_links(base.folder) if link.host == "caf-fr.com"}
    assert lines == {base.line("sujets/aides/un.yaml", "caf-fr.com")}


OFFICIAL = ["caf.fr", "ameli.fr", "francetravail.fr", "impots.gouv.fr", "ants.gouv.fr", "service-public.gouv.fr"]


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("impots-gouv.com", "impots.gouv.fr"),
        ("impots.gouv.com", "impots.gouv.fr"),
        ("ants-gouv.fr", "ants.gouv.fr"),
        ("amende-gouv.fr", "gouv.fr"),
        ("caf.com", "caf.fr"),
        ("caf.fr.mon-compte.com", "caf.fr"),
        ("amelie.fr", "ameli.fr"),
        ("ameli.info", "ameli.fr"),
        ("france-travai1.fr", "francetravail.fr"),
        ("service-publlc.fr", "service-public.gouv.fr"),
        ("cаf.fr", "un nom en lettres ordinaires"),
        ("xn--caf-abc.fr", "un nom en lettres ordinaires"),
        ("caf.fr", None),
        ("connect.caf.fr", None),
        ("demarches.ants.gouv.fr", None),
        ("maf.fr", None),
        ("perigueux.fr", None),
        ("sante.fr", None),
        ("réfugiés.info", None),
    ],
)
def test_look_alikes(host: str, near: str | None) -> None:
    assert look_alike(host, OFFICIAL) == near


def test_shipped_base_names_no_look_alike() -> None:
    links = collect_links(ROOT / "knowledge")
    official = official_domains(links)
    assert {"caf.fr", "ameli.fr", "impots.gouv.fr", "grandperigueux.fr"} <= official
    assert {link.host for link in links if look_alike(link.host, official)} == set()
