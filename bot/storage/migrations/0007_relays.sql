-- A relay: what the next mediator, or the person on their own telephone, needs to go on. Nothing says whose it is.
CREATE TABLE relays (
    hash      TEXT PRIMARY KEY,               -- keyed hash of the code
    topic     TEXT NOT NULL,
    version   TEXT NOT NULL,                  -- a digest of the topic's steps and papers: numbers mean these only
    steps     INTEGER NOT NULL,               -- bits: the steps that are done
    papers    INTEGER NOT NULL,               -- bits: the papers that are missing
    expires   TEXT NOT NULL,                  -- YYYY-MM-DD, the last day
    update_id INTEGER                         -- the update that uses it now: the same one may try again
) WITHOUT ROWID;
