-- Whether a chain ends for whoever answers it: said of the template, copied into the sending when it starts.
ALTER TABLE template ADD COLUMN until_answer INTEGER NOT NULL DEFAULT 0 CHECK (until_answer IN (0, 1));
ALTER TABLE sending ADD COLUMN until_answer INTEGER NOT NULL DEFAULT 0 CHECK (until_answer IN (0, 1));
