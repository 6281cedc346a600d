-- A mediator's sessions, under a keyed pseudonym: no id, and nothing of the people who were helped.
CREATE TABLE sessions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: an old button cannot point at another session
    mediator    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('individual', 'workshop', 'remote')),
    day         TEXT NOT NULL,                       -- YYYY-MM-DD, Europe/Paris: the day it began
    started     TEXT NOT NULL,                       -- YYYY-MM-DDThh:mm:ss, UTC, as the two below
    last        TEXT NOT NULL,                       -- the last thing done in it
    ended       TEXT,                                -- NULL while it is open
    by_itself   INTEGER NOT NULL DEFAULT 0,          -- 1 when it was forgotten and closed by itself
    minutes     INTEGER,                             -- the duration that the mediator gave instead
    place_type  TEXT NOT NULL DEFAULT '',            -- La Coop's codes, as in the three below
    place       TEXT NOT NULL DEFAULT '',            -- a place of the knowledge base, or a redacted text
    equipment   TEXT NOT NULL DEFAULT '',            -- several, with commas
    autonomy    TEXT NOT NULL DEFAULT '',
    orientation TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX sessions_open ON sessions (mediator) WHERE ended IS NULL;
CREATE INDEX sessions_by_day ON sessions (day);

-- What happened in a session, in order. Texts are redacted before they come here.
CREATE TABLE session_notes (
    id         INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    what       TEXT NOT NULL CHECK (what IN ('question', 'kept', 'need', 'handout')),
    topic      TEXT NOT NULL DEFAULT '',
    text       TEXT NOT NULL DEFAULT '',
    update_id  INTEGER,                              -- until the session ends: an update delivered twice counts once
    UNIQUE (update_id, what)
);
CREATE INDEX session_notes_by_session ON session_notes (session_id);
CREATE UNIQUE INDEX session_kept_once ON session_notes (session_id, topic) WHERE what = 'kept';
