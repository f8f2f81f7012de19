"""Who is meant by a sending, and why some of them are left out: for its start, and for whoever only asks."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass

from userbot.core.caps import Cap
from userbot.core.model import Audience, Sending
from userbot.core.placeholders import Person
from userbot.core.reasons import NO_DIALOG, OPTED_OUT
from userbot.store import marks, segments
from userbot.store.database import Connection, row, rows, run

PAGE = 1_000

# Why somebody with a row in `peer` is left out of a mailing, the cap aside; NULL when they are not.
LEFT_OUT = f"CASE WHEN NOT has_dialog THEN '{NO_DIALOG}' WHEN opted_out_at IS NOT NULL THEN '{OPTED_OUT}' ELSE gone END"

_ALL = f"SELECT id, {LEFT_OUT} AS reason FROM peer WHERE id > 0 AND has_dialog"  # noqa: S608  ours
_NAMED = (
    f"SELECT named.id AS id, iif(peer.id IS NULL, '{NO_DIALOG}', {LEFT_OUT}) AS reason"  # noqa: S608  ours
    " FROM ({ids}) AS named LEFT JOIN peer ON peer.id = named.id"
)
_ADDRESSED = _NAMED.format(ids="SELECT peer_id AS id FROM addressed WHERE sending_id = ?1")

# Who is meant, as (id, reason to leave out); `?1` is the sending.
_MEANT = {
    Audience.ALL: _ALL,
    Audience.MARK: (
        # By the label's own order: SQLite would sort all who have it for every page.
        f"SELECT marked.peer_id AS id, {LEFT_OUT} AS reason FROM sending"  # noqa: S608  ours
        " JOIN mark ON mark.name = sending.mark JOIN marked ON mark_id = mark.id JOIN peer ON peer.id = peer_id"
        # Those of a computed label stand where the ids of a list do (see `work_out`).
        f" WHERE sending.id = ?1 AND marked.peer_id > 0 UNION ALL {_ADDRESSED}"
    ),
    Audience.LIST: _ADDRESSED,
    Audience.FILE: _ADDRESSED,
    Audience.TEST: "SELECT peer_id AS id, NULL AS reason FROM addressed WHERE sending_id = ?1",
    # An operator's word to one person goes out whatever was before.
    Audience.TOPIC: "SELECT peer_id AS id, NULL AS reason FROM addressed WHERE sending_id = ?1",
}

# Other mailings that somebody may have had since `?2`, or is still to get. Whoever is counted by what is still to come
# cannot get more in any stretch of time, however long a mailing takes and in whatever order they go.
_RECENT = (
    "SELECT id FROM sending WHERE audience NOT IN ('test', 'topic') AND (ended_at IS NULL OR ended_at > ?2)"
    " AND act = 'send' AND id NOT IN (SELECT iif(typeof(?1) = 'integer', ?1, 0)"
    " UNION SELECT origin FROM sending WHERE id = ?1 AND origin IS NOT NULL)"
)
_HAD = (
    "SELECT 1 FROM recent WHERE EXISTS (SELECT 1 FROM delivery WHERE sending_id = recent.id AND peer_id = meant.id"
    " AND (status = 0 OR sent_at > ?2)) LIMIT ?3"
)


@dataclass(frozen=True, slots=True)
class Question:
    """Who would get a sending that starts now."""

    audience: Audience
    mark: str | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The cap on mailings to one person, as of a moment; without a cap nobody is left out for it."""

    cap: Cap | None = None
    now: float = 0.0

    @property
    def values(self) -> tuple[object, ...]:
        """What stands for `?2` to `?4`."""
        return (None,) * 3 if self.cap is None else (self.now - self.cap.seconds, self.cap.mailings, self.cap.reason)


NO_LIMIT = Limit()


def written(question: Question, limit: Limit) -> str:
    """A question as it is kept until it is answered."""
    return json.dumps([asdict(question), None if limit.cap is None else asdict(limit.cap), limit.now])


def read(text: str) -> tuple[Question, Limit]:
    """What `written` wrote."""
    question, cap, now = json.loads(text)
    asked = Question(Audience(question["audience"]), question["mark"], tuple(question["ids"]))
    return asked, Limit(None if cap is None else Cap(**cap), now)


def meant(audience: Audience, page: str) -> str:
    """SQL for (id, reason) of those who are meant, reduced to a `page` of them by a clause.

    `?1` is the sending, `?2` to `?4` are a limit's values.
    """
    return capped(_MEANT[audience], page, among=audience not in {Audience.TEST, Audience.TOPIC})


