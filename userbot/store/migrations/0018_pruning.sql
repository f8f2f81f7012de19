-- Whether a sending's deliveries are gone: they are kept for KEEP_DAYS, its figures for ever.
ALTER TABLE sending ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0 CHECK (pruned IN (0, 1));

CREATE INDEX sending_to_prune ON sending (ended_at) WHERE ended_at IS NOT NULL AND NOT pruned;
