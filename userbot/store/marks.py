"""Labels: what each does, who has it, and what depends on it."""

import json
from collections.abc import Iterable, Sequence

from userbot.core import labels
from userbot.core.grammar import expressions, words
from userbot.core.grammar.expressions import Expression
from userbot.core.labels import Label
from userbot.store.database import Connection, row, rows, run, value


async def all_of(on: Connection) -> dict[str, Label]:
    """Every label, by its folded name, in the order of the names."""
    found = await rows(
        on,
        """
        SELECT mark.id, mark.name, template.name, ticker, expression, (
            SELECT json_group_array(removed.name) FROM mark_after JOIN mark AS removed ON removed.id = removes
            WHERE mark_id = mark.id)
        FROM mark LEFT JOIN template ON template.id = sends ORDER BY mark.name
        """,
    )
    return {words.fold(each[1]): _label(*each) for each in found}


def _label(number: int, name: str, sends: str | None, ticker: str | None, expression: str | None, after: str) -> Label:
    computed = None if expression is None else expressions.read(expression)
    return Label(number, name, sends, ticker, tuple(json.loads(after)), computed)


async def find(on: Connection, name: str) -> Label | None:
    """A label by its name, compared without case."""
    return (await all_of(on)).get(words.fold(name))


async def create(on: Connection, name: str) -> None:
    """A new label, spelt like this from now on."""
    await run(on, "INSERT INTO mark (name) VALUES (?)", name)


async def rename(on: Connection, label: Label, new: str) -> None:
    """Give it another name, also where expressions and sendings that have not started speak of it."""
    for other in (await all_of(on)).values():
        if other.expression is not None:
            await _express(on, other, expressions.renamed(other.expression, label.name, new))
    await run(on, "UPDATE sending SET mark = ? WHERE mark = ? COLLATE NOCASE AND ended_at IS NULL", new, label.name)
    await run(on, "UPDATE mark SET name = ? WHERE id = ?", new, label.id)


async def delete(on: Connection, label: Label) -> None:
    """Remove it, from everybody. Nothing may depend on it."""
    await run(on, "DELETE FROM mark WHERE id = ?", label.id)


async def follow(on: Connection, label: Label, removed: Iterable[Label]) -> None:
    """When it is set, these are removed."""
    await run(on, "DELETE FROM mark_after WHERE mark_id = ?", label.id)
    ids = json.dumps([each.id for each in removed])
    await run(on, "INSERT OR IGNORE INTO mark_after SELECT ?, value FROM json_each(?)", label.id, ids)


async def send(on: Connection, label: Label, template_id: int | None) -> None:
    """When it is set, this template is sent; None is no template."""
    await run(on, "UPDATE mark SET sends = ? WHERE id = ?", template_id, label.id)


async def show(on: Connection, label: Label, ticker: str | None) -> None:
    """Names of topics show this of it; None is nothing."""
    await run(on, "UPDATE mark SET ticker = ? WHERE id = ?", ticker, label.id)


async def compute(on: Connection, label: Label, expression: Expression | None) -> None:
    """From now on it follows from this; None makes it one that is set by hand."""
    await _express(on, label, expression)
    await run(on, "DELETE FROM asked WHERE mark_id = ?", label.id)
    if expression is not None:
        numbers = json.dumps(list(labels.asked(expression)))
        await run(on, "INSERT INTO asked (mark_id, sending_id) SELECT ?, value FROM json_each(?)", label.id, numbers)


async def _express(on: Connection, label: Label, expression: Expression | None) -> None:
    text = None if expression is None else expressions.render(expression)
    await run(on, "UPDATE mark SET expression = ? WHERE id = ?", text, label.id)


async def put(on: Connection, label: Label, peer_ids: Iterable[int]) -> list[int]:
    """Set it on these customers; returns those who did not have it."""
    found = await rows(
        on,
        "INSERT INTO marked (mark_id, peer_id) SELECT ?, value FROM json_each(?) WHERE true"
        " ON CONFLICT DO NOTHING RETURNING peer_id",
        label.id,
        json.dumps(list(peer_ids)),
    )
    return [each["peer_id"] for each in found]


