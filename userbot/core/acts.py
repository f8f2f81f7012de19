"""What a sending does: most send; some go back to what another one delivered."""

from enum import StrEnum


class Act(StrEnum):
    """What a sending does."""

    SEND = "send"
    RECALL = "recall"
    """Takes back what another one has delivered."""
    CORRECT = "correct"
    """Puts another text in place of what another one has delivered."""
