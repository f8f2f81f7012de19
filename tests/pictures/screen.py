"""A terminal of which a picture is made."""

import io
import re

from rich.console import Console

COLUMNS = 84


def console(lines: int | None = None) -> Console:
    """A terminal that keeps what it is shown."""
    return Console(
        record=True,
        width=COLUMNS,
        height=lines,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )


def svg(shown: Console, title: str, name: str) -> str:
    """What stands on it; `name` is one of its own among the pictures of a page."""
    picture = shown.export_svg(title=title, unique_id=name)
    # Fonts from elsewhere would be fetched by whoever looks at the picture.
    return re.sub(r"\n +@font-face \{.*?\}(?=\n)", "", picture, flags=re.DOTALL)
