"""Whether every recipient got every step exactly once, in order, and whether the report says the same."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.torture.scene import Scene


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many deliveries are wrong, by what is wrong with them."""

    delivered: int
    duplicates: int
    losses: int
    out_of_order: int
    misreported: int
    notices: int
    """Announcements that were said more often than once, or never."""

    @property
    def good(self) -> bool:
        """Whether nothing at all is wrong."""
        return not (self.duplicates or self.losses or self.out_of_order or self.misreported or self.notices)


async def judge(at: Scene, messages: list[int]) -> Verdict:
    """Look at the ledger of the embedded Telegram and at the report of the only sending."""
    lines = await at.telegram.call("ledger", account=at.account)
    ledger = [line for each in lines if (line := {**each, "source": _source(each, messages)})["source"] in messages]
    got = Counter((line["peer"], messages.index(line["source"]) + 1) for line in ledger)
    expected = {(customer, step) for customer in at.customers for step in range(1, len(messages) + 1)}
    return Verdict(
        delivered=len(ledger),
        duplicates=sum(times - 1 for times in got.values()) + len(got.keys() - expected),
        losses=len(expected - got.keys()),
        out_of_order=_out_of_order(ledger, messages),
        misreported=await _misreported(at, ledger, messages),
        notices=await _notices(at),
    )


def _source(line: dict[str, Any], messages: list[int]) -> int | None:
    """Which message a line is of: a copy says its step and whose it is; with a placeholder left it is of none."""
    own = re.fullmatch(rf"Step (\d+) for {line['peer']}", line["text"])
    forwarded: int | None = None if "{" in line["text"] else line["source"]
    return messages[int(own[1]) - 1] if own else forwarded


def _out_of_order(ledger: list[dict[str, Any]], messages: list[int]) -> int:
    """How many deliveries came before one of an earlier step."""
    last: dict[int, int] = {}
    wrong = 0
    for line in ledger:
        step = messages.index(line["source"])
        wrong += step < last.get(line["peer"], 0)
        last[line["peer"]] = step
    return wrong


async def _misreported(at: Scene, ledger: list[dict[str, Any]], messages: list[int]) -> int:
    """How many rows of the report differ from the ledger, or are missing, or too many."""
    notice = await at.notice("Finished")
    report = await at.report(notice)
    rows = [(int(row["user_id"]), int(row["step"]), row["status"], row["message_id"]) for row in report]
    truth = [(line["peer"], messages.index(line["source"]) + 1, "sent", str(line["message"])) for line in ledger]
    return sum(((Counter(rows) - Counter(truth)) + (Counter(truth) - Counter(rows))).values())


async def _notices(at: Scene) -> int:
    texts = [each["text"] for each in await at.notices() if each["sender"] == at.account]
    return sum(sum(sign in text for text in texts) != 1 for sign in ("Started.", "Finished."))
