-- Which printer printed what, and how much of each printer's roll is used.

ALTER TABLE print_jobs ADD COLUMN printer TEXT;     -- of the settings; none before the first byte

-- A measure, not state: it is outside the journal and is not rebuilt.
CREATE TABLE printer_rolls (
    printer   TEXT PRIMARY KEY,
    used_dots INTEGER NOT NULL CHECK (used_dots >= 0),
    is_warned INTEGER NOT NULL CHECK (is_warned IN (0, 1))
) STRICT, WITHOUT ROWID;
