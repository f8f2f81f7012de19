-- When a command was written: what is older than KEEP_DAYS is not carried out any more, and need not be known.
ALTER TABLE handled ADD COLUMN at REAL NOT NULL DEFAULT 0;
UPDATE handled SET at = unixepoch();
CREATE INDEX handled_at ON handled (at);

-- The desk's journal, by what is over.
CREATE INDEX mirror_over ON mirror (status, date);

-- What the comparison of templates came to: its deliveries go one day, its figures stay.
ALTER TABLE sending_version ADD COLUMN reached INTEGER;
ALTER TABLE sending_version ADD COLUMN answered INTEGER CHECK ((answered IS NULL) = (reached IS NULL));

-- Looked for whenever a sending begins or ends and with every news, be there ever so many that ended long ago.
CREATE INDEX sending_unsettled ON sending (status) WHERE total > sent + failed + skipped;
