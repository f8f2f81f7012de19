"""How many mailings one person gets at most in any stretch of time."""

import re
from dataclasses import dataclass

from userbot.core import timing

_FORM = re.compile(r"\s*([1-9][0-9]{0,5})\s*/\s*(.+?)\s*")


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many mailings in any so many seconds. A chain is one mailing."""

    mailings: int
    seconds: int

    @property
    def reason(self) -> str:
        """Why somebody is left out, for the report: had 2 mailings in 7 d."""
        time = timing.render(timing.Delay(self.seconds))
        spaced = re.sub(r"[dhms]", lambda unit: f" {unit[0].replace('m', 'min')}", time)
        return f"had {self.mailings} mailing{'s' * (self.mailings > 1)} in {spaced}"


def read(text: str) -> Cap:
    """A cap as a person writes it: 2/7d. Raises ValueError, with what is wrong."""
    found = _FORM.fullmatch(text)
    time = timing.parse(found[2]) if found else None
    if found is None or not isinstance(time, timing.Delay) or not time.seconds:
        raise ValueError("it is no number of mailings in a time such as 2/7d")
    return Cap(int(found[1]), time.seconds)
