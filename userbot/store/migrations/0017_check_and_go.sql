-- A run to more than CONFIRM_ABOVE recipients awaits an administrator's word.
ALTER TABLE sending ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0 CHECK (unconfirmed IN (0, 1));

-- Whose list is attached: who would get a sending, as JSON.
ALTER TABLE notice ADD COLUMN question TEXT;
