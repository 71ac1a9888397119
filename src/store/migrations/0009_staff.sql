-- Who works at the desk: PINs, wrong ones, and slips that were printed again.

-- personal: a PIN is kept as Argon2id over a pepper that lies outside this file.
CREATE TABLE staff_pins (
    person TEXT PRIMARY KEY REFERENCES persons (id),
    salt   BLOB NOT NULL CHECK (length(salt) = 16),
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- state: wrong PINs since the last right one.
CREATE TABLE staff_attempts (
    person          TEXT PRIMARY KEY,
    wrong           INTEGER NOT NULL CHECK (wrong BETWEEN 0 AND 10),
    paused_until_ms INTEGER,
    CHECK (paused_until_ms IS NULL OR wrong >= 5),
    CHECK (wrong NOT BETWEEN 5 AND 9 OR paused_until_ms IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- The first printing is 0; every further one of a slip bears its number.
ALTER TABLE print_jobs ADD COLUMN reprint INTEGER NOT NULL DEFAULT 0 CHECK (reprint >= 0);

CREATE UNIQUE INDEX one_reprint_a_number ON print_jobs (device, day, count, reprint)
    WHERE reprint > 0;

-- The desk finds people by how their names begin.
CREATE INDEX persons_by_chinese_name ON persons (name_chinese) WHERE name_chinese IS NOT NULL;

CREATE INDEX persons_by_latin_name ON persons (lower(name_latin)) WHERE name_latin IS NOT NULL;

-- What the desk shows is read after every commit, in ten years' time as well.
CREATE INDEX print_jobs_by_number ON print_jobs (device, day, count);

CREATE INDEX lending_loans_by_time ON lending_loans (lent_at_ms);
