-- Whether Telegram told that another session of the account wrote a message: its owner did, on a phone.
ALTER TABLE mirror ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (elsewhere IN (0, 1));
