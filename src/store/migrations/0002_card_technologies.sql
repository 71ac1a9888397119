-- Cards of other technologies than EM4100. SQLite cannot change a check: the table is made anew.

CREATE TABLE cards_of_any_technology (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES persons (id),
    technology TEXT NOT NULL CHECK (technology IN ('em4100', 'iso14443a', 'wiegand')),
    number     TEXT NOT NULL,                       -- normalised, upper-case hexadecimal
    state      TEXT NOT NULL CHECK (state IN ('active', 'lost', 'expired')),
    UNIQUE (technology, number)
) STRICT, WITHOUT ROWID;

INSERT INTO cards_of_any_technology SELECT id, person, technology, number, state FROM cards;

DROP TABLE cards;

ALTER TABLE cards_of_any_technology RENAME TO cards;
