-- Who has a dialog with the account only because they tried a message on themselves is no customer.
ALTER TABLE peer ADD COLUMN tester INTEGER NOT NULL DEFAULT 0 CHECK (tester IN (0, 1));

-- Their last message to the account that is known, and when they wrote it. Within a second only the id tells which of
-- two came later.
ALTER TABLE peer ADD COLUMN wrote_id INTEGER;
ALTER TABLE peer ADD COLUMN wrote_at REAL;
