"""A large audience at once: customers who have each written to the account, made by SQL alone."""

from userbot.sandbox import contents
from userbot.sandbox.world import World

_STEPS = (
    """CREATE TEMP TABLE numbers AS
        WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
        SELECT i, :date - 60 * (:count - i - 1) AS date FROM n""",
    """INSERT INTO users (id, first_name, last_name, last_message, pts)
        SELECT :first + i, :name, i + 1, 1, 2 FROM numbers""",
    """INSERT INTO messages (box, id, thread, sender, content, pts, date, twin)
        SELECT :account, :last + i + 1, :first + i, :first + i, :content, :pts + i + 1, date, 1 FROM numbers""",
    """INSERT INTO messages (box, id, thread, sender, content, pts, date, twin)
        SELECT :first + i, 1, :account, :first + i, :content, 2, date, :last + i + 1 FROM numbers""",
    """INSERT INTO dialogs (owner, peer, top, date)
        SELECT :account, :first + i, :last + i + 1, date FROM numbers""",
    """INSERT INTO dialogs (owner, peer, top, date)
        SELECT :first + i, :account, 1, date FROM numbers""",
    "UPDATE users SET last_message = :last + :count, pts = :pts + :count WHERE id = :account",
    "DROP TABLE numbers",
)


def populate(world: World, account: int, count: int, *, name: str, text: str) -> int:
    """Add `count` customers with consecutive ids, numbered from 1 by their last names; returns the first id.

    They wrote one a minute, the last one now. Nobody is told: an account that is logged in finds its new dialogs when
    it asks for them.
    """
    with world.transaction():
        first = world.new_user(name)
        world.db.execute("DELETE FROM users WHERE id = ?", (first,))
        last, pts = world.one("SELECT last_message, pts FROM users WHERE id = ?", account)
        values = {
            "account": account, "count": count, "name": name, "first": first, "last": last, "pts": pts,
            "content": contents.keep(world, text), "date": world.now(),
        }  # fmt: skip
        for step in _STEPS:
            world.db.execute(step, values)
    return first
