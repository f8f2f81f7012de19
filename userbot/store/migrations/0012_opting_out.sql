-- Since when somebody wants no more mailings.
ALTER TABLE peer ADD COLUMN opted_out_at REAL;

-- What is still to be said to customers, with the effect it speaks of in one transaction, so it is said exactly once.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    peer_id INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
