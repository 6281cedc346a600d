"""Files sent by the bot or by people, kept in memory within a bound: the oldest leave first."""

import itertools
import mimetypes
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request

LARGEST_FILE = 20 * 1024 * 1024  # what Telegram lets a bot download
_MEMORY = 96 * 1024 * 1024
_FOLDERS = {"photo": "photos", "voice": "voice", "audio": "music", "sticker": "stickers"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file and the names Telegram gives it."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


@dataclass(slots=True)
class Files:
    """All files of one sandbox."""

    memory: int = _MEMORY
    largest: int = LARGEST_FILE
    _by_id: "OrderedDict[str, StoredFile]" = field(default_factory=OrderedDict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)
    _used: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def keep(self, kind: str, name: str, content: bytes, mime_type: str = "") -> StoredFile:
        """Stores a file; raises ApiError where it is empty or too large."""
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > self.largest:
            raise bad_request("file is too big")
        number = next(self._numbers)
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        ending = name.rpartition(".")[2] if "." in name else ""
        if not (ending.isascii() and ending.isalnum()):
            ending = (mimetypes.guess_extension(mime_type) or ".bin")[1:]
        path = f"{_FOLDERS.get(kind, 'documents')}/file_{number}.{ending}"
        file = StoredFile(f"Trial{kind.title()}File{number:08d}", f"Unique{number:08d}", path, name, mime_type, content)
        self._by_id[file.file_id] = file
        self._by_path[path] = file
        self._used += file.size
        while self._used > self.memory and len(self._by_id) > 1:
            _, oldest = self._by_id.popitem(last=False)
            del self._by_path[oldest.path]
            self._used -= oldest.size
        return file

    def drop(self, file_ids: Iterable[str]) -> None:
        """Deletes files at once."""
        for file_id in file_ids:
            gone = self._by_id.pop(file_id, None)
            if gone is not None:
                del self._by_path[gone.path]
                self._used -= gone.size

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of an identifier, if it is still kept."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file of a download path, if it is still kept."""
        return self._by_path.get(path)
