-- Commands given beside the group, where the program runs, until it has carried them out.
CREATE TABLE wish (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    asked_at REAL NOT NULL
) STRICT;
