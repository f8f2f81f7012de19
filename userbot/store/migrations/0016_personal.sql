-- What people are called, part by part. Until Telegram tells them anew, the whole name stands for the first.
ALTER TABLE peer ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
UPDATE peer SET first_name = name;
DELETE FROM fact WHERE name = 'dialogs learnt until';  -- so all dialogs are read again

-- The placeholders of a step, in a row.
ALTER TABLE template_step ADD COLUMN placeholders TEXT NOT NULL DEFAULT '';
ALTER TABLE sending_step ADD COLUMN placeholders TEXT NOT NULL DEFAULT '';
