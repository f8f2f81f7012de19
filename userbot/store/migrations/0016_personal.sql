-- What people are called, part by part. Until Telegram tells them anew, the whole name stands for the first.
ALTER TABLE peer ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
UPDATE peer SET first_name = name;
DELETE FROM fact WHERE name = 'dialogs learnt until';  -- so all dialogs are read again

-- The placeholders of a step, in a row.
ALTER TABLE template_step ADD COLUMN placeholders TEXT NOT NULL DEFAULT '';

-- Templates that are compared, and the steps of each: everybody gets one of them, chosen by the seed and their id.
ALTER TABLE sending ADD COLUMN versions INTEGER NOT NULL DEFAULT 1;
CREATE TABLE sending_version (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version >= 0),
    name TEXT NOT NULL,
    template_id INTEGER NOT NULL,
    PRIMARY KEY (sending_id, version)
) STRICT, WITHOUT ROWID;
ALTER TABLE sending_step RENAME TO old_sending_step;
CREATE TABLE sending_step (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    version INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL CHECK (position > 0),
    message_ids TEXT NOT NULL,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    placeholders TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (sending_id, version, position)
) STRICT, WITHOUT ROWID;
INSERT INTO sending_step (sending_id, position, message_ids, time, kind)
    SELECT sending_id, position, message_ids, time, kind FROM old_sending_step;
DROP TABLE old_sending_step;
