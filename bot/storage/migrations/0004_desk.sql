-- The staff desk: needs that say the same are one card. Nobody's id stands here: staff are keyed pseudonyms.
CREATE TABLE cards (
    id         INTEGER PRIMARY KEY,
    state      TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'open', 'done', 'ignored', 'postponed')),
    since      TEXT NOT NULL,                 -- YYYY-MM-DD
    until      TEXT,                          -- postponed: the day on which it comes back
    closed     INTEGER NOT NULL DEFAULT 0,    -- needs up to this id were dealt with
    topic      TEXT UNIQUE,                   -- the card of an entry past its day, which has no needs
    holder     TEXT,                          -- who has it in hand (pseudonym), until a moment in UTC
    held_until TEXT
);
ALTER TABLE needs ADD COLUMN card INTEGER REFERENCES cards (id) ON DELETE SET NULL;
CREATE INDEX needs_by_card ON needs (card, day);

-- Wordings (redacted, as the needs they come from) that must never come back, for as long as the card is ignored.
CREATE TABLE ignored_wordings (
    card INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    PRIMARY KEY (card, text)
) WITHOUT ROWID;

-- Who did what; `undo` says how to take it back, and goes after ten minutes.
CREATE TABLE desk_history (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,                 -- YYYY-MM-DDThh:mm:ss, UTC
    who        TEXT NOT NULL,                 -- pseudonym
    act        TEXT NOT NULL,
    card       INTEGER NOT NULL,
    detail     TEXT NOT NULL DEFAULT '',
    undo       TEXT,                          -- JSON
    undo_until TEXT,                          -- YYYY-MM-DDThh:mm:ss, UTC
    undone     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX desk_history_by_time ON desk_history (at);

-- What somebody is writing, until it is published or seven days have passed.
CREATE TABLE desk_drafts (
    who     TEXT NOT NULL,                    -- pseudonym
    card    INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    step    TEXT NOT NULL,                    -- what is asked for now
    content TEXT NOT NULL DEFAULT '{}',       -- JSON
    active  TEXT,                             -- what this person writes goes here until then (UTC); NULL: put aside
    expires TEXT NOT NULL,                    -- YYYY-MM-DD
    PRIMARY KEY (who, card, kind)
) WITHOUT ROWID;
