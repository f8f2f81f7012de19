-- Messages of the group that the program wrote itself, and which sending each is about. None of them is ever mailed.
CREATE TABLE posted (
    message_id INTEGER PRIMARY KEY,
    sending_id INTEGER REFERENCES sending ON DELETE CASCADE
) STRICT;

ALTER TABLE notice ADD COLUMN sending_id INTEGER REFERENCES sending ON DELETE CASCADE;
ALTER TABLE notice ADD COLUMN live INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1));  -- its message is edited later
ALTER TABLE notice ADD COLUMN listing TEXT CHECK (listing IN ('sendings', 'templates'));  -- the whole list as a file

-- A sending's one message that stays true: edited until it shows what it should say.
CREATE TABLE announcement (
    sending_id INTEGER PRIMARY KEY REFERENCES sending ON DELETE CASCADE,
    message_id INTEGER,                             -- NULL until it stands in the group
    text TEXT NOT NULL,
    shown TEXT CHECK ((shown IS NULL) = (message_id IS NULL))
) STRICT;

CREATE INDEX announcement_stale ON announcement (sending_id) WHERE shown <> text;

-- Who ordered it, as they were called then.
ALTER TABLE sending ADD COLUMN orderer TEXT NOT NULL DEFAULT '';

-- The text of a command that was a mistake: corrected by an edit, it is read again.
ALTER TABLE handled ADD COLUMN mistake TEXT;

-- Names of templates that have become words of the command. The first start tells General of it.
INSERT INTO fact (name, value)
SELECT 'renamed templates', json_group_array(json_array(name, name || '-' || (
    WITH RECURSIVE candidate (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM candidate WHERE n < 1000)
    SELECT min(n) FROM candidate
    WHERE NOT EXISTS (SELECT 1 FROM template AS other WHERE other.name = template.name || '-' || n)
)))
FROM template
WHERE lower(name) IN (
    'pause', 'resume', 'stop', 'check', 'go', 'retry', 'recall', 'correct', 'until', 'local', 'help'
)
HAVING count(*);

UPDATE template SET name = renamed.value ->> 1
FROM fact, json_each(fact.value) AS renamed
WHERE fact.name = 'renamed templates' AND template.name = renamed.value ->> 0;
