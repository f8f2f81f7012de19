-- What a label does when it is set; what it follows from when it is computed, and nobody sets it.
ALTER TABLE mark ADD COLUMN sends INTEGER REFERENCES template;
ALTER TABLE mark ADD COLUMN ticker TEXT;            -- shown in the names of topics
ALTER TABLE mark ADD COLUMN expression TEXT;        -- as people write it; names of labels follow a rename

ALTER TABLE topic ADD COLUMN tickers TEXT NOT NULL DEFAULT '';  -- what its name shows of its customer's labels

-- The labels that are removed when this one is set.
CREATE TABLE mark_after (
    mark_id INTEGER NOT NULL REFERENCES mark ON DELETE CASCADE,
    removes INTEGER NOT NULL REFERENCES mark CHECK (removes <> mark_id),
    PRIMARY KEY (mark_id, removes)
) STRICT, WITHOUT ROWID;

-- The sendings that a computed label asks about: their deliveries are kept for as long as it does.
CREATE TABLE asked (
    mark_id INTEGER NOT NULL REFERENCES mark ON DELETE CASCADE,
    sending_id INTEGER NOT NULL REFERENCES sending,
    PRIMARY KEY (sending_id, mark_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX marked_peer ON marked (peer_id);

-- The label that began it.
ALTER TABLE sending ADD COLUMN begun_by INTEGER REFERENCES mark ON DELETE SET NULL;

-- The customers as a file: those with this label, or all of them when it is empty.
ALTER TABLE notice ADD COLUMN export TEXT;

-- The oldest and the newest message with them that is known, whoever wrote it. The dialogs are read once more for it.
ALTER TABLE peer ADD COLUMN first_contact REAL;
ALTER TABLE peer ADD COLUMN last_contact REAL;
UPDATE peer SET first_contact = wrote_at, last_contact = wrote_at;
DELETE FROM fact WHERE name IN ('dialogs learnt until', 'dialogs being read');
