-- Deliveries that Telegram has though no answer of its own said so, told with the account's news: the ids by their place
-- in an album. They count when the delivery is settled without another call.
CREATE TABLE arrival (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    place INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    sent_at REAL NOT NULL,
    PRIMARY KEY (sending_id, peer_id, step, place)
) STRICT, WITHOUT ROWID;
