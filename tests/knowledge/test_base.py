"""Every file of the knowledge base, one test each: valid, readable, dated, sourced, with someone to call."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.domain.knowledge import Knowledge
from bot.domain.text import fold
from bot.knowledge_base.json_schema import check_schemas
from bot.knowledge_base.problems import Problem, ProblemList
from bot.knowledge_base.readability import MAX_WORDS, TARGET_MEAN, measure, resident_texts
from tests.knowledge.conftest import ROOT

KNOWLEDGE = ROOT / "knowledge"
SHARED = ROOT.parent / "shared" / "knowledge"
FILES = sorted(path.relative_to(KNOWLEDGE).as_posix() for path in KNOWLEDGE.rglob("*.yaml"))
TOPICS = [name for name in FILES if name.startswith("sujets/")]
IDS = [line.split() for line in (ROOT / "tests/data/topic-ids.txt").read_text("utf-8").splitlines() if line[0] != "#"]

Inspected = tuple[Knowledge, list[Problem]]


@pytest.mark.parametrize("name", FILES)
def test_the_check_has_nothing_to_say(name: str, inspected: Inspected) -> None:
    assert [str(problem) for problem in inspected[1] if problem.file == f"knowledge/{name}"] == []


def test_nothing_is_wrong_outside_the_files(inspected: Inspected) -> None:
    known = {f"knowledge/{name}" for name in FILES}
    assert [str(problem) for problem in inspected[1] if problem.file not in known] == []


@pytest.mark.parametrize("name", TOPICS)
def test_topic_is_complete(name: str, inspected: Inspected) -> None:
    topic = inspected[0].topics[Path(name).stem]
    assert topic.theme == Path(name).parent.name
    assert len(topic.phrases) >= 25
    assert topic.keywords
    assert topic.links
    assert topic.sources
    assert all(source.date for source in topic.sources)
    assert topic.checked_on
    assert topic.facets["sans_internet"]
    assert any(contact.phone or contact.sms or contact.address for contact in topic.contacts)
    found = measure(resident_texts(topic))
    assert found.mean_words <= TARGET_MEAN, f"{found.mean_words:.1f} words a sentence"
    assert found.long == 0, f"sentences of more than {MAX_WORDS} words"


@pytest.mark.parametrize("name", TOPICS)
def test_topic_follows_the_schema_that_its_first_line_names(name: str) -> None:
    path = KNOWLEDGE / name
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    schema = (path.parent / found.group(1)).resolve()
    assert schema == KNOWLEDGE / "schema" / "sujet.schema.json"
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(_as_editors_see_it(rest))] == []


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2's core types, as editors read them: a date stays text."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _as_editors_see_it(text: str) -> Any:
    return yaml.load(text, Loader=_EditorLoader)  # noqa: S506 - a safe loader with fewer types


@pytest.mark.parametrize(("theme", "topic"), IDS, ids=[topic for _, topic in IDS])
def test_topic_of_the_list_exists(theme: str, topic: str, inspected: Inspected) -> None:
    assert topic in inspected[0].topics, f"knowledge/sujets/{theme}/{topic}.yaml is missing"
    assert inspected[0].topics[topic].theme == theme


def test_list_of_topics_is_the_shared_one() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared list of topics is not here")
    themes = yaml.safe_load((SHARED / "topics.yaml").read_text(encoding="utf-8"))
    assert sorted(IDS) == sorted([theme, topic] for theme, entry in themes.items() for topic in entry["sujets"])


def test_committed_schemas_are_fresh() -> None:
    problems = ProblemList(KNOWLEDGE)
    check_schemas(KNOWLEDGE, problems)
    assert [str(problem) for problem in problems] == []


def test_base_as_a_whole_is_easy_to_read(inspected: Inspected) -> None:
    found = measure(text for topic in inspected[0].topics.values() for text in resident_texts(topic))
    assert found.mean_words <= TARGET_MEAN
    assert found.long == 0
    assert found.kandel_moles >= 70


@pytest.mark.parametrize(
    "path",
    [SHARED / "dev-questions.jsonl", ROOT / "tests/data/questions.jsonl"],
    ids=["development messages", "shipped messages"],
)
def test_no_message_that_measures_is_in_the_base(path: Path, inspected: Inspected) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    base = inspected[0]
    places = {_bare(phrase): topic.id for topic in base.topics.values() for phrase in topic.phrases + topic.keywords}
    places |= {_bare(phrase): "hors-champ" for phrase in base.off_topic}
    messages = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    written = [message["q"] for message in messages if message.get("kind") != "bruit" or len(message["q"].split()) > 2]
    assert len(written) > 500, "a noise such as « ok » or « lol » is nobody's writing; nearly all the rest is"
    copied = [f"{places[_bare(text)]}: {text}" for text in written if _bare(text) in places]
    assert copied == []


def _bare(text: str) -> str:
    """A message without case, accents, punctuation or spacing: a copy with a comma changed is a copy."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()
