-- Of a peer's topics the one with the highest turn is where their messages appear.
ALTER TABLE topic ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'gone'));
CREATE INDEX topic_peer ON topic (peer_id, turn);

-- The desk's journal: what happened on one side and is to be seen on the other, in the order of each dialog.
CREATE TABLE mirror (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    peer_id INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('dialog', 'topic')),             -- where it happened
    what TEXT NOT NULL CHECK (what IN ('message', 'edit', 'deletion')),
    dialog_id INTEGER,                              -- the message's id in the dialog …
    topic_id INTEGER,                               -- … and in the backend group
    reply_to INTEGER,                               -- on the side where it happened
    grouped_id INTEGER,
    batch INTEGER,                                  -- the first row of those that go in one call
    out INTEGER NOT NULL DEFAULT 0 CHECK (out IN (0, 1)),               -- written by the account itself
    sender INTEGER,
    date REAL NOT NULL,
    content BLOB,                                   -- a digest of what the other side shows of it
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'dropped', 'failed')),
    CHECK (CASE side WHEN 'dialog' THEN dialog_id ELSE topic_id END IS NOT NULL)
) STRICT;

CREATE INDEX mirror_pending ON mirror (peer_id, side, id) WHERE status = 'pending';
CREATE UNIQUE INDEX mirror_from_dialog ON mirror (dialog_id, peer_id) WHERE side = 'dialog' AND what = 'message';
CREATE UNIQUE INDEX mirror_from_topic ON mirror (topic_id) WHERE side = 'topic' AND what = 'message';
CREATE INDEX mirror_in_topic ON mirror (topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX mirror_in_dialog ON mirror (dialog_id, peer_id) WHERE dialog_id IS NOT NULL;
