"""The calls of a Sandbox as JSON lines: `{"id": 1, "call": "post", "args": {...}}` and `{"id": 1, "result": ...}`."""

import base64
import dataclasses
import inspect
import json
from collections.abc import AsyncIterable, Callable
from typing import Any

from userbot.sandbox.errors import RpcError
from userbot.sandbox.people import Sandbox

PRIVATE = {"ask", "peer"}
"""Calls that deal in TL objects, which JSON cannot carry."""


def encode(value: Any) -> str:
    """One line; bytes become {"base64": ...}, dataclasses objects."""
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def decode(line: str | bytes) -> Any:
    """The opposite."""
    return json.loads(line, object_hook=_bytes)


def _bytes(found: dict[str, Any]) -> Any:
    return base64.b64decode(found["base64"]) if found.keys() == {"base64"} else found


async def serve(sandbox: Sandbox, lines: AsyncIterable[bytes], say: Callable[[str], None]) -> None:
    """Answer calls until there are no more lines."""
    async for line in lines:
        if line.strip():
            call = decode(line)
            say(encode({"id": call.get("id"), **await _answer(sandbox, call)}))


async def _answer(sandbox: Sandbox, call: dict[str, Any]) -> dict[str, Any]:
    name = call["call"]
    if name.startswith("_") or name in PRIVATE or not hasattr(sandbox, name):
        return {"error": f"there is no call {name}"}
    try:
        result = getattr(sandbox, name)(**call.get("args", {}))
        return {"result": await result if inspect.isawaitable(result) else result}
    except RpcError as error:
        return {"error": error.message}
    except (LookupError, TypeError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
