-- Why an answer was refused, when the person said it; NULL when they did not.
ALTER TABLE needs ADD COLUMN why TEXT CHECK (why IN ('not_mine', 'unclear', 'false', 'missing'));

-- An answer that was published, for those who wait for it. Who that is stands in `people` only: a person is told
-- while their row (follow_up, about = a need of the notice) is there, and the row goes once Telegram has the answer.
CREATE TABLE notices (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    day   TEXT NOT NULL,                      -- YYYY-MM-DD, Europe/Paris: the day of the answer
    topic TEXT,                               -- the topic that answers, or
    text  TEXT,                               -- a short answer written by staff
    CHECK ((topic IS NULL) <> (text IS NULL))
);

-- A need has one answer: the latest.
CREATE TABLE notice_needs (
    need_id   INTEGER PRIMARY KEY REFERENCES needs (id) ON DELETE CASCADE,
    notice_id INTEGER NOT NULL REFERENCES notices (id) ON DELETE CASCADE
);
CREATE INDEX notice_needs_by_notice ON notice_needs (notice_id);
CREATE INDEX people_waiting ON people (about) WHERE purpose = 'follow_up';

-- A need that is erased takes with it that somebody waited for its answer.
CREATE TRIGGER needs_forget_who_waits AFTER DELETE ON needs BEGIN
    DELETE FROM people WHERE purpose = 'follow_up' AND about = CAST(OLD.id AS TEXT);
END;
