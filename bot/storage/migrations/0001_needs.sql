-- What could not be answered, without anything that tells who asked.
CREATE TABLE needs (
    id         INTEGER PRIMARY KEY,
    day        TEXT NOT NULL,                 -- YYYY-MM-DD, Europe/Paris
    text       TEXT NOT NULL,                 -- redacted before it comes here
    reason     TEXT NOT NULL CHECK (reason IN ('unknown', 'none', 'refused')),
    topic      TEXT,                          -- the answer that was refused, if any
    candidates TEXT NOT NULL DEFAULT '[]',    -- JSON [{"topic": …, "score": …}], best first
    channel    TEXT NOT NULL DEFAULT 'chat',
    state      TEXT NOT NULL DEFAULT 'new'
);
CREATE INDEX needs_by_day ON needs (day);

-- Telegram delivers an update again when it is not sure that we had it: one update makes one need and one reply.
-- Update ids are kept for seven days; they say nothing of a person.
CREATE TABLE updates (
    update_id INTEGER PRIMARY KEY,
    day       TEXT NOT NULL,
    need_id   INTEGER REFERENCES needs (id) ON DELETE SET NULL,
    done      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX updates_by_day ON updates (day);

-- How many, never who.
CREATE TABLE counts (
    day   TEXT NOT NULL,
    what  TEXT NOT NULL,                      -- answer, choices, unknown, danger, helped, refused …
    topic TEXT NOT NULL DEFAULT '',
    n     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, what, topic)
) WITHOUT ROWID;

-- What a person chose for themselves, under a keyed pseudonym, until it expires.
CREATE TABLE preferences (
    pseudonym TEXT NOT NULL,
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    expires   TEXT NOT NULL,
    PRIMARY KEY (pseudonym, name)
) WITHOUT ROWID;
