"""The values that the assistant is made of: topics as residents read them, and the words that lead to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to reach: a name and at least one way."""

    name: str
    phone: str | None = None
    sms: str | None = None
    address: str | None = None
    hours: str | None = None
    link: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An official page."""

    title: str
    url: str
    short: str | None = None  # what stands on the button, where the title is longer than one


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; `date` is a year, a month or a day as the source gives it."""

    title: str
    date: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class MediatorAdvice:
    """What a topic adds for a mediator: where the procedure begins, what blocks, what to say by autonomy."""

    direct_link: str | None = None
    obstacles: tuple[str, ...] = ()
    scripts: dict[str, str] = field(default_factory=dict)  # by La Coop's code of autonomy


@dataclass(frozen=True, slots=True)
class Translation:
    """A topic's answer in another language; contacts and sources stay those of the French one."""

    title: str
    button: str
    answer: str
    steps: tuple[str, ...]
    proofread_by: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One question that residents ask, with its answer, its proof and the words that lead to it."""

    id: str
    theme: str
    title: str
    button: str
    brief: str
    answer: str
    steps: tuple[str, ...]
    documents: tuple[str, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]
    facets: dict[str, str]
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    see_also: tuple[str, ...]
    not_with: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: date
    review_after_months: int
    confidence: str
    to_check: tuple[str, ...] = ()
    proofread_by: str | None = None
    mediator: MediatorAdvice | None = None
    translations: dict[str, Translation] = field(default_factory=dict)  # by code of language


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading of the menu."""

    id: str
    title: str
    button: str
    help: str
    first: tuple[str, ...] = ()  # the topics that are asked for most, in order


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A greeting, thanks, an insult …: what people say that asks for nothing, and what we answer."""

    id: str
    answer: str
    phrases: tuple[str, ...]
    help_offered: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that mean the same, and spellings: what the language adds to the topics' own words.

    `synonyms` are groups of equal words or expressions; `spellings` map a written form to its words;
    `acronyms` map an acronym to its definition,
    `said` to how a voice says it; `never_bridged` are pairs that no fuzziness may join.
    """

    synonyms: tuple[tuple[str, ...], ...] = ()
    spellings: dict[str, str] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    never_bridged: tuple[tuple[str, str], ...] = ()
