"""What the base holds for mediators: La Coop's exact words, a theme for every topic, their part of the cards."""

from __future__ import annotations

import pytest

from bot.domain.coop import PROCEDURES, label_of
from bot.domain.knowledge import Knowledge
from bot.knowledge_base.loader import load_knowledge
from bot.knowledge_base.readability import MAX_WORDS, TARGET_MEAN, measure
from bot.knowledge_base.schema import BUTTON_CHARACTERS
from tests.knowledge.conftest import ROOT

LINES = (ROOT / "tests/data/topic-ids.txt").read_text("utf-8").splitlines()
IDS = [line.split()[1] for line in LINES if line[0] != "#"]

# As La Coop's form writes them: inclusion-numerique/coop-mediation-numerique, apps/web/src/features/activites/
# use-cases/cra (fields/thematique.ts, type-lieu.ts, materiel.ts, type-activite.ts, individuel/fields/…), 0bcf4d2.
DIGITAL = (
    "Diagnostic numérique", "Prendre en main du matériel", "Maintenance de matériel", "Gérer ses contenus numériques",
    "Navigation sur internet", "E-mail", "Bureautique", "Réseaux sociaux communication", "Santé",
    "Banque et achats en ligne", "Accompagner un professionnel", "Insertion professionnelle",
    "Prévention en sécurité numérique", "Parentalité", "Scolarité et numérique", "Créer avec le numérique",
    "Culture numérique", "Intelligence artificielle (IA)", "Aide aux démarches administratives",
)  # fmt: skip
ADMINISTRATIVE = (
    "Papiers - Élections - Citoyenneté", "Famille - Scolarité", "Social - Santé", "Travail - Formation - Entreprise",
    "Logement", "Transports - Mobilité", "Argent - Impôts", "Justice", "Étrangers - Europe",
    "Loisirs - Sports - Culture", "Associations",
)  # fmt: skip
# The procedures that people ask for most: each says what helps its mediator.
MOST_ASKED = (
    "caf-en-ligne caf-contact rsa prime-activite aide-logement allocations-familiales aah cheque-energie"
    " simuler-mes-aides compte-ameli carte-vitale complementaire-sante-solidaire arret-maladie mon-espace-sante"
    " declaration-impots avis-imposition payer-amende timbre-fiscal inscription-france-travail actualisation"
    " allocation-chomage retraite compte-formation-cpf cv-entretien carte-identite-passeport perte-vol-papiers"
    " acte-etat-civil titre-sejour voter casier-judiciaire recensement-jdc carte-grise titre-permis franceconnect"
    " france-identite mot-de-passe-perdu creer-adresse-mail joindre-document arnaque-en-ligne demande-hlm"
    " garant-visale parcoursup bourse-etudiant demenagement"
).split()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


def test_la_coops_words_are_exact(knowledge: Knowledge) -> None:
    coop = knowledge.coop
    assert coop.digital == DIGITAL
    assert coop.administrative == ADMINISTRATIVE
    assert [(one.code, one.label) for one in coop.activities] == [
        ("individuel", "Accompagnement individuel"), ("collectif", "Atelier collectif"),
    ]  # fmt: skip
    assert [(one.code, one.label) for one in coop.place_types] == [
        ("lieu_activite", "Lieu d’activité"), ("autre", "Autre lieu"), ("domicile", "À domicile"),
        ("a_distance", "À distance"),
    ]  # fmt: skip
    assert [(one.code, one.label) for one in coop.equipment] == [
        ("ordinateur", "Ordinateur"), ("telephone", "Téléphone"), ("tablette", "Tablette"), ("autre", "Autre"),
        ("aucun", "Pas de matériel"),
    ]  # fmt: skip
    assert [(one.code, one.label) for one in coop.autonomy] == [
        ("entierement_accompagne", "Avec guidage"),
        ("partiellement_autonome", "Autonome avec guidage en cas de besoin"),
        ("autonome", "Autonome"),
    ]
    assert [one.label for one in coop.orientation] == [
        "Non",
        "Administration (mairie, préfecture…)",
        "Autre structure de médiation numérique",
        "Opérateur ou organisme en charge de la démarche administrative",
        "Structure d’aide sociale (maison des solidarités, centre social…)",
        "Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)",
        "Structure d’aide aux démarches administratives (France Services…)",
        "Autre",
    ]
    assert label_of(coop.autonomy, "inconnu") == ""


def test_every_topic_counts_for_a_theme(knowledge: Knowledge) -> None:
    coop = knowledge.coop
    assert len(IDS) == 169
    assert set(coop.by_topic) >= set(IDS)
    assert set(coop.by_theme) == {theme.id for theme in knowledge.themes}
    for topic in knowledge.topics.values():
        themes = coop.themes_of(topic)
        assert themes, topic.id
        assert set(themes) <= {*DIGITAL, *ADMINISTRATIVE}
        if set(themes) & set(ADMINISTRATIVE):
            assert PROCEDURES in themes  # without it, La Coop does not show the others
    used = {theme for topic in knowledge.topics.values() for theme in coop.themes_of(topic)}
    assert set(ADMINISTRATIVE) <= used


def test_every_button_fits(knowledge: Knowledge) -> None:
    coop = knowledge.coop
    for options in (coop.activities, coop.place_types, coop.equipment, coop.autonomy, coop.orientation):
        assert len({one.button for one in options}) == len(options)
        assert all(len(one.button) <= BUTTON_CHARACTERS for one in options)


@pytest.mark.parametrize("name", MOST_ASKED)
def test_what_is_asked_most_helps_its_mediator(knowledge: Knowledge, name: str) -> None:
    advice = knowledge.topics[name].mediator
    assert advice is not None
    assert 2 <= len(advice.obstacles) <= 4
    assert set(advice.scripts) == {one.code for one in knowledge.coop.autonomy}
    texts = [*advice.obstacles, *advice.scripts.values()]
    assert len(set(texts)) == len(texts)
    found = measure(texts)
    assert found.mean_words <= TARGET_MEAN
    assert found.long == 0, f"sentences of more than {MAX_WORDS} words"


def test_a_direct_link_is_one_that_the_base_already_vouches_for(knowledge: Knowledge) -> None:
    vouched = {link.url for topic in knowledge.topics.values() for link in topic.links}
    direct = {topic.mediator.direct_link for topic in knowledge.topics.values() if topic.mediator}
    assert direct - {None} <= vouched
