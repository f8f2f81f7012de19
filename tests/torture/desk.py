"""A long conversation while the program is killed again and again: `python -m tests.torture.desk`. Exits 1 if wrong.

A customer writes, operators answer in the topic; both send every kind, albums and replies, edit and delete. In the end
each side has what the other one said: in its order, with its last words, nothing twice.
"""

import argparse
import asyncio
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.torture.scene import Scene, scene
from userbot.sandbox import samples

TEXTLESS = {"sticker", "video_note", "poll", "location", "venue", "contact"}
PATIENCE = 60.0

Message = dict[str, Any]


@dataclass(slots=True)
class Line:
    """Something that was said: its label and the ids it has where it was said."""

    label: str
    ids: list[int]
    kinds: list[str]
    text: str
    reply: "Line | None" = None
    gone: bool = False
    edited: bool = False


@dataclass(slots=True)
class Talk:
    """Who talks where, and what was said so far on each side."""

    at: Scene
    chance: random.Random
    customer: int
    operator: int
    topic: int = 0
    said: dict[str, list[Line]] = field(default_factory=lambda: {"customer": [], "operator": []})

    async def call(self, name: str, **given: Any) -> Any:
        """Something at the embedded Telegram."""
        return await self.at.telegram.call(name, **given)

    async def say(self, who: str) -> None:
        """A message, an album or a reply."""
        label = f"{who[0]}{len(self.said[who])}"
        kinds = [self.chance.choice(["text", "text", "text", *samples.KINDS])]
        if self.chance.random() < 0.1:
            kinds = [self.chance.choice(["photo", "video"]) for _ in range(self.chance.randint(2, 5))]
        text = "" if kinds[0] in TEXTLESS else label
        mine = [each for each in self.said[who] if not each.gone]
        reply = self.chance.choice(mine) if mine and kinds == ["text"] and self.chance.random() < 0.3 else None
        ids = await self._post(who, kinds, text, reply)
        self.said[who].append(Line(label, ids, kinds, text, reply))

    async def _post(self, who: str, kinds: list[str], text: str, reply: Line | None) -> list[int]:
        customer = who == "customer"
        by, to = (self.customer, self.at.account) if customer else (self.operator, self.at.group)
        place: dict[str, Any] = {} if customer else {"topic": self.topic}
        reply_to = None if reply is None else reply.ids[0]
        if len(kinds) > 1:
            album: list[int] = await self.call("post_album", group=to, by=by, kinds=kinds, caption=text, **place)
            return album
        media = None if kinds == ["text"] else kinds[0]
        people: dict[str, Any] = {"sender": by, "recipient": to} if customer else {"group": to, "by": by}
        return [
            await self.call(
                "write" if customer else "post", text=text, media=media, reply_to=reply_to, **people, **place
            )
        ]

    async def change(self, who: str) -> None:
        """An edit or a deletion of something of one's own."""
        lines = [each for each in self.said[who] if not each.gone and each.text]
        if not lines:
            return
        line = self.chance.choice(lines)
        customer = who == "customer"
        if self.chance.random() < 0.7:
            line.text = f"{line.label}v{self.chance.randrange(10**6)}"
            line.edited = True
            by, peer = (self.customer, self.at.account) if customer else (self.operator, self.at.group)
            await self.call("edit", by=by, peer=peer, message=line.ids[0], text=line.text)
        else:
            line.gone = True
            if customer:
                await self.call("take_back", by=self.customer, messages=line.ids)
            else:
                await self.call("delete", group=self.at.group, messages=line.ids)


@dataclass(slots=True)
class Verdict:
    """What is wrong with what one side has of what the other one said."""

    wrong: list[str]
    messages: int
    kills: int


async def run(folder: Path, messages: int, kills: int, seed: int, *, contrary: bool = True) -> Verdict:
    """Hold the conversation."""
    chance = random.Random(seed)
    async with scene(folder, 1, contrary=contrary) as at:
        await at.program.start()
        await at.program.ready()
        talk = await _begun(at, chance)
        await at.make_trouble(seed)
        moments = sorted(chance.randrange(messages) for _ in range(kills))
        for number in range(messages):
            who = chance.choice(["customer", "operator"])
            await (talk.say(who) if chance.random() < 0.8 else talk.change(who))
            await asyncio.sleep(chance.uniform(0, 0.03))
            while moments and moments[0] <= number:
                moments.pop(0)
                await at.program.kill()
                await at.program.start()
                await asyncio.sleep(chance.uniform(0, 1.5))
        await at.all_clear()
        await at.telegram.call("contrary", on=False)
        end = time.monotonic() + PATIENCE
        while (wrong := await _wrong(talk)) and time.monotonic() < end:
            await asyncio.sleep(0.5)
        return Verdict(wrong, sum(map(len, talk.said.values())), kills)


