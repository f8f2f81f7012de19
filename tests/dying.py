"""`userbot`, which kills itself in the middle of what it does page by page: `python -m tests.dying run`.

Its pages are of ten rows; the third one of the kind named by DIES_IN, a function of `store.clearing`, is done and never
committed.
"""

import os
import signal
from functools import partial
from typing import Any

from userbot.__main__ import main
from userbot.core import paging
from userbot.service import pages
from userbot.store import clearing

ROWS, PAGES = 10, 2
"""What a page holds, and how many of them are written down."""


def _make_deadly(name: str) -> None:
    work, done = getattr(clearing, name), 0

    async def deadly(*given: Any) -> Any:
        nonlocal done
        result = await work(*given)
        if done == PAGES:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
        return result

    setattr(clearing, name, deadly)


if __name__ == "__main__":
    paging.FEWEST = paging.MOST = ROWS
    vars(pages)["PageSize"] = partial(paging.PageSize, ROWS)
    _make_deadly(os.environ["DIES_IN"])
    main()
