-- What the staff window reads whenever something was done does not grow with the years.

-- Deposits that the house holds: a loan is here as long as more came in than went out.
CREATE TABLE lending_deposits (
    loan     TEXT PRIMARY KEY REFERENCES lending_loans (id),
    held_fen INTEGER NOT NULL CHECK (held_fen > 0)
) STRICT, WITHOUT ROWID;

INSERT INTO lending_deposits (loan, held_fen)
SELECT loan, sum(CASE of WHEN 'deposit-taken' THEN amount_fen ELSE -amount_fen END) AS held_fen
FROM lending_bookings WHERE of IN ('deposit-taken', 'deposit-returned', 'deposit-kept')
GROUP BY loan HAVING held_fen > 0;

-- Uses of keys that their tenant was not told of.
CREATE INDEX key_uses_untold ON key_loans (key) WHERE told_at_ms IS NULL;

-- Any record by any word, however long ago: visits and mail by whose they are.
CREATE INDEX visits_by_host ON visits (host, id) WHERE host IS NOT NULL;
CREATE INDEX visits_by_tenant ON visits (tenant, id) WHERE tenant IS NOT NULL;
CREATE INDEX mail_items_gone ON mail_items (addressee, id) WHERE left_at_ms IS NOT NULL;

-- Matters that are over by when, and who closed them.
CREATE INDEX matters_closed ON matters (closed_at_ms) WHERE closed_at_ms IS NOT NULL;
CREATE INDEX journal_of_closed_matters ON journal (subject)
    WHERE service = 'matters' AND kind = 'closed';

-- When a key retired.
CREATE INDEX journal_of_retired_keys ON journal (subject)
    WHERE service = 'keys' AND kind = 'retired';