async def _begun(at: Scene, chance: random.Random) -> Talk:
    """A customer has written for the first time, and a topic is there."""
    customer = await at.telegram.call("add_person", first_name="Ada")
    operator = await at.telegram.call("add_person", first_name="Olga")
    await at.telegram.call("join", group=at.group, user=operator)
    talk = Talk(at, chance, customer, operator)
    await talk.say("customer")
    while not (topics := await at.telegram.call("topics", group=at.group)):
        await asyncio.sleep(0.1)
    [number] = topics
    talk.topic = int(number)
    return talk


async def _wrong(talk: Talk) -> list[str]:
    """Everything that is wrong."""
    stands = await talk.call("messages", group=talk.at.group, topic=talk.topic)
    theirs = await talk.call("dialog", owner=talk.customer, peer=talk.at.account)
    inside = [each for each in stands if each["sender"] == talk.at.account and each["kind"] != "service"]
    arrived = [each for each in theirs if each["sender"] == talk.at.account]
    notes = [each for each in inside if each["text"].startswith(("✏ ", "🗑"))]
    copies = [each | {"text": each["text"].removeprefix("Ada:\n")} for each in inside if each not in notes]
    return [
        *_compare("operator", talk.said["operator"], arrived, []),
        *_compare("customer", talk.said["customer"], copies, notes),
        *_replies(talk.said["operator"], arrived),
    ]


def _compare(who: str, said: list[Line], copies: list[Message], notes: list[Message]) -> list[str]:
    """Whether these copies are what was said, in order; `notes` tell of what changed after a copy was made."""
    wrong: list[str] = []
    at = 0
    for line in said:
        size = len(line.kinds)
        found = copies[at : at + size]
        if [each["kind"] for each in found] != line.kinds or not _says(line, found[0]["text"]):
            # What was deleted before it appeared is not there; at the customer's nothing that was deleted is.
            if not line.gone:
                return [*wrong, f"{who}: {line.label} {line.kinds} is not at its place: {found[:1]}"]
            continue
        if line.gone and who == "operator":
            wrong.append(f"{who}: {line.label} was deleted and is there")
        if size > 1 and len({each["grouped_id"] for each in found}) != 1:
            wrong.append(f"{who}: {line.label} is no album any more")
        last = [each["text"] for each in notes if each["reply_to"] == found[0]["id"] and each["text"][0] == "✏"]
        shows = last[-1].removeprefix("✏ ") if last else found[0]["text"]
        if not line.gone and shows != line.text:
            wrong.append(f"{who}: {line.label} shows {shows}, not {line.text}")
        if len(set(last)) < len(last):
            wrong.append(f"{who}: {line.label}: an edit is shown twice")
        at += size
    return wrong + [f"{who}: too many: {each}" for each in copies[at:]]


def _says(line: Line, text: str) -> bool:
    """Whether a text is one of the versions of what was said."""
    return text == line.text or text.partition("v")[0] == line.label


def _replies(said: list[Line], copies: list[Message]) -> list[str]:
    """Whether replies are replies to the same on the other side."""
    by_id = {each["id"]: each for each in copies}
    by_label = {each["text"].partition("v")[0]: each for each in copies if each["text"]}
    wrong = []
    for line in said:
        copy = by_label.get(line.label)
        if line.reply is None or line.reply.gone or line.gone or copy is None or not line.reply.text:
            continue
        target = by_id.get(copy["reply_to"] or 0)
        if target is None or not _says(line.reply, target["text"]):
            wrong.append(f"{line.label} is no reply to {line.reply.label}")
    return wrong


def main() -> int:
    """Run it, and print what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.desk", description=__doc__)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    began = time.monotonic()
    with TemporaryDirectory(prefix="desk-") as folder:
        verdict = asyncio.run(run(Path(folder), given.messages, given.kills, given.seed))
    print(f"seed {given.seed}: {verdict.messages} messages, {verdict.kills} kills, {time.monotonic() - began:.0f} s")
    for each in verdict.wrong:
        print(f"  {each}")
    print("  nothing is wrong" if not verdict.wrong else f"  {len(verdict.wrong)} things are wrong")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
