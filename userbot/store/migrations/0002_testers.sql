-- Who has a dialog with the account only because they tried a message on themselves is no customer.
ALTER TABLE peer ADD COLUMN tester INTEGER NOT NULL DEFAULT 0 CHECK (tester IN (0, 1));
