-- The whole state of the embedded Telegram. Ids of channels are marked (-100...), as clients write them.
-- A message box is what an id sequence and a pts sequence belong to: a user (all private messages) or a channel.

CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL DEFAULT '',
    username TEXT COLLATE NOCASE,
    phone TEXT,
    password BLOB,
    dc INTEGER NOT NULL DEFAULT 2,
    bot INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    last_message INTEGER NOT NULL DEFAULT 0,
    pts INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX IF NOT EXISTS users_username ON users (username) WHERE username IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS users_phone ON users (phone) WHERE phone IS NOT NULL;

CREATE TABLE IF NOT EXISTS channels (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    username TEXT COLLATE NOCASE UNIQUE,
    about TEXT NOT NULL DEFAULT '',
    creator INTEGER NOT NULL,
    date INTEGER NOT NULL,
    forum INTEGER NOT NULL DEFAULT 0,
    protected INTEGER NOT NULL DEFAULT 0,
    muted INTEGER NOT NULL DEFAULT 0,
    slow_mode INTEGER NOT NULL DEFAULT 0,
    last_message INTEGER NOT NULL DEFAULT 0,
    pts INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE IF NOT EXISTS members (
    channel INTEGER NOT NULL,
    user INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('creator', 'admin', 'member', 'muted', 'banned')),
    date INTEGER NOT NULL,
    last_sent REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, user)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_user ON members (user);

CREATE TABLE IF NOT EXISTS topics (
    channel INTEGER NOT NULL,
    id INTEGER NOT NULL,
    title TEXT NOT NULL,
    creator INTEGER NOT NULL,
    date INTEGER NOT NULL,
    icon_color INTEGER NOT NULL,
    icon_emoji_id INTEGER,
    closed INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, id)
) WITHOUT ROWID;

-- What a message says, stored once as TL bytes and shared by every copy. Never changed: an edit makes a new one.
CREATE TABLE IF NOT EXISTS contents (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    body BLOB NOT NULL
);

-- thread: in a user's box the other side of the dialog; in a channel's box the forum topic (1 is General).
-- reply_peer: the chat in which the replied-to message stands, when that is another one.
-- twin: the id of the same private message in the other side's box.
-- pts: the step at which it arrived. Within a box ids and pts grow together.
CREATE TABLE IF NOT EXISTS messages (
    box INTEGER NOT NULL,
    id INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    sender INTEGER NOT NULL,
    content INTEGER NOT NULL,
    pts INTEGER NOT NULL,
    date INTEGER NOT NULL,
    edited INTEGER,
    reply_to INTEGER,
    grouped_id INTEGER,
    forward BLOB,
    twin INTEGER,
    reply_peer INTEGER,
    PRIMARY KEY (box, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_thread ON messages (box, thread, id);

-- The rest of a box's pts history, which getDifference replays: an edit names the message,
-- everything else is kept as the TL bytes of its update.
CREATE TABLE IF NOT EXISTS events (
    box INTEGER NOT NULL,
    pts INTEGER NOT NULL,
    edited INTEGER,
    body BLOB,
    PRIMARY KEY (box, pts),
    CHECK ((edited IS NULL) <> (body IS NULL))
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS dialogs (
    owner INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    top INTEGER NOT NULL,
    date INTEGER NOT NULL,
    read_inbox INTEGER NOT NULL DEFAULT 0,
    read_outbox INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    folder INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, peer)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS dialogs_order ON dialogs (owner, pinned, date, top, peer, folder);

CREATE TABLE IF NOT EXISTS votes (
    poll INTEGER NOT NULL,
    user INTEGER NOT NULL,
    option BLOB NOT NULL,
    PRIMARY KEY (poll, user, option)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS blocks (user INTEGER, whom INTEGER, PRIMARY KEY (user, whom)) WITHOUT ROWID;

-- The random-id rule and the ledger in one: what was sent over a connection, whatever became of it later.
-- auth_key: which session's connection it was.
CREATE TABLE IF NOT EXISTS sends (
    seq INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    random_id INTEGER NOT NULL,
    message INTEGER NOT NULL,
    source INTEGER,
    content INTEGER NOT NULL,
    grouped_id INTEGER,
    date INTEGER NOT NULL,
    had_author INTEGER NOT NULL,
    auth_key TEXT NOT NULL,
    UNIQUE (account, peer, random_id)
);

CREATE VIEW IF NOT EXISTS ledger AS
    SELECT seq, account, peer, source, random_id, message, kind, text, grouped_id, date, had_author
    FROM sends JOIN contents ON contents.id = sends.content
    WHERE peer <> account;

CREATE TABLE IF NOT EXISTS parts (
    owner INTEGER NOT NULL,
    file INTEGER NOT NULL,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (owner, file, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, body BLOB NOT NULL);

CREATE TABLE IF NOT EXISTS auth_keys (
    id TEXT PRIMARY KEY,
    key BLOB NOT NULL,
    dc INTEGER NOT NULL DEFAULT 2,
    user INTEGER,
    candidate INTEGER
);
CREATE TABLE IF NOT EXISTS login_codes (
    phone TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    hash TEXT NOT NULL,
    date INTEGER NOT NULL,
    way TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS login_tokens (token BLOB PRIMARY KEY, auth_key TEXT NOT NULL, expires INTEGER NOT NULL, user INTEGER);

-- Tells the planner what a box looks like: many messages, few of them in one thread.
ANALYZE settings;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 VALUES ('messages', 'messages', '1000000 100000 1');
INSERT INTO sqlite_stat1 VALUES ('messages', 'messages_thread', '1000000 100000 10 1');
ANALYZE sqlite_schema;
