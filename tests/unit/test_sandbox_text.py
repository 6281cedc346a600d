"""Text beyond its tags: what is detected, trimmed, linked, measured."""

import pytest

from bot.sandbox.detected_entities import detected
from bot.sandbox.errors import ApiError
from bot.sandbox.formatted_text import formatted
from bot.sandbox.images import dimensions
from bot.sandbox.links import LinkError, checked_link


def _found(text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in detected(text, [])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start rsa", [("bot_command", "/start")]),
        ("😀 /aide@acces_droits_bot", [("bot_command", "/aide@acces_droits_bot")]),
        ("et/ou 12/03", []),
        ("voir https://www.caf.fr/aides?x=1.", [("url", "https://www.caf.fr/aides?x=1")]),
        ("(impots.gouv.fr) fin.Bonjour", [("url", "impots.gouv.fr")]),
        ("ecrire a jean.roux@laposte.net", [("email", "jean.roux@laposte.net")]),
        ("@acces_droits_bot", [("mention", "@acces_droits_bot")]),
        ("#logement", [("hashtag", "#logement")]),
        ("appelez le 05 53 00 00 00 ou +33 5 53 00 00 00",
         [("phone_number", "05 53 00 00 00"), ("phone_number", "+33 5 53 00 00 00")]),
        ("le 115, 24h/24", []),
    ],
)  # fmt: skip
def test_detects(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


def test_nothing_is_detected_inside_code() -> None:
    shaped = formatted("<code>/start caf.fr</code> caf.fr", "HTML")
    assert [e["type"] for e in shaped.entities] == ["code", "url"]


def test_spaces_around_are_trimmed_and_entities_follow() -> None:
    shaped = formatted(" \n x <b>gras \n</b> ", "html")
    assert shaped.text == "x gras"
    assert shaped.entities == [{"type": "bold", "offset": 2, "length": 4}]


def test_carriage_returns_vanish_and_entities_follow() -> None:
    shaped = formatted("a\r\n<b>b\r\nc</b>\x07d", "HTML")
    assert shaped.text == "a\nb\nc d"
    assert shaped.entities == [{"type": "bold", "offset": 2, "length": 3}]


@pytest.mark.parametrize("mode", ["XML", "html5"])
def test_unknown_parse_mode(mode: str) -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("x", mode)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("caf.fr", "http://caf.fr/"),
        ("HTTPS://Caf.FR:443/A?b", "https://caf.fr:443/A?b"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("https://t.me/bot?start=a", "https://t.me/bot?start=a"),
    ],
)
def test_links_kept(url: str, kept: str) -> None:
    assert checked_link(url) == kept


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("tel:+33553000000", "Wrong port number specified in the URL"),
        ("tel:0553", "Wrong HTTP URL"),
        ("http://caf", "Wrong HTTP URL"),
        ("ftp://caf.fr", "Unsupported URL protocol"),
        ("", "URL host is empty"),
        ("https://", "URL host is empty"),
        ("un site.fr", "URL host is invalid"),
    ],
)
def test_links_refused(url: str, reason: str) -> None:
    with pytest.raises(LinkError) as error:
        checked_link(url)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02", (3, 2)),
        (b"GIF89a\x03\0\x02\0", (3, 2)),
        (b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x0b\x08\0\x02\0\x03", (3, 2)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x02\0\0\x01\0\0", (3, 2)),
        (b"%PDF-1.7", None),
    ],
)
def test_pictures_are_measured(content: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(content) == size
