"""What one look at something the program needs has brought."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `good` is None when it could not be. `advice` is for what is not good."""

    good: bool | None
    what: str
    advice: str = ""
