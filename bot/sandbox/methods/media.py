"""Files from the bot: documents, pictures, sound, stickers, and their download."""

from dataclasses import dataclass

from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.images import dimensions
from bot.sandbox.methods.registry import Methods
from bot.sandbox.methods.sending import deliver, message_caption
from bot.sandbox.parameters import Parameters
from bot.sandbox.wire import Json, without_none
from bot.sandbox.world import World

_STICKER_SIDE = 512


@dataclass(frozen=True, slots=True)
class Sender:
    """One of the methods that differ only in the kind of file."""

    kind: str

    def __call__(self, world: World, p: Parameters) -> Json:
        """Stores the file and shows it under its caption."""
        file = _file(world, p, self.kind)
        content: Json = {self.kind: described(self.kind, file, p)}
        if self.kind != "sticker":
            caption = message_caption(p)
            content.update(caption=caption.text or None, caption_entities=caption.entities or None)
        return deliver(world, p, **content)


def described(kind: str, file: StoredFile, p: Parameters) -> Json | list[Json]:
    """The object of Telegram for a kind of file; raises ApiError where the file is not of that kind."""
    head = {"file_id": file.file_id, "file_unique_id": file.unique_id}
    duration = p.integer("duration")
    match kind:
        case "photo":
            size = dimensions(file.content)
            if size is None:
                raise bad_request("IMAGE_PROCESS_FAILED")
            if sum(size) > 10_000 or min(size) == 0 or max(size) > 20 * min(size):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            return [head | {"width": size[0], "height": size[1], "file_size": file.size}]
        case "voice":
            return head | {"duration": duration, "mime_type": file.mime_type, "file_size": file.size}
        case "audio":
            return head | without_none(
                duration=duration,
                performer=p.optional("performer"),
                title=p.optional("title"),
                file_name=file.name,
                mime_type=file.mime_type,
                file_size=file.size,
            )
        case "sticker":
            width, height = dimensions(file.content) or (_STICKER_SIDE, _STICKER_SIDE)
            kinds = {"type": "regular", "is_animated": False, "is_video": False, "file_size": file.size}
            emoji = without_none(emoji=p.optional("emoji"))
            return head | {"width": width, "height": height} | kinds | emoji
    return head | {"file_name": file.name, "mime_type": file.mime_type, "file_size": file.size}


def get_file(world: World, p: Parameters) -> Json:
    """Where to download a file."""
    file = world.files.by_id(p.required("file_id", "file_id not specified"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def _file(world: World, p: Parameters, kind: str) -> StoredFile:
    value = p.text(kind)
    upload = p.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload is not None:
        mime_type = "audio/ogg" if kind == "voice" and "audio" not in upload.mime_type else upload.mime_type
        return world.files.keep(kind, upload.name, upload.content, mime_type)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # nothing here goes out to other machines
    file = world.files.by_id(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


METHODS: Methods = {
    "sendDocument": Sender("document"),
    "sendPhoto": Sender("photo"),
    "sendVoice": Sender("voice"),
    "sendAudio": Sender("audio"),
    "sendSticker": Sender("sticker"),
    "getFile": get_file,
}
