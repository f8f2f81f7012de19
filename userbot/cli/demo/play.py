"""What the team does in the demo, and whether what came of it is right. The ledger of Telegram is the judge."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from rich.console import Console

from userbot.cli.demo import reading
from userbot.cli.demo.chat import PATIENCE, POLL_SECONDS, Chat
from userbot.cli.demo.stage import Stage
from userbot.core.model import GENERAL
from userbot.errors import UserbotError
from userbot.sandbox.seen import Entity, Seen

_OFFER = "Autumn sale: everything at 20 % off until Sunday.\nSee what is left: our shop"
_FORMATTING: list[Entity] = [
    ("bold", 0, len("Autumn sale")),
    ("italic", _OFFER.index("until"), len("until Sunday")),
    ("text_url", _OFFER.index("our shop"), len("our shop"), "https://example.com/sale"),
]
_SLIP = "For colleagues only: 40 % off with the code STAFF."
_CHAIN_FOR = 3
_LABELLED = 12
_READERS, _ANSWERS = 70, 3

READING_SECONDS = 1.5


class Play:
    """The scenes, in order."""

    def __init__(self, stage: Stage, chat: Chat, console: Console) -> None:
        self._stage = stage
        self._chat = chat
        self._console = console

    async def perform(self) -> None:
        """Play everything. Raises UserbotError when userbot does not do what it should."""
        offer = await self._offer()
        sending = await self._everybody(offer)
        await self._chain()
        await self._labelled()
        await self._desk()
        await self._receipts(sending)
        await self._recall()

    async def _offer(self) -> int:
        await self._tell(
            "Nora writes what the customers shall get: formatted, with a photo. First she sends it to herself."
        )
        offer = self._post(_OFFER, media="photo", entities=_FORMATTING)
        sending = await self._order("/send test", offer)
        await self._chat.until(partial(self._is_notice_of, sending))
        self._check([(offer, self._stage.administrator)])
        return offer

    async def _everybody(self, offer: int) -> int:
        customers = self._stage.customers
        await self._tell("Tom wants to send it to everybody. Only administrators may.")
        await self._answer(self._post("/send all", by=self._stage.operator, reply_to=offer))
        await self._tell("Nora may. First she looks what it would come to; nothing is sent for that.")
        await self._answer(self._post("/send check all", reply_to=offer))
        await self._tell(f"Then she sends it. There are {len(customers)} customers.")
        with self._chat.progress(len(customers)):
            sending = await self._order("/send all", offer)
            report = await self._report(sending)
        self._check([(offer, customer) for customer in customers])
        rows = reading.rows(self._stage.sandbox.download(self._stage.group, report.id))
        if {int(row["user_id"]) for row in rows} != set(customers) or {row["status"] for row in rows} != {"sent"}:
            raise UserbotError(f"The report sid{sending}.csv does not say that every customer got it.")
        await self._tell(f"The report sid{sending}.csv, as everybody in the group can open it:")
        self._console.print(reading.view(rows))
        return sending

    async def _chain(self) -> None:
        await self._tell(
            f"A template: two messages, the second one 2 seconds after the first. For {_CHAIN_FOR} customers."
        )
        steps = [self._post("Thank you for your order!"), self._post(media="voice")]
        await self._answer(self._post("/send welcome", reply_to=steps[0]))
        await self._answer(self._post("/send welcome 2s", reply_to=steps[1]))
        some = self._stage.customers[:_CHAIN_FOR]
        await self._report(await self._order(f"/send list welcome {','.join(map(str, some))}"))
        self._check([(step, customer) for step in steps for customer in some])

    async def _labelled(self) -> None:
        some = self._stage.customers[:_LABELLED]
        await self._tell(f"A label, set on the {_LABELLED} ids in a file, and a word to everybody who has it.")
        await self._answer(self._post("/mark new regular"))
        ids = "\n".join(map(str, some)).encode()
        stage = self._stage
        await self._answer(
            stage.sandbox.post_file(stage.group, stage.administrator, "regulars.csv", ids, caption="/mark regular file")
        )
        thanks = self._post("Thank you for coming back!")
        await self._report(await self._order("/send mark regular", thanks))
        self._check([(thanks, customer) for customer in some])

    async def _desk(self) -> None:
        stage, customer, name = self._stage, self._stage.customers[0], "Customer 1"
        await self._tell(f"{name} answers. A topic opens, in which every operator sees it.")
        stage.sandbox.write(customer, stage.account, "Do you have it in green?")
        question = await self._chat.until(lambda seen: seen.text == "Do you have it in green?")
        topic = question.topic or GENERAL
        await self._tell(f"Nora answers there, and {name} gets it as a reply. Then she sets a label, and mails it.")
        self._post("In green and in blue.", topic=topic, reply_to=question.id)
        await self._arrives(customer, "In green and in blue.")
        await self._answer(self._post("/mark new green"))
        await self._answer(self._post("/mark green", topic=topic))
        news = self._post("Green is back!")
        await self._report(await self._order("/send mark green", news))
        self._check([(news, customer)])

    async def _receipts(self, sending: int) -> None:
        """Whoever answers opens a topic; that somebody only read it is learnt with the next answer."""
        stage, customers = self._stage, self._stage.customers
        await self._tell(f"{_READERS} of those who got sid{sending} read it, and {_ANSWERS} more answer.")
        for customer in customers[:_READERS]:
            stage.sandbox.read(customer, stage.account)
        for customer in customers[_READERS : _READERS + _ANSWERS]:
            stage.sandbox.read(customer, stage.account)
            stage.sandbox.write(customer, stage.account, f"Count me in! ({customer})")
            await self._chat.until(partial(_says, f"Count me in! ({customer})"))
        told = await self._answer(self._post(f"/send sid{sending}"))
        if f"{_READERS + _ANSWERS} read it" not in told.text:
            raise UserbotError(f"The status of sid{sending} does not say how many read it.")

    async def _recall(self) -> None:
        await self._tell("What only colleagues should read goes to every customer. Nora takes it back.")
        sending = await self._order("/send all", self._post(_SLIP))
        await self._report(sending)
        recall = await self._order(f"/send sid{sending} recall")
        await self._report(recall)
        await self._chat.until(lambda seen: f"sid{recall}:" in seen.text and "100 %" in seen.text)
        dialogs = (self._stage.sandbox.dialog(each, self._stage.account) for each in self._stage.customers)
        if any(seen.text == _SLIP for dialog in dialogs for seen in dialog):
            raise UserbotError("A customer can still read what was taken back.")

    async def _arrives(self, customer: int, text: str) -> None:
        """Wait until a customer has got an answer, as a reply to what they wrote."""
        for _ in range(int(PATIENCE / POLL_SECONDS)):
            found = self._stage.sandbox.dialog(customer, self._stage.account)
            if any(seen.text == text and seen.reply_to is not None for seen in found):
                return
            await asyncio.sleep(POLL_SECONDS)
        raise UserbotError(f"The customer did not get the answer within {PATIENCE:.0f} s.")

    async def _tell(self, what: str) -> None:
        """Say what comes next, and give whoever watches the time to read it."""
        self._chat.catch_up()
        self._console.print(f"\n{what}", style="bold")
        await asyncio.sleep(READING_SECONDS if self._console.is_terminal else 0)

    def _post(self, text: str = "", *, by: int | None = None, **how: Any) -> int:
        stage = self._stage
        return stage.sandbox.post(stage.group, by or stage.administrator, text, **how)

    async def _order(self, command: str, reply_to: int | None = None) -> int:
        """Give a command that orders a sending; returns its number."""
        answer = await self._answer(self._post(command, reply_to=reply_to))
        number = re.search(r"\bsid(\d+)", answer.text)
        if number is None:
            raise UserbotError(f"userbot did not take {command}.")
        return int(number[1])

    async def _answer(self, command: int) -> Seen:
        return await self._chat.until(lambda seen: seen.sender == self._stage.account and seen.reply_to == command)

    async def _report(self, sending: int) -> Seen:
        """Wait for the end of a sending, which is its report."""
        return await self._chat.until(lambda seen: seen.file_name == f"sid{sending}.csv")

    def _is_notice_of(self, sending: int, seen: Seen) -> bool:
        mine = seen.sender == self._stage.account and seen.reply_to is None
        return mine and re.search(rf"\bsid{sending}\b", seen.text) is not None

    def _check(self, expected: Iterable[tuple[int, int]]) -> None:
        """Each (message, recipient) was delivered exactly once and without its author, and nothing else of it was."""
        wanted = Counter(expected)
        recipients = {recipient for _, recipient in wanted}
        found = [line for line in self._stage.sandbox.ledger(self._stage.account) if line.peer in recipients]
        arrived = Counter((line.source, line.peer) for line in found if (line.source, line.peer) in wanted)
        if arrived != wanted or any(line.had_author for line in found):
            once = sum(count == 1 for count in arrived.values())
            raise UserbotError(f"{once} of {len(wanted)} messages arrived as they should, exactly once.")


def _says(text: str, seen: Seen) -> bool:
    return seen.text == text
