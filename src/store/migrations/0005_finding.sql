-- Finding people and tenants by any part of their names.

-- What a visitor who named the tenant is compared with: everybody there.
CREATE INDEX persons_of_tenant ON persons (tenant);

-- By which rules the keys below were made; other rules make them anew when the books are opened.
CREATE TABLE finding_rules (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;

-- personal: names in the forms in which they are looked for. They go with the person.

-- A short number for each person, so that keys stay small.
CREATE TABLE findable_persons (
    number INTEGER PRIMARY KEY,
    person TEXT    NOT NULL UNIQUE REFERENCES persons (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE person_keys (
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), -- name, inside, pinyin, initials, words
    key    TEXT    NOT NULL CHECK (length(key) > 0),
    number INTEGER NOT NULL REFERENCES findable_persons (number) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_keys_of ON person_keys (number);

CREATE TABLE tenant_keys (
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5), -- as above, and rooms
    key    TEXT    NOT NULL CHECK (length(key) > 0),
    tenant TEXT    NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, tenant)
) STRICT, WITHOUT ROWID;

CREATE INDEX tenant_keys_of ON tenant_keys (tenant);
