-- Who has a dialog with the account only because they tried a message on themselves is no customer.
ALTER TABLE peer ADD COLUMN tester INTEGER NOT NULL DEFAULT 0 CHECK (tester IN (0, 1));

-- When they wrote to the account last, as far as it is known.
ALTER TABLE peer ADD COLUMN wrote_at REAL;