async def take(on: Connection, names: Iterable[str], peer_ids: Iterable[int]) -> int:
    """Remove labels from these people; returns how often one was there."""
    return await run(
        on,
        "DELETE FROM marked"
        " WHERE mark_id IN (SELECT mark.id FROM mark JOIN json_each(?1) ON name = value COLLATE NOCASE)"
        " AND peer_id IN (SELECT value FROM json_each(?2))",
        json.dumps(list(names)),
        json.dumps(list(peer_ids)),
    )


async def without_sending(on: Connection, label: Label, peer_ids: Sequence[int]) -> list[int]:
    """Those of these to whom nothing that this label began is under way."""
    found = await rows(
        on,
        """
        SELECT value FROM json_each(?2) WHERE value NOT IN (
            SELECT peer_id FROM sending JOIN addressed ON sending_id = sending.id
            WHERE begun_by = ?1 AND status IN ('awaits', 'running', 'paused')
            UNION ALL
            SELECT peer_id FROM sending JOIN delivery ON sending_id = sending.id
            WHERE begun_by = ?1 AND sending.status IN ('awaits', 'running', 'paused'))
        """,
        label.id,
        json.dumps(list(peer_ids)),
    )
    return [each["value"] for each in found]


async def counts(on: Connection) -> dict[int, int]:
    """On how many each label is set, by its id."""
    found = await rows(on, "SELECT mark_id, count(*) AS people FROM marked GROUP BY mark_id")
    return {each["mark_id"]: each["people"] for each in found}


async def on_peer(on: Connection, peer_id: int) -> list[str]:
    """The labels that are set on somebody."""
    found = await rows(on, "SELECT name FROM marked JOIN mark ON id = mark_id WHERE peer_id = ? ORDER BY name", peer_id)
    return [each["name"] for each in found]


_TICKERS = (
    "coalesce((SELECT group_concat(ticker, ' ') FROM (SELECT ticker FROM marked JOIN mark ON mark.id = mark_id"
    " WHERE marked.peer_id = {peer} AND ticker NOT NULL ORDER BY mark.id)), '')"
)


async def tickers(on: Connection, peer_id: int) -> str:
    """What the name of somebody's topic shows of their labels, in the order in which the labels were made."""
    found = await row(on, f"SELECT {_TICKERS.format(peer='?')}", peer_id)
    return str(found[0]) if found else ""


async def outdated_topic(on: Connection) -> tuple[int, str, str] | None:
    """A topic whose name shows something else than it should: its id, what is shown, what should be."""
    found = await row(
        on,
        f"SELECT id, tickers, {_TICKERS.format(peer='topic.peer_id')} AS wanted FROM topic"  # noqa: S608  ours
        " WHERE state <> 'gone' AND tickers <> wanted LIMIT 1",
    )
    return None if found is None else (found["id"], found["tickers"], found["wanted"])


async def shown(on: Connection, topic: int, tickers: str) -> None:
    """The name of a topic shows this now."""
    await run(on, "UPDATE topic SET tickers = ? WHERE id = ?", tickers, topic)


async def topics(on: Connection, members: str, most: int) -> list[tuple[int, str]]:
    """Some dialog topics of these members (see `segments`), with their names, newest first."""
    found = await rows(
        on,
        "SELECT max(topic.id) AS topic, peer.name FROM topic JOIN peer ON peer.id = peer_id"  # noqa: S608
        f" WHERE peer_id IN ({members}) GROUP BY peer_id ORDER BY topic DESC LIMIT ?",
        most,
    )
    return [(each["topic"], each["name"]) for each in found]


async def awaited_by(on: Connection, label: Label) -> list[int]:
    """The sendings to everybody with the label that have not resolved yet who that is."""
    found = await rows(
        on,
        "SELECT id FROM sending WHERE mark = ? COLLATE NOCASE AND ended_at IS NULL AND started_at IS NULL",
        label.name,
    )
    return [each["id"] for each in found]


async def sending_template(on: Connection, template_id: int) -> list[str]:
    """The labels that send a template."""
    return [each["name"] for each in await rows(on, "SELECT name FROM mark WHERE sends = ?", template_id)]


async def spelling(on: Connection, name: str) -> str | None:
    """The label as it was first written; None when there is none of that name."""
    return await value(on, "SELECT name FROM mark WHERE name = ?", name)
