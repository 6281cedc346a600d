"""The queue, the rooms and the files: nothing lost too early, nothing kept for ever."""

import pytest

from bot.sandbox.errors import AddressError, ApiError
from bot.sandbox.files import Files
from bot.sandbox.guards import check_address
from bot.sandbox.news import News
from bot.sandbox.profile import Profile
from bot.sandbox.rooms import Room, Rooms
from bot.sandbox.updates import Updates


def _numbers(updates: Updates, limit: int = 100) -> list[int]:
    return [pending.number for pending in updates.batch(limit)]


def test_updates_stay_until_confirmed() -> None:
    updates = Updates(News())
    first, second = (updates.add("message", {"n": n})["update_id"] for n in (1, 2))
    updates.confirm(0)
    assert _numbers(updates) == [first, second]
    assert _numbers(updates, 1) == [first]
    updates.confirm(second)
    assert _numbers(updates) == [second]
    updates.confirm(second + 1)
    assert _numbers(updates) == []


def test_a_negative_offset_keeps_the_last() -> None:
    updates = Updates(News())
    last = [updates.add("message", {})["update_id"] for _ in range(5)][-1]
    updates.confirm(-1)
    assert _numbers(updates) == [last]


def test_a_repeated_update_survives_its_confirmation_once() -> None:
    updates = Updates(News())
    update = updates.add("message", {})
    updates.confirm(update["update_id"] + 1)
    updates.repeat(update)
    updates.confirm(update["update_id"] + 1)
    [pending] = updates.batch(10)
    pending.sent = True
    updates.confirm(update["update_id"] + 1)
    assert _numbers(updates) == []


def test_unwanted_kinds_are_not_queued() -> None:
    updates = Updates(News())
    updates.add("chat_member", {})
    assert _numbers(updates) == []
    updates.allowed = frozenset({"message"})
    updates.add("callback_query", {})
    assert _numbers(updates) == []


def test_rooms_and_messages_are_bounded() -> None:
    rooms = Rooms(most_rooms=2, most_messages=3)
    kept = [rooms.add(Room(n, "private", "x", started=True)) for n in (1, 2, 3)]
    assert rooms.get(1) is None
    for _ in range(5):
        kept[2].keep(rooms.new_message(kept[2], {"id": 3}))
    assert list(kept[2].messages) == [3, 4, 5]


def test_the_oldest_files_leave_first() -> None:
    files = Files(memory=10)
    first, second = files.keep("document", "a.txt", b"123456"), files.keep("document", "b.txt", b"123456")
    assert files.by_id(first.file_id) is None
    assert files.by_path(first.path) is None
    assert files.by_path(second.path) is second
    assert second.path.startswith("documents/")
    assert second.mime_type == "text/plain"


def test_files_are_limited_one_by_one() -> None:
    with pytest.raises(ApiError, match="file is too big"):
        Files(largest=3).keep("document", "a", b"1234")
    with pytest.raises(ApiError, match="non-empty"):
        Files().keep("document", "a", b"")


@pytest.mark.parametrize("name", ["../../etc/x.../../y", "a.t/xt", "é.é", ""])
def test_download_paths_are_plain(name: str) -> None:
    assert files_path(name).count("/") == 1


def files_path(name: str) -> str:
    """The path that a file of this name gets."""
    return Files().keep("document", name, b"x").path


def test_the_narrowest_commands_win() -> None:
    profile = Profile({"first_name": "Bot"})
    profile.commands[("default", 0, 0), ""] = [{"command": "default"}]
    profile.commands[("default", 0, 0), "fr"] = [{"command": "francais"}]
    profile.commands[("chat", 5, 0), ""] = [{"command": "equipe"}]
    assert profile.commands_for(1, 1, "en")[0]["command"] == "default"
    assert profile.commands_for(1, 1, "fr")[0]["command"] == "francais"
    assert profile.commands_for(5, 5, "fr")[0]["command"] == "equipe"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_loopback_addresses_pass(address: str) -> None:
    check_address(address)


_ELSEWHERE = ["0.0.0.0", "::", "192.168.1.2", "exemple.fr", "127.0.0.1.exemple.fr", ""]  # noqa: S104


@pytest.mark.parametrize("address", _ELSEWHERE)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(AddressError, match="machine"):
        check_address(address)
