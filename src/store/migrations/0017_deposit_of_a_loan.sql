-- A loan keeps the deposit it was made on: a policy that changes later asks nobody for another.
ALTER TABLE lending_loans ADD COLUMN deposit_fen INTEGER NOT NULL DEFAULT 0 CHECK (deposit_fen >= 0);

UPDATE lending_loans SET deposit_fen = lent.fen
FROM (
    SELECT json_extract(payload, '$.loan') AS loan, json_extract(payload, '$.terms.deposit_fen') AS fen
    FROM journal WHERE service = 'lending' AND kind = 'lent'
) AS lent
WHERE lent.loan = lending_loans.id AND lent.fen > 0;
