-- For how many recipients an administrator's go holds; none was asked for when it is 0.
ALTER TABLE sending ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
