-- Times are seconds since 1970, UTC. Ids are Telegram's: users positive, supergroups -100…, basic groups -….

-- Whom the account can address. Access hashes belong to this account alone.
CREATE TABLE peer (
    id INTEGER PRIMARY KEY,
    access_hash INTEGER NOT NULL,
    name TEXT NOT NULL,
    username TEXT,
    has_dialog INTEGER NOT NULL DEFAULT 0 CHECK (has_dialog IN (0, 1)),
    gone TEXT                                       -- why nothing is sent there any more
) STRICT;

-- Dialog topics of the backend group.
CREATE TABLE topic (
    id INTEGER PRIMARY KEY CHECK (id > 1),
    peer_id INTEGER NOT NULL
) STRICT;

CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE marked (
    mark_id INTEGER NOT NULL REFERENCES mark ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    PRIMARY KEY (mark_id, peer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE template_step (
    template_id INTEGER NOT NULL REFERENCES template ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    message_ids TEXT NOT NULL,                      -- of the backend group, separated by spaces
    time TEXT NOT NULL,                             -- as people write it
    kind TEXT NOT NULL,
    PRIMARY KEY (template_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sending (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    audience TEXT NOT NULL CHECK (audience IN ('test', 'all', 'file', 'list', 'mark', 'topic')),
    mark TEXT CHECK ((mark IS NOT NULL) = (audience = 'mark')),
    what TEXT NOT NULL,
    template_id INTEGER,                            -- copied into sending_step at the start
    status TEXT NOT NULL DEFAULT 'awaits'
        CHECK (status IN ('awaits', 'running', 'paused', 'finished', 'cancelled', 'stopped')),
    hold TEXT CHECK (hold IS NULL OR status = 'paused'),
    resume_at REAL CHECK (resume_at IS NULL OR status = 'paused'),
    topic INTEGER NOT NULL,
    ordered_by INTEGER NOT NULL,
    ordered_at REAL NOT NULL,
    start_at REAL NOT NULL,
    started_at REAL CHECK (started_at IS NOT NULL OR status NOT IN ('running', 'finished')),
    ended_at REAL CHECK ((ended_at IS NOT NULL) = (status IN ('finished', 'cancelled', 'stopped'))),
    seed BLOB NOT NULL,                             -- of the random ids; secret from nobody, the same for ever
    recipients INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,               -- deliveries; the others are kept with every outcome
    sent INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    CHECK (sent + failed + skipped <= total)
) STRICT;

CREATE INDEX sending_open ON sending (status) WHERE status IN ('awaits', 'running', 'paused');

CREATE TABLE sending_step (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    message_ids TEXT NOT NULL,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (sending_id, position)
) STRICT, WITHOUT ROWID;

-- The ids of a list or a file, until they are resolved at the start.
CREATE TABLE addressed (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    PRIMARY KEY (sending_id, peer_id)
) STRICT, WITHOUT ROWID;

-- The journal: one row for each step and recipient, from the start of its sending on.
CREATE TABLE delivery (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step > 0),
    status INTEGER NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2, 3)),  -- pending, sent, failed, skipped
    tries INTEGER NOT NULL DEFAULT 0,
    due_at REAL,                                    -- NULL until the step before it was sent
    sent_at REAL CHECK ((sent_at IS NOT NULL) = (status = 1)),
    message_id INTEGER CHECK (message_id IS NULL OR status = 1),
    reason TEXT CHECK (reason IS NOT NULL OR status IN (0, 1)),
    PRIMARY KEY (sending_id, peer_id, step)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (sending_id, due_at) WHERE status = 0 AND due_at IS NOT NULL;

-- Delivered mailing messages in a calendar month (UTC), as 2026-11.
CREATE TABLE quota (
    month TEXT PRIMARY KEY,
    delivered INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Commands that were carried out, so that none is twice.
CREATE TABLE handled (
    message_id INTEGER PRIMARY KEY
) STRICT;

-- What is still to be said in the backend group. Written with the effect it speaks of, so it is said exactly once.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    topic INTEGER NOT NULL,
    reply_to INTEGER,
    report_of INTEGER REFERENCES sending ON DELETE CASCADE
) STRICT;

-- Single facts that outlive a process: the learnt pace, how far the dialogs are known.
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
