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
