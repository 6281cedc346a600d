-- The only table where a Telegram id stands, with what it is kept for and until when beside it.
CREATE TABLE people (
    person  INTEGER NOT NULL,                 -- Telegram user id
    purpose TEXT NOT NULL CHECK (purpose IN ('mediator', 'staff', 'follow_up')),
    about   TEXT NOT NULL DEFAULT '',         -- follow_up: the need that is waited for
    expires TEXT NOT NULL,                    -- YYYY-MM-DD, the last day
    PRIMARY KEY (person, purpose, about)
) WITHOUT ROWID;

-- Invitations to a role: a link that was sent, never its token.
CREATE TABLE invitations (
    hash    TEXT PRIMARY KEY,                 -- SHA-256 of a 128-bit token
    role    TEXT NOT NULL CHECK (role IN ('mediator', 'staff')),
    expires TEXT NOT NULL                     -- YYYY-MM-DDThh:mm:ss, UTC
) WITHOUT ROWID;

-- The button that erases a need: whoever holds its token may use it once; only the hash is here.
CREATE TABLE need_erasers (
    hash    TEXT PRIMARY KEY,                 -- SHA-256 of a 128-bit token
    need_id INTEGER NOT NULL REFERENCES needs (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX need_erasers_by_need ON need_erasers (need_id);
