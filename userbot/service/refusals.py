"""With whom Telegram refused the account itself, one recipient after the other, and when that is no matter of theirs.

PEER_FLOOD may concern a single recipient of an account that @SpamBot calls free (tdlib issue 797). The row ends with
the next message of a mailing that arrives, which the counts of the sendings show: nothing has to be written then.
"""

from userbot.core.circuit_breaker import ACCOUNT_REFUSALS
from userbot.store import facts, totals
from userbot.store.database import Connection

_FACT = "refused"


async def count(on: Connection, peer_id: int) -> None:
    """Telegram refused the account with one more recipient."""
    others = await _in_a_row(on)
    row = {"peers": sorted({*others, peer_id}), "sent": await totals.mailed(on)}
    await facts.remember(on, _FACT, row)


async def blame_account(on: Connection) -> bool:
    """Whether there were too many in a row."""
    return len(await _in_a_row(on)) >= ACCOUNT_REFUSALS


async def forget(on: Connection) -> None:
    """What was refused is explained."""
    await facts.forget(on, _FACT)


async def _in_a_row(on: Connection) -> list[int]:
    row = await facts.recall(on, _FACT)
    return row["peers"] if row is not None and row["sent"] == await totals.mailed(on) else []
