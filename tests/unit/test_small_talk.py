"""What asks for nothing is answered as such; what asks for something never is."""

import pytest

from bot.domain.models import SmallTalk
from bot.domain.small_talk import SmallTalkFinder

FINDER = SmallTalkFinder(
    [
        SmallTalk("salutation", "Bonjour", ("bonjour", "salut ça va", "slt")),
        SmallTalk("merci", "Avec plaisir", ("merci beaucoup", "merci")),
        SmallTalk("identite", "Un programme", ("t'es un robot ?", "tu es qui")),
    ]
)


@pytest.mark.parametrize(
    ("message", "talk"),
    [("Bonjour !", "salutation"), ("bonjoure", "salutation"), ("salu sa va", "salutation"), ("MERCI", "merci"),
     ("mersi", "merci"), ("tes un robot", "identite"), ("tu es qui ?", "identite")],
)  # fmt: skip
def test_small_talk(message: str, talk: str) -> None:
    assert FINDER.find(message) == talk


@pytest.mark.parametrize(
    "message",
    [
        "bonjour je veux le rsa",
        "merci de me dire où est la caf",
        "",
        "???",
        "salut je cherche un logement pas cher",
        "rsa",
    ],
)
def test_needs_are_not_small_talk(message: str) -> None:
    assert FINDER.find(message) is None
