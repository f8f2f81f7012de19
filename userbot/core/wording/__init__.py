"""What the program says in the backend group, in words that a tired operator understands at once.

Plain text without markup, so a name with a star in it stays a name. Times are UTC and say so.
"""

from userbot.core.wording.live import live
from userbot.core.wording.mailings import (
    cancelled,
    choice,
    counts,
    ended,
    ended_small,
    flood_over,
    flood_wait,
    held,
    held_all,
    how_to_stop,
    ordered,
    paused,
    reads_dialogs,
    resumed,
    started,
    stopped,
    title,
    went_before,
)
from userbot.core.wording.reasons import said
from userbot.core.wording.views import (
    after_previous,
    ends_at_answer,
    ends_for_answerers,
    overview,
    renamed,
    status,
    template,
    templates,
)
from userbot.core.wording.words import LIMIT, content, duration, link, moment, number, of, pages

__all__ = [
    "LIMIT",
    "after_previous",
    "cancelled",
    "choice",
    "content",
    "counts",
    "duration",
    "ended",
    "ended_small",
    "ends_at_answer",
    "ends_for_answerers",
    "flood_over",
    "flood_wait",
    "held",
    "held_all",
    "how_to_stop",
    "link",
    "live",
    "moment",
    "number",
    "of",
    "ordered",
    "overview",
    "pages",
    "paused",
    "reads_dialogs",
    "renamed",
    "resumed",
    "said",
    "started",
    "status",
    "stopped",
    "template",
    "templates",
    "title",
    "went_before",
]
