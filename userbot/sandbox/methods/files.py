"""upload.*: parts of files go in, pieces come out."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import media
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.world import Caller, World

_PART = 512 * 1024


@method(functions.upload.SaveFilePartRequest, functions.upload.SaveBigFilePartRequest)
def save_file_part(world: World, caller: Caller, request: Any) -> bool:
    """Keep one part; media that names the file puts them together."""
    if len(request.bytes) > _PART:
        raise RpcError(400, "FILE_PART_TOO_BIG")
    return media.take_part(world, user_of(caller), request.file_id, request.file_part, request.bytes)


@method(functions.upload.GetFileRequest)
def get_file(world: World, caller: Caller, request: Any) -> Any:
    """A piece of a document or photo."""
    if not 0 < request.limit <= 1024 * 1024:
        raise RpcError(400, "LIMIT_INVALID")
    data = media.read(world, request.location, request.offset, request.limit, caller.dc)
    return types.upload.File(types.storage.FilePartial(), world.now(), data)


@method(functions.messages.UploadMediaRequest)
def upload_media(world: World, caller: Caller, request: Any) -> Any:
    """Media that a later album refers to."""
    return media.receive(world, user_of(caller), request.media)
