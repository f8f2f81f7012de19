-- When we learnt that a delivery was read, and answered.
ALTER TABLE delivery ADD COLUMN read_at REAL CHECK (read_at IS NULL OR status = 1);
ALTER TABLE delivery ADD COLUMN answered_at REAL CHECK (answered_at IS NULL OR status = 1);

-- How many people a sending reached, and what they did: kept with every outcome, and for ever.
ALTER TABLE sending ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN was_read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN opted_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

UPDATE sending SET reached = (
    SELECT count(*) FROM delivery WHERE sending_id = sending.id AND step = 1 AND status = 1
);
