-- A roll that ran out before the program ended: paper that is there at the next start is a new one.
ALTER TABLE printer_rolls ADD COLUMN is_out INTEGER NOT NULL DEFAULT 0 CHECK (is_out IN (0, 1));
