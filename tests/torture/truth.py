"""What the embedded Telegram knows, against what the program says of it: of several sendings that went on at once."""

import asyncio
import random
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from typing import Any

from tests.torture.restraint import LATEST
from tests.torture.scene import Scene
from userbot.core.quiet_hours import read
from userbot.sandbox import world

Key = tuple[int, int]
"""A recipient and a step."""

CAPPED = "had 2 mailings in 1 d"
SECONDS = 60.0
"""How long after the end the program may still be learning who has read what."""


class Course:
    """What was done: who is who, which messages are what, which sending is which."""

    def __init__(self, customers: list[int], chance: random.Random, span: str | None) -> None:
        """`span` are the quiet hours."""
        self.chance = chance
        self.span = span
        self.customers = customers
        shuffled = chance.sample(customers, len(customers))
        tenth, third = len(customers) // 10, len(customers) * 3 // 10
        self.capped = set(shuffled[:tenth])
        # Beside the chain everybody gets one mailing more: as many as the cap allows.
        self.listed = {
            name: set(shuffled[tenth + place * third : tenth + (place + 1) * third]) | set(shuffled[: tenth // 2])
            for place, name in enumerate(("mistake", "offer", "halted"))
        }
        self.listed["chain"] = set(customers)
        self.messages: dict[str, list[int]] = defaultdict(list)
        self.sids: dict[str, int] = {}
        self.answered: dict[int, float] = {}
        self.opted_out: dict[int, float] = {}


async def wrong(at: Scene, course: Course) -> list[str]:
    """Everything that is wrong."""
    ledger = await at.telegram.call("ledger", account=at.account)
    found: list[str] = []
    claimed: Counter[tuple[str, Key]] = Counter()
    got = {name: _got(ledger, messages) for name, messages in course.messages.items()}
    for name, messages in course.messages.items():
        times = Counter((line["peer"], line["source"]) for line in ledger if line["source"] in messages)
        found += [f"{name}: {key} {count} times" for key, count in times.items() if count > 1]
        found += [f"{name}: {key} was not meant" for key in got[name] if key[0] not in course.listed[name]]
        found += _lost(name, course, got[name], len(messages))
    for name, number in course.sids.items():
        rows = await at.report(await at.notice_with_report(number))
        what = {"retry": "halted", "recall": "mistake", "correction": "offer"}.get(name, name)
        found += _untrue(name, course, rows, got[what])
        claimed.update((name, _key(row)) for row in rows if row["status"] in {"sent", "recalled", "corrected"})
    found += _unclaimed(course, claimed, got)
    found += _late(course, ledger)
    found += _standing(at, course, ledger, got)
    found += await _unread(at, course)
    for number in course.sids.values():
        ends = sum(each["text"].startswith((f"✔ sid{number}:", f"■ sid{number}:")) for each in await at.notices())
        found += [] if ends == 1 else [f"sid{number}: its end is told {ends} times"]
    return found


def _got(ledger: list[dict[str, Any]], messages: list[int]) -> dict[Key, int]:
    """Who got which step, and with which id."""
    return {
        (line["peer"], messages.index(line["source"]) + 1): line["message"]
        for line in ledger
        if line["source"] in messages
    }


def _key(row: dict[str, str]) -> Key:
    return int(row["user_id"]), int(row["step"])


def _lost(name: str, course: Course, got: dict[Key, int], steps: int) -> list[str]:
    """Who is to have everything, and has not; a mistake is ended wherever it is."""
    spared = course.capped | course.opted_out.keys() | (course.answered.keys() if name == "chain" else set())
    meant = set() if name == "mistake" else course.listed[name] - spared
    return [
        f"{name}: {person} lacks step {step}"
        for person in sorted(meant)
        for step in range(1, steps + 1)
        if (person, step) not in got
    ]


def _untrue(name: str, course: Course, rows: list[dict[str, str]], got: dict[Key, int]) -> list[str]:
    """Rows of a report that differ from the ledger, or give another reason than there is."""
    found = []
    for row in rows:
        key, status, reason = _key(row), row["status"], row["reason"]
        if status == "sent" and row["message_id"] != str(got.get(key)):
            found.append(f"{name}: {key} is said to be sent as {row['message_id']}, and is {got.get(key)}")
        if status in {"failed", "skipped"} and reason not in _reasons(name, course, key[0]):
            found.append(f"{name}: {key} is {status}: {reason}")
        if status == "skipped" and key in got and name not in {"halted", "retry"}:
            found.append(f"{name}: {key} arrived as {got[key]}, and is said to be skipped: {reason}")
    people = {key[0] for key in map(_key, rows)}
    if name in course.listed and people != course.listed[name]:
        found.append(f"{name}: the report is of {len(people)} people, and {len(course.listed[name])} were meant")
    return found


def _reasons(name: str, course: Course, person: int) -> set[str]:
    """Why somebody may have been left out."""
    reasons = set()
    if person in course.capped:
        return {CAPPED}
    if name == "chain" and person in course.answered.keys() | course.opted_out.keys():
        reasons.add("answered")
    if person in course.opted_out:
        reasons.add("opted out")
    if name in {"mistake", "halted"}:
        reasons.add("the sending was stopped")
    return reasons


def _unclaimed(course: Course, claimed: Counter[tuple[str, Key]], got: dict[str, dict[Key, int]]) -> list[str]:
    """What arrived is told of in one report; what was to be taken back or corrected, in that one too."""
    found = []
    for key in got["halted"]:
        times = claimed["halted", key] + claimed["retry", key]
        found += [] if times == 1 else [f"halted: {key} is said to be sent {times} times"]
    for name, what in (("recall", "mistake"), ("correction", "offer")):
        found += [f"{name}: {key} is left out" for key in got[what] if not claimed[name, key]]
    return found


def _late(course: Course, ledger: list[dict[str, Any]]) -> list[str]:
    """What went out in quiet hours, or long after an answer."""
    hours = None if course.span is None else read(course.span)
    sent = {message for messages in course.messages.values() for message in messages}
    found = []
    for line in ledger:
        if line["source"] in sent and hours is not None and hours.quiet(line["date"]):
            found.append(f"{line['peer']} was written to in quiet hours")
        written = course.answered.get(line["peer"], float("inf"))
        if line["source"] in course.messages["chain"][1:] and line["date"] > written + LATEST:
            found.append(f"{line['peer']} got a step {line['date'] - written:.0f} s after an answer")
    return found


def _standing(at: Scene, course: Course, ledger: list[dict[str, Any]], got: dict[str, dict[Key, int]]) -> list[str]:
    """Nothing is gone but the mistake, nothing is changed but the offer, on both sides of every dialog."""
    people = set(at.customers)
    expected = Counter({line["text"]: 0 for line in ledger if line["peer"] in people})
    for line in ledger:
        expected[line["text"]] += 2 * (line["peer"] in people)
    expected["The corrected offer"], expected["The offer"] = expected["The offer"], 0
    expected["The mistake"] = 0
    expected["Thank you!"], expected["stop"] = 2 * len(course.answered), 2 * len(course.opted_out)
    expected["Hello!"] = 2 * len(people)
    stands = at.standing()
    return [
        f"{text!r} stands {stands[text]} times, not {expected[text]}"
        for text in stands | expected
        if stands[text] != expected[text]
    ]


async def _unread(at: Scene, course: Course) -> list[str]:
    """What was read, and is not written down so; or the other way round."""
    ours = "SELECT peer_id, step FROM delivery WHERE sending_id = ? AND status = 1 AND read_at {} NULL"
    end = asyncio.get_running_loop().time() + SECONDS
    while True:
        found = []
        with closing(sqlite3.connect(at.telegram.folder / world.DATABASE)) as database:
            marks = dict(database.execute("SELECT peer, read_outbox FROM dialogs WHERE owner = ?", (at.account,)))
        for name in ("chain", "offer", "halted"):
            ids = dict(_ids(at, course.sids[name]))
            truth = {key for key, message in ids.items() if message <= marks.get(key[0], 0)}
            known = {(peer, step) for peer, step in at.look(ours.format("NOT"), course.sids[name])}
            found += [f"{name}: {key} is read, and nobody knows" for key in truth - known]
            found += [f"{name}: {key} is said to be read" for key in known - truth]
        if not found or asyncio.get_running_loop().time() > end:
            return found
        await asyncio.sleep(0.5)


def _ids(at: Scene, number: int) -> list[tuple[Key, int]]:
    rows = at.look("SELECT peer_id, step, message_id FROM delivery WHERE sending_id = ? AND status = 1", number)
    return [((peer, step), message) for peer, step, message in rows]
