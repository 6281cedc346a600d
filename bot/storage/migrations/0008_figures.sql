-- Where and when a need was told, no finer than the figures ask for; and when it was answered.
ALTER TABLE needs ADD COLUMN commune TEXT;         -- INSEE code, when the message named one
ALTER TABLE needs ADD COLUMN told_at TEXT;         -- YYYY-MM-DDThh, UTC
ALTER TABLE needs ADD COLUMN answered_at TEXT;     -- YYYY-MM-DDThh, UTC; NULL while it waits
CREATE INDEX needs_waiting ON needs (day, card) WHERE answered_at IS NULL;

-- Questions by what they came to: how many, never who, and never where.
CREATE TABLE question_counts (
    day     TEXT NOT NULL,                         -- YYYY-MM-DD, Europe/Paris
    outcome TEXT NOT NULL CHECK (outcome IN ('served', 'choices', 'unknown', 'danger')),
    theme   TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT 'chat',          -- chat, session, inline, page
    n       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, outcome, theme, channel)
) WITHOUT ROWID;

-- The same questions by theme and commune, danger left out; shown in periods and above four only, kept for a year.
CREATE TABLE commune_counts (
    day     TEXT NOT NULL,
    theme   TEXT NOT NULL DEFAULT '',
    commune TEXT NOT NULL DEFAULT '',              -- INSEE code; empty: none was named
    n       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, theme, commune)
) WITHOUT ROWID;

-- What was counted before this table was there. Answers opened by a button count too: they could not be told apart.
INSERT INTO question_counts (day, outcome, n)
SELECT day, CASE what WHEN 'answer' THEN 'served' ELSE what END, sum(n)
FROM counts WHERE what IN ('answer', 'choices', 'unknown', 'danger') GROUP BY 1, 2;
INSERT INTO commune_counts (day, n)
SELECT day, sum(n) FROM question_counts WHERE outcome <> 'danger' GROUP BY 1;

-- The weekly digest: a week is claimed before it is sent, so that it is never sent twice.
CREATE TABLE digests (
    week  TEXT PRIMARY KEY,                        -- the Monday on which it is sent, YYYY-MM-DD
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent'))
) WITHOUT ROWID;

-- What staff chose for all of staff.
CREATE TABLE staff_choices (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
