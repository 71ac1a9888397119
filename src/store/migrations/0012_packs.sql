-- When the fall-back pack was printed, so that it comes by the hour and not by the start.

CREATE TABLE packs (
    job   TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
