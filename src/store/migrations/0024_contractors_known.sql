-- The contractor whom the holder of a key goes along with, where it is a visitor who is inside: the name
-- alone stays outside the journal, and goes with the visitor.
ALTER TABLE key_loans ADD COLUMN contractor TEXT CHECK (contractor IS NULL OR goes_along = 1);

CREATE INDEX key_loans_with_contractor ON key_loans (contractor) WHERE contractor IS NOT NULL;

CREATE TRIGGER who_goes_along_with_a_key_is_inside BEFORE INSERT ON key_loans
WHEN NEW.contractor IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM visits WHERE visitor = NEW.contractor AND state = 'inside' AND type = 'contractor')
BEGIN SELECT raise(ABORT, 'the contractor is not inside'); END;
