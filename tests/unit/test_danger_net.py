"""The points of words and the topic ranking settle what the rules leave open; neither silences plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.danger import Suspicion
from bot.domain.danger.built_in import BUILT_IN
from bot.domain.danger.leaning import STRENGTH, leaning
from bot.domain.matching import Ranked, Ranking
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.alerts import Alerts
from bot.services.knowledge import KnowledgeService
from tests.knowledge.small_base import SmallBase

DANGERS = frozenset({"violences-conjugales"})
NEIGHBOURS = frozenset({"isolement-ecoute"})


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(load_knowledge(Path(__file__).parents[2] / "knowledge"))


def _ranking(*best: tuple[str, float], background: float = 0.0) -> Ranking:
    return Ranking(tuple(Ranked(topic, evidence) for topic, evidence in best), 1.0, 3, background)


def test_the_ranking_leans_towards_danger_or_away() -> None:
    assert leaning(_ranking(("violences-conjugales", 9.0), ("rsa", 4.0)), DANGERS, NEIGHBOURS) > 0
    assert leaning(_ranking(("rsa", 9.0), ("violences-conjugales", 4.0)), DANGERS, NEIGHBOURS) < 0
    assert leaning(_ranking(("violences-conjugales", 4.0), background=9.0), DANGERS, NEIGHBOURS) < 0


def test_neighbours_of_danger_do_not_reassure() -> None:
    near = _ranking(("isolement-ecoute", 9.0), ("violences-conjugales", 4.0))
    assert leaning(near, DANGERS, NEIGHBOURS) > 0


def test_the_ranking_never_counts_more_than_it_may() -> None:
    assert leaning(_ranking(("rsa", 1e9)), DANGERS, NEIGHBOURS) == -STRENGTH
    assert leaning(_ranking(), DANGERS, NEIGHBOURS) == 0


def test_nothing_suspected_stays_nothing() -> None:
    assert Suspicion(None).settled(1e9) is None


@pytest.mark.parametrize("message", ["je veux mourir", "mon mari me frappe", "au secours", "il respire plus"])
def test_plain_words_need_no_ranking(message: str, understanding: Understanding) -> None:
    assert understanding.danger(message) is not None
    assert understanding.read(message).danger is not None


@pytest.mark.parametrize(
    "message",
    [
        "c'est nul",
        "une personne svp",
        "ça marche pas je veux parler à quelqu'un",
        "bruit bizarre de mon moteur",
        "que dit la bible sur le pardon",
        "c'est quoi le 119",
        "numéro du 115",
        "un vieux téléphone à touches",
    ],
)
def test_no_alarm_for_ordinary_messages(message: str, understanding: Understanding) -> None:
    assert understanding.read(message).danger is None


def test_nulle_part_is_not_nul(understanding: Understanding) -> None:
    danger = understanding.read("c nulle part où dormir ce soir").danger
    assert danger is not None
    assert danger.kind == "hebergement-urgence"


@pytest.fixture
def base(tmp_path: Path) -> SmallBase:
    base = SmallBase(tmp_path)
    real = Path(__file__).parents[2] / "knowledge" / "danger.yaml"
    base.write("danger.yaml", real.read_text(encoding="utf-8"))
    return base


async def _service(base: SmallBase, told: list[str]) -> KnowledgeService:
    async def send(text: str) -> None:
        told.append(text)

    service = KnowledgeService(base.folder, Alerts(send))
    await service.load()
    return service


async def test_broken_danger_rules_are_refused_at_reload(base: SmallBase) -> None:
    told: list[str] = []
    service = await _service(base, told)
    full = service.current.danger
    sound = base.path("danger.yaml").read_text(encoding="utf-8")
    base.write("danger.yaml", sound.replace("\ndangers:", "\ndangeurs:"))
    assert not await service.reload()
    assert service.current.danger == full != BUILT_IN
    assert "danger.yaml" in told[0]
    assert not await service.reload()
    assert len(told) == 1
    base.write("danger.yaml", sound)
    assert not await service.reload()  # what stands on the disk is what was in use all along
    assert len(told) == 2


async def test_missing_danger_rules_are_refused_at_reload(base: SmallBase) -> None:
    told: list[str] = []
    service = await _service(base, told)
    base.path("danger.yaml").unlink()
    assert not await service.reload()
    assert service.current.danger != BUILT_IN
    assert told


async def test_at_start_broken_danger_rules_leave_the_built_in_ones(base: SmallBase) -> None:
    told: list[str] = []
    sound = base.path("danger.yaml").read_text(encoding="utf-8")
    base.write("danger.yaml", "numeros: [")
    service = await _service(base, told)
    assert service.current.danger == BUILT_IN
    assert service.current.warnings
    assert service.understanding.danger("je veux mourir") is not None
    base.write("danger.yaml", "numeros: [[")
    assert await service.reload()  # nothing is lost that was there
    base.write("danger.yaml", sound)
    assert await service.reload()
    assert service.current.danger != BUILT_IN
