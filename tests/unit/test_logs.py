"""What is logged: never the token, and of libraries only what is wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz-_0123"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that a handler of ours writes."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    names = [name for name in logging.root.manager.loggerDict if not isinstance(name, logging.PlaceHolder)]
    levels = {name: logging.getLogger(name).level for name in names}
    logs.configure("DEBUG")
    stream = io.StringIO()
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name, old in levels.items():
            logging.getLogger(name).setLevel(old)


def test_the_token_is_masked_everywhere(written: io.StringIO) -> None:
    log = logging.getLogger("bot.essai")
    log.info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise RuntimeError(f"refused: {TOKEN}")
    except RuntimeError:
        log.exception("with a traceback")
    log.warning("as an object: %r", {"url": f"/bot{TOKEN}/x"})
    text = written.getvalue()
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text
    assert text.count("[jeton]") == 2  # an exception's own words are not written at all
    assert "RuntimeError" in text
    assert "refused" not in text.replace('f"refused', "")  # the line of code is, as it stands in the file


def test_an_exception_is_its_kind_and_place(written: io.StringIO) -> None:
    log = logging.getLogger("bot.essai")
    question, person = "ma question privée", 7_391_846_205
    try:
        try:
            raise KeyError(question)
        except KeyError as error:
            raise ValueError(f"{question} de {person}") from error
    except ValueError:
        log.exception("une panne %d", person)
    text = written.getvalue()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_logs.py" in text
    assert "ma question privée" not in text
    assert f"{person}" not in text


def test_libraries_that_quote_requests_or_texts_keep_silent(written: io.StringIO) -> None:
    for name in ("httpx", "httpcore.http11", "aiosqlite", "telegram.ext.ExtBot", "telegram.Bot", "tornado.access",
                 "apscheduler.scheduler", "watchfiles.main"):  # fmt: skip
        logging.getLogger(name).info("un secret")
    logging.getLogger("telegram.request.BaseRequest").error("un secret")
    assert "un secret" not in written.getvalue()
    logging.getLogger("telegram.ext.Updater").warning("un ennui")
    logging.getLogger("bot.app").debug("un détail")
    assert "un ennui" in written.getvalue()
    assert "un détail" in written.getvalue()
