BEGIN TRANSACTION;
CREATE TABLE addressed (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    PRIMARY KEY (sending_id, peer_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE announcement (
    sending_id INTEGER PRIMARY KEY REFERENCES sending ON DELETE CASCADE,
    message_id INTEGER,                             -- NULL until it stands in the group
    text TEXT NOT NULL,
    shown TEXT CHECK ((shown IS NULL) = (message_id IS NULL))
) STRICT;
INSERT INTO "announcement" VALUES(1,21,'▶ sid1: “News for everybody” to all customers
Ordered by Boss, 2026-11-20 09:00 UTC.
Started. It goes to 9 recipients.','▶ sid1: “News for everybody” to all customers
Ordered by Boss, 2026-11-20 09:00 UTC.
Started. It goes to 9 recipients.');
INSERT INTO "announcement" VALUES(2,24,'sid2: template welcome to everyone with the mark vip.
Starts 2026-12-01 10:00 UTC, in 11 d 59 min.
Cancel: /send sid2 del','sid2: template welcome to everyone with the mark vip.
Starts 2026-12-01 10:00 UTC, in 11 d 59 min.
Cancel: /send sid2 del');
INSERT INTO "announcement" VALUES(3,26,'▶ sid3: template course to everyone with the mark vip
Ordered by Boss, 2026-11-20 09:01 UTC.
Started. It goes to 4 recipients.
Expected: about 5 d 59 min.','▶ sid3: template course to everyone with the mark vip
Ordered by Boss, 2026-11-20 09:01 UTC.
Started. It goes to 4 recipients.
Expected: about 5 d 59 min.');
INSERT INTO "announcement" VALUES(5,33,'▶ sid5: template course to all customers
Ordered by Boss, 2026-11-20 09:01 UTC.
Started. It goes to 9 recipients.
Expected: about 5 d 59 min.','▶ sid5: template course to all customers
Ordered by Boss, 2026-11-20 09:01 UTC.
Started. It goes to 9 recipients.
Expected: about 5 d 59 min.');
CREATE TABLE delivery (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step > 0),
    status INTEGER NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2, 3)),  -- pending, sent, failed, skipped
    tries INTEGER NOT NULL DEFAULT 0,
    due_at REAL,                                    -- NULL until the step before it was sent
    sent_at REAL CHECK ((sent_at IS NOT NULL) = (status = 1)),
    message_id INTEGER CHECK (message_id IS NULL OR status = 1),
    reason TEXT CHECK (reason IS NOT NULL OR status IN (0, 1)),
    PRIMARY KEY (sending_id, peer_id, step)
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery" VALUES(1,6000000004,1,1,1,1795165200.0,1795165260.0,13,NULL);
INSERT INTO "delivery" VALUES(1,6000000005,1,1,1,1795165200.0,1795165260.0,14,NULL);
INSERT INTO "delivery" VALUES(1,6000000006,1,1,1,1795165200.0,1795165260.0,15,NULL);
INSERT INTO "delivery" VALUES(1,6000000007,1,1,1,1795165200.0,1795165260.0,16,NULL);
INSERT INTO "delivery" VALUES(1,6000000008,1,1,1,1795165200.0,1795165260.0,17,NULL);
INSERT INTO "delivery" VALUES(1,6000000009,1,1,1,1795165200.0,1795165260.0,18,NULL);
INSERT INTO "delivery" VALUES(1,6000000010,1,1,1,1795165200.0,1795165260.0,19,NULL);
INSERT INTO "delivery" VALUES(1,6000000011,1,1,1,1795165200.0,1795165260.0,20,NULL);
INSERT INTO "delivery" VALUES(1,6000000012,1,1,1,1795165200.0,1795165260.0,21,NULL);
INSERT INTO "delivery" VALUES(3,6000000004,1,1,1,1795165260.0,1795165260.0,24,NULL);
INSERT INTO "delivery" VALUES(3,6000000004,2,0,0,1795168860.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000004,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000005,1,1,1,1795165260.0,1795165260.0,25,NULL);
INSERT INTO "delivery" VALUES(3,6000000005,2,0,0,1795168860.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000005,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000006,1,1,1,1795165260.0,1795165260.0,26,NULL);
INSERT INTO "delivery" VALUES(3,6000000006,2,0,0,1795168860.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000006,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000007,1,1,1,1795165260.0,1795165260.0,27,NULL);
INSERT INTO "delivery" VALUES(3,6000000007,2,0,0,1795168860.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(3,6000000007,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(4,6000000004,1,1,1,1795165260.0,1795165260.0,28,NULL);
INSERT INTO "delivery" VALUES(5,6000000004,1,1,1,1795165260.0,1795165260.0,31,NULL);
INSERT INTO "delivery" VALUES(5,6000000004,2,1,1,1795168860.0,1795168860.0,40,NULL);
INSERT INTO "delivery" VALUES(5,6000000004,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000005,1,1,1,1795165260.0,1795165260.0,32,NULL);
INSERT INTO "delivery" VALUES(5,6000000005,2,1,1,1795168860.0,1795168860.0,41,NULL);
INSERT INTO "delivery" VALUES(5,6000000005,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000006,1,1,1,1795165260.0,1795165260.0,33,NULL);
INSERT INTO "delivery" VALUES(5,6000000006,2,1,1,1795168860.0,1795168860.0,42,NULL);
INSERT INTO "delivery" VALUES(5,6000000006,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000007,1,1,1,1795165260.0,1795165260.0,34,NULL);
INSERT INTO "delivery" VALUES(5,6000000007,2,1,1,1795168860.0,1795168860.0,43,NULL);
INSERT INTO "delivery" VALUES(5,6000000007,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000008,1,1,1,1795165260.0,1795165260.0,35,NULL);
INSERT INTO "delivery" VALUES(5,6000000008,2,1,1,1795168860.0,1795168860.0,44,NULL);
INSERT INTO "delivery" VALUES(5,6000000008,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000009,1,1,1,1795165260.0,1795165260.0,36,NULL);
INSERT INTO "delivery" VALUES(5,6000000009,2,1,1,1795168860.0,1795168860.0,45,NULL);
INSERT INTO "delivery" VALUES(5,6000000009,3,0,0,1795600800.0,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000010,1,1,1,1795165260.0,1795165260.0,37,NULL);
INSERT INTO "delivery" VALUES(5,6000000010,2,0,1,1795168862.0,NULL,NULL,'SERVER_ERROR INTERNAL');
INSERT INTO "delivery" VALUES(5,6000000010,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000011,1,1,1,1795165260.0,1795165260.0,38,NULL);
INSERT INTO "delivery" VALUES(5,6000000011,2,0,1,1795168862.0,NULL,NULL,'SERVER_ERROR INTERNAL');
INSERT INTO "delivery" VALUES(5,6000000011,3,0,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,6000000012,1,1,1,1795165260.0,1795165260.0,39,NULL);
INSERT INTO "delivery" VALUES(5,6000000012,2,0,1,1795168862.0,NULL,NULL,'SERVER_ERROR INTERNAL');
INSERT INTO "delivery" VALUES(5,6000000012,3,0,0,NULL,NULL,NULL,NULL);
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('dialogs learnt until','1795165260');
INSERT INTO "fact" VALUES('listened to','[3, 3]');
INSERT INTO "fact" VALUES('owner','{"account": 6000000001, "group": -1002000000001}');
INSERT INTO "fact" VALUES('pace','{"rate": null, "burst": null, "calm": 120.0, "flood_left": 0.0, "window": {"calls": 23, "began": -3600.0, "stock": 0.0, "first": null, "refill": null, "burst": 0.0, "left": 0.0, "at": -3600.0, "span": 300.0, "held": 0, "calm": 0.0}, "saved_at": 1795168860.0}');
INSERT INTO "fact" VALUES('spambot','[178220800, -6393107032118074666]');
INSERT INTO "fact" VALUES('voice','"fbd5cab5e0801b6cbd9a8f4683062b74"');
CREATE TABLE handled (
    message_id INTEGER PRIMARY KEY
, mistake TEXT) STRICT;
INSERT INTO "handled" VALUES(5,NULL);
INSERT INTO "handled" VALUES(8,NULL);
INSERT INTO "handled" VALUES(13,NULL);
INSERT INTO "handled" VALUES(15,NULL);
INSERT INTO "handled" VALUES(17,NULL);
INSERT INTO "handled" VALUES(20,NULL);
INSERT INTO "handled" VALUES(23,NULL);
INSERT INTO "handled" VALUES(25,NULL);
INSERT INTO "handled" VALUES(27,NULL);
INSERT INTO "handled" VALUES(29,NULL);
INSERT INTO "handled" VALUES(32,NULL);
INSERT INTO "handled" VALUES(34,NULL);
INSERT INTO "handled" VALUES(35,NULL);
INSERT INTO "handled" VALUES(36,'/send al welcome');
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO "mark" VALUES(1,'vip');
CREATE TABLE marked (
    mark_id INTEGER NOT NULL REFERENCES mark ON DELETE CASCADE,
    peer_id INTEGER NOT NULL,
    PRIMARY KEY (mark_id, peer_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "marked" VALUES(1,6000000004);
INSERT INTO "marked" VALUES(1,6000000005);
INSERT INTO "marked" VALUES(1,6000000006);
INSERT INTO "marked" VALUES(1,6000000007);
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    topic INTEGER NOT NULL,
    reply_to INTEGER,
    report_of INTEGER REFERENCES sending ON DELETE CASCADE
, sending_id INTEGER REFERENCES sending ON DELETE CASCADE, live INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1)), listing TEXT CHECK (listing IN ('sendings', 'templates'))) STRICT;
INSERT INTO "notice" VALUES(14,'course · 3 messages
welcome · 1 message',1,34,NULL,NULL,0,NULL);
INSERT INTO "notice" VALUES(15,'sid1: “News for everybody” to all customers
Ordered by Boss, 2026-11-20 09:00 UTC.
It finished 2026-11-20 09:01 UTC, after 1 s.
Recipients: 9
Messages: 9 sent',1,35,1,1,0,NULL);
INSERT INTO "notice" VALUES(16,'“al” is not understood: is “all” meant?
/send all welcome',1,36,NULL,NULL,0,NULL);
CREATE TABLE peer (
    id INTEGER PRIMARY KEY,
    access_hash INTEGER NOT NULL,
    name TEXT NOT NULL,
    username TEXT,
    has_dialog INTEGER NOT NULL DEFAULT 0 CHECK (has_dialog IN (0, 1)),
    gone TEXT                                       -- why nothing is sent there any more
, tester INTEGER NOT NULL DEFAULT 0 CHECK (tester IN (0, 1)), wrote_id INTEGER, wrote_at REAL) STRICT;
INSERT INTO "peer" VALUES(6000000002,975220951858204295,'Boss',NULL,0,NULL,0,NULL,NULL);
INSERT INTO "peer" VALUES(6000000004,1689833009189980640,'Customer 1',NULL,1,NULL,0,2,1795164720.0);
INSERT INTO "peer" VALUES(6000000005,-4693916165071484132,'Customer 2',NULL,1,NULL,0,3,1795164780.0);
INSERT INTO "peer" VALUES(6000000006,3849356543702041809,'Customer 3',NULL,1,NULL,0,4,1795164840.0);
INSERT INTO "peer" VALUES(6000000007,-5632762954681301513,'Customer 4',NULL,1,NULL,0,5,1795164900.0);
INSERT INTO "peer" VALUES(6000000008,-7846571489943588744,'Customer 5',NULL,1,NULL,0,6,1795164960.0);
INSERT INTO "peer" VALUES(6000000009,4544646041942625055,'Customer 6',NULL,1,NULL,0,7,1795165020.0);
INSERT INTO "peer" VALUES(6000000010,-243140194349018185,'Customer 7',NULL,1,NULL,0,8,1795165080.0);
INSERT INTO "peer" VALUES(6000000011,-5359436965174937520,'Customer 8',NULL,1,NULL,0,9,1795165140.0);
INSERT INTO "peer" VALUES(6000000012,-8972103463937750748,'Customer 9',NULL,1,NULL,0,10,1795165200.0);
CREATE TABLE posted (
    message_id INTEGER PRIMARY KEY,
    sending_id INTEGER REFERENCES sending ON DELETE CASCADE
) STRICT;
INSERT INTO "posted" VALUES(6,NULL);
INSERT INTO "posted" VALUES(9,NULL);
INSERT INTO "posted" VALUES(14,NULL);
INSERT INTO "posted" VALUES(16,NULL);
INSERT INTO "posted" VALUES(18,NULL);
INSERT INTO "posted" VALUES(21,1);
INSERT INTO "posted" VALUES(22,1);
INSERT INTO "posted" VALUES(24,2);
INSERT INTO "posted" VALUES(26,3);
INSERT INTO "posted" VALUES(28,3);
INSERT INTO "posted" VALUES(30,4);
INSERT INTO "posted" VALUES(31,4);
INSERT INTO "posted" VALUES(33,5);
CREATE TABLE quota (
    month TEXT PRIMARY KEY,
    delivered INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "quota" VALUES('2026-11',29);
CREATE TABLE sending (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    audience TEXT NOT NULL CHECK (audience IN ('test', 'all', 'file', 'list', 'mark', 'topic')),
    mark TEXT CHECK ((mark IS NOT NULL) = (audience = 'mark')),
    what TEXT NOT NULL,
    template_id INTEGER,                            -- copied into sending_step at the start
    status TEXT NOT NULL DEFAULT 'awaits'
        CHECK (status IN ('awaits', 'running', 'paused', 'finished', 'cancelled', 'stopped')),
    hold TEXT CHECK (hold IS NULL OR status = 'paused'),
    resume_at REAL CHECK (resume_at IS NULL OR status = 'paused'),
    topic INTEGER NOT NULL,
    ordered_by INTEGER NOT NULL,
    ordered_at REAL NOT NULL,
    start_at REAL NOT NULL,
    started_at REAL CHECK (started_at IS NOT NULL OR status NOT IN ('running', 'finished')),
    ended_at REAL CHECK ((ended_at IS NOT NULL) = (status IN ('finished', 'cancelled', 'stopped'))),
    seed BLOB NOT NULL,                             -- of the random ids; secret from nobody, the same for ever
    recipients INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,               -- deliveries; the others are kept with every outcome
    sent INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0, orderer TEXT NOT NULL DEFAULT '',
    CHECK (sent + failed + skipped <= total)
) STRICT;
INSERT INTO "sending" VALUES(1,'all',NULL,'“News for everybody”',NULL,'finished',NULL,NULL,1,6000000002,1795165200.0,1795165200.0,1795165260.0,1795165260.0,X'EF3D3827936EE85612E82C617224A1BD',9,9,9,0,0,'Boss');
INSERT INTO "sending" VALUES(2,'mark','vip','template welcome',1,'awaits',NULL,NULL,1,6000000002,1795165260.0,1796119200.0,NULL,NULL,X'6BE507CDD8D8AF3D3DC5EB608F9222E4',0,0,0,0,0,'Boss');
INSERT INTO "sending" VALUES(3,'mark','vip','template course',2,'paused','an operator paused it.',NULL,1,6000000002,1795165260.0,1795165260.0,1795165260.0,NULL,X'EE7D27262FA39C040D1E2048D00CE008',4,12,4,0,0,'Boss');
INSERT INTO "sending" VALUES(4,'topic',NULL,'template welcome',1,'finished',NULL,NULL,4,6000000002,1795165260.0,1795165260.0,1795165260.0,1795165260.0,X'A36DDBCBD6FA7644DA6D341FEF8472EF',1,1,1,0,0,'Boss');
INSERT INTO "sending" VALUES(5,'all',NULL,'template course',2,'running',NULL,NULL,1,6000000002,1795165260.0,1795165260.0,1795165260.0,NULL,X'98B07378C9D2843C9E618DC03A54AFEC',9,27,15,0,0,'Boss');
CREATE TABLE sending_step (
    sending_id INTEGER NOT NULL REFERENCES sending ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    message_ids TEXT NOT NULL,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (sending_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "sending_step" VALUES(1,1,'19','now','text');
INSERT INTO "sending_step" VALUES(3,1,'10','now','text');
INSERT INTO "sending_step" VALUES(3,2,'11','1h','text');
INSERT INTO "sending_step" VALUES(3,3,'12','2026-11-25 10:00','text');
INSERT INTO "sending_step" VALUES(4,1,'7','now','text');
INSERT INTO "sending_step" VALUES(5,1,'10','now','text');
INSERT INTO "sending_step" VALUES(5,2,'11','1h','text');
INSERT INTO "sending_step" VALUES(5,3,'12','2026-11-25 10:00','text');
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
INSERT INTO "template" VALUES(1,'welcome');
INSERT INTO "template" VALUES(2,'course');
CREATE TABLE template_step (
    template_id INTEGER NOT NULL REFERENCES template ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    message_ids TEXT NOT NULL,                      -- of the backend group, separated by spaces
    time TEXT NOT NULL,                             -- as people write it
    kind TEXT NOT NULL,
    PRIMARY KEY (template_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "template_step" VALUES(1,1,'7','now','text');
INSERT INTO "template_step" VALUES(2,1,'10','now','text');
INSERT INTO "template_step" VALUES(2,2,'11','1h','text');
INSERT INTO "template_step" VALUES(2,3,'12','2026-11-25 10:00','text');
CREATE TABLE topic (
    id INTEGER PRIMARY KEY CHECK (id > 1),
    peer_id INTEGER NOT NULL
) STRICT;
INSERT INTO "topic" VALUES(4,6000000004);
CREATE INDEX sending_open ON sending (status) WHERE status IN ('awaits', 'running', 'paused');
CREATE INDEX delivery_due ON delivery (sending_id, due_at) WHERE status = 0 AND due_at IS NOT NULL;
CREATE INDEX announcement_stale ON announcement (sending_id) WHERE shown <> text;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('notice',16);
INSERT INTO "sqlite_sequence" VALUES('sending',5);
COMMIT;
PRAGMA user_version = 6;
