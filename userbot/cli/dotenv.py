"""Changes one setting in `.env` and leaves every other line as it is."""

import os
import re
from pathlib import Path


def put(path: Path, name: str, value: str) -> None:
    """Set a variable: in its line when there is one (the last, which is the one that counts), else in a new one.

    The file is replaced as a whole or not at all, and is for its owner's eyes only when it is new.
    """
    path = path.resolve()
    lines = path.read_bytes().decode().splitlines(keepends=True) if path.exists() else []
    mine = [number for number, line in enumerate(lines) if re.match(rf"\s*(export\s+)?{name}\s*=", line)]
    if mine:
        lines[mine[-1]] = f"{name}={value}\n"
    else:
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        lines.append(f"{name}={value}\n")
    _replace(path, "".join(lines))


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123  a descriptor, not a path
        file.write(text.encode())
    draft.chmod(mode)
    draft.replace(path)
