"""A start takes the kept knowledge base when it is this folder's, this program's and our own, and else reads again."""

from __future__ import annotations

import asyncio
import os
import pickle
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services import kept_reading
from bot.services.kept_reading import Keep, KeptReading
from tests.knowledge.small_base import SmallBase

_KEY = b"a key of the tests"


class Reader:
    """Reads as the child process does, and counts."""

    def __init__(self) -> None:
        self.reads = 0
        self.meanwhile: Callable[[], object] = lambda: None

    async def __call__(self, folder: Path, keep: Keep | None = None) -> Understanding:
        self.reads += 1
        found = Understanding(load_knowledge(folder))
        self.meanwhile()
        if keep is not None:
            keep(pickle.dumps(found))
        return found


class Trap:
    """What a forged pickle could do: leave a mark on the disk."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return (Path.touch, (self.mark,))


@pytest.fixture
def base(tmp_path: Path) -> SmallBase:
    return SmallBase(tmp_path / "base")


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "acces-droits.index"


def _read(path: Path, base: SmallBase, reader: Reader, key: bytes = _KEY) -> Understanding:
    return asyncio.run(KeptReading(path, key).read(base.folder, reader))


def test_a_second_start_does_not_read_again(path: Path, base: SmallBase, reader: Reader) -> None:
    first = _read(path, base, reader)
    second = _read(path, base, reader)
    assert reader.reads == 1
    assert second.knowledge == first.knowledge
    for message in ("au secours urgence-vitale", "bonjour", "question sur rsa", "xyz"):
        assert second.read(message) == first.read(message)


def test_only_its_owner_can_read_the_file(path: Path, base: SmallBase, reader: Reader) -> None:
    _read(path, base, reader)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == [path.name]


def _flip(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


_DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: content[:0],
    "half a seal": lambda content: content[:20],
    "a byte short": lambda content: content[:-1],
    "a byte more": lambda content: content + b"\0",
    "a bit of the seal": lambda content: _flip(content, 3),
    "a bit of the middle": lambda content: _flip(content, len(content) // 2),
    "a bit of the end": lambda content: _flip(content, len(content) - 1),
    "no seal": lambda content: content[32:],
    "zeros": lambda content: bytes(len(content)),
}


@pytest.mark.parametrize("damage", _DAMAGE.values(), ids=_DAMAGE)
def test_a_damaged_file_is_made_anew(
    path: Path, base: SmallBase, reader: Reader, damage: Callable[[bytes], bytes]
) -> None:
    _read(path, base, reader)
    path.write_bytes(damage(path.read_bytes()))
    assert _read(path, base, reader).read("bonjour")
    _read(path, base, reader)
    assert reader.reads == 2


def test_a_file_of_another_instance_is_never_opened(
    tmp_path: Path, path: Path, base: SmallBase, reader: Reader
) -> None:
    mark = tmp_path / "mark"
    payload = pickle.dumps(Trap(mark))
    pickle.loads(payload)  # noqa: S301 - the trap works
    assert mark.exists()
    mark.unlink()
    state = _read(path, base, reader).knowledge.fingerprint
    KeptReading(path, b"another key")._keep(base.folder, state, payload)
    assert payload in path.read_bytes()
    _read(path, base, reader)
    path.write_bytes(path.read_bytes()[:32] + payload)  # behind our own seal of something else
    _read(path, base, reader)
    assert reader.reads == 3
    assert not mark.exists()


def test_what_is_no_understanding_is_not_used(path: Path, base: SmallBase, reader: Reader) -> None:
    state = _read(path, base, reader).knowledge.fingerprint
    for payload in (pickle.dumps("a text"), b"no pickle at all", pickle.dumps(["cut"] * 9)[:-9]):
        KeptReading(path, _KEY)._keep(base.folder, state, payload)
        assert isinstance(_read(path, base, reader), Understanding)
    assert reader.reads == 4


def test_a_changed_folder_is_read_again(path: Path, base: SmallBase, reader: Reader) -> None:
    _read(path, base, reader)
    base.write("vocabulaire/ecritures.yaml", "ecritures:\n  mdp: mot de passe\n")
    found = _read(path, base, reader)
    assert found.knowledge.vocabulary.spellings == {"mdp": "mot de passe"}
    assert reader.reads == 2


def test_another_version_reads_again(
    path: Path, base: SmallBase, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(path, base, reader)
    monkeypatch.setattr(kept_reading, "program", lambda: "the next version")
    _read(path, base, reader)
    _read(path, base, reader)
    assert reader.reads == 2


def test_the_version_follows_source_and_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bot" / "domain").mkdir(parents=True)
    (tmp_path / "numpy").mkdir()
    source = tmp_path / "bot" / "domain" / "text.py"
    monkeypatch.setattr("bot.__file__", str(tmp_path / "bot" / "__init__.py"))
    monkeypatch.setattr("numpy.__file__", str(tmp_path / "numpy" / "__init__.py"))
    found = [kept_reading.program.__wrapped__()]
    source.write_text("A = 1", encoding="utf-8")
    found.append(kept_reading.program.__wrapped__())
    source.write_text("A = 2", encoding="utf-8")
    found.append(kept_reading.program.__wrapped__())
    (tmp_path / "numpy-2.4.6.dist-info").mkdir()
    found.append(kept_reading.program.__wrapped__())
    monkeypatch.setattr("sys.version", "4.0")
    found.append(kept_reading.program.__wrapped__())
    assert len(set(found)) == 5


def test_a_folder_that_changes_meanwhile_is_not_kept(path: Path, base: SmallBase, reader: Reader) -> None:
    reader.meanwhile = lambda: base.write("hors-champ.yaml", "hors_champ: [quelle heure est-il]\n")
    _read(path, base, reader)
    assert not path.exists()


def test_without_a_key_nothing_is_kept(path: Path, base: SmallBase, reader: Reader) -> None:
    _read(path, base, reader, key=b"")
    assert not path.exists()


def test_a_place_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, base: SmallBase, reader: Reader) -> None:
    (tmp_path / "folder.index").mkdir()
    os.mkfifo(tmp_path / "pipe.index")
    for name in ("nowhere/acces.index", "folder.index"):
        assert _read(tmp_path / name, base, reader).read("bonjour")
        assert _read(tmp_path / name, base, reader).read("bonjour")
    assert reader.reads == 4
    assert _read(tmp_path / "pipe.index", base, reader).read("bonjour")
    assert _read(tmp_path / "pipe.index", base, reader).read("bonjour")  # replaced by a file meanwhile
    assert reader.reads == 5


def test_the_last_of_the_disk_is_left_to_needs(
    path: Path, base: SmallBase, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 100_000

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    _read(path, base, reader)
    assert not path.exists()