def capped(people: str, page: str, *, among: bool = True) -> str:
    """SQL for those of a page, and who `among` them has had enough. `?1` to `?4` as in `meant`."""
    return f"""
        WITH recent AS MATERIALIZED ({_RECENT})
        SELECT id, coalesce(reason, iif({among:d} AND (SELECT count(*) FROM recent) >= ?3 AND id > 0
            AND (SELECT count(*) FROM ({_HAD})) >= ?3, ?4, NULL)) AS reason
        FROM (SELECT id, reason FROM ({people}) {page}) AS meant
        """  # noqa: S608  the conditions are ours


async def _asked(on: Connection, question: Question, limit: Limit, page: str = "") -> str:
    """The same of somebody who only asks: `?1` is what is named, as JSON."""
    if question.audience is Audience.ALL:
        return capped(_ALL, page)
    if question.audience is Audience.MARK:
        label = await marks.find(on, question.mark or "")
        members = "SELECT NULL AS id WHERE false" if label is None else await segments.members(on, label, limit.now)
        people = f"SELECT id FROM ({members}) WHERE id > 0 AND id IN (SELECT id FROM peer)"  # noqa: S608  ours
        return capped(_NAMED.format(ids=people), page)
    if question.audience in {Audience.LIST, Audience.FILE}:
        return capped(_NAMED.format(ids="SELECT DISTINCT value AS id FROM json_each(?1)"), page)
    return capped("SELECT value AS id, NULL AS reason FROM json_each(?1)", page, among=False)


def _values(question: Question, limit: Limit) -> tuple[object, ...]:
    return (json.dumps(question.ids), *limit.values)


async def expected(on: Connection, question: Question, limit: Limit) -> int:
    """How many recipients a sending would have, without those who are left out."""
    sql = await _asked(on, question, limit)
    found = await row(on, f"SELECT count(*) FROM ({sql}) WHERE reason IS NULL", *_values(question, limit))  # noqa: S608  the conditions are ours
    return int(found[0]) if found else 0


async def reasons(on: Connection, question: Question, limit: Limit) -> dict[str | None, int]:
    """How many are meant, by the reason to leave them out; None is those who would get it."""
    sql = await _asked(on, question, limit)
    found = await rows(on, f"SELECT reason, count(*) AS people FROM ({sql}) GROUP BY reason", *_values(question, limit))  # noqa: S608
    return {each["reason"]: each["people"] for each in found}


async def everybody(
    on: Connection, question: Question, limit: Limit
) -> AsyncIterator[list[tuple[int, str | None, str | None, str | None]]]:
    """Everybody who is meant, page by page: id, username, name, reason to leave out."""
    last = -(2**63)
    while True:
        page = await _asked(on, question, limit, "WHERE id > ?5 ORDER BY id LIMIT ?6")
        found = await row(
            on,
            f"SELECT json_group_array(json_array(each.id, username, name, reason)) FROM ({page}) AS each"  # noqa: S608
            " LEFT JOIN peer ON peer.id = each.id",
            *_values(question, limit),
            last,
            PAGE,
        )
        assert found is not None
        people = [tuple(each) for each in json.loads(found[0])]
        yield people
        if len(people) < PAGE:
            return
        last = people[-1][0]


async def some(on: Connection, question: Question, limit: Limit, count: int) -> list[Person]:
    """The first few who would get it, by the names they have."""
    page = await _asked(on, question, limit, "WHERE reason IS NULL ORDER BY id LIMIT ?5")
    sql = f"""
        SELECT peer.id, first_name, last_name, coalesce(username, '')
        FROM ({page}) AS each JOIN peer ON peer.id = each.id WHERE reason IS NULL
        """  # noqa: S608  the conditions are ours
    found = await rows(on, sql, *_values(question, limit), count)
    return [Person(*each) for each in found]


async def work_out(on: Connection, sending: Sending) -> None:
    """Of whom a computed label holds when its sending starts: in one statement, so all at one moment.

    For a million customers that is a second or two in which nobody else writes.
    """
    label = None if sending.mark is None else await marks.find(on, sending.mark)
    if label is not None and label.expression is not None:
        members = await segments.members(on, label, sending.start_at)
        sql = f"INSERT OR IGNORE INTO addressed (sending_id, peer_id) SELECT ?, id FROM ({members})"  # noqa: S608
        await run(on, sql, sending.id)
