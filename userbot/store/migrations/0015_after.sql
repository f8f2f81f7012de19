-- What a sending does: it sends, or it takes back or corrects what another one, its origin, has delivered.
-- One that sends and has an origin brings what the origin left undelivered.
ALTER TABLE sending ADD COLUMN act TEXT NOT NULL DEFAULT 'send' CHECK (act IN ('send', 'recall', 'correct'));
ALTER TABLE sending ADD COLUMN origin INTEGER REFERENCES sending;
ALTER TABLE sending ADD COLUMN only_step INTEGER;   -- of the origin; NULL for all of them

CREATE INDEX sending_origin ON sending (origin) WHERE origin IS NOT NULL;

-- All ids of an album, separated by spaces; of anything else message_id is the only one.
ALTER TABLE delivery ADD COLUMN message_ids TEXT;

-- The part of an announcement that stays while the sending goes on; NULL until it has started.
ALTER TABLE announcement ADD COLUMN head TEXT;
