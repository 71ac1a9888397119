-- ● Contractors come in on a permit that holds on their day, whatever was decided meanwhile.
CREATE TRIGGER nobody_goes_in_on_a_permit_that_does_not_hold BEFORE UPDATE OF state ON visits
WHEN NEW.state = 'inside' AND NEW.permit IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM visit_permits AS permit
    WHERE permit.id = NEW.permit AND permit.withdrawn_at_ms IS NULL
      AND NEW.day BETWEEN permit.from_day AND permit.until_day)
BEGIN SELECT raise(ABORT, 'the permit does not hold'); END;

CREATE TRIGGER nobody_comes_in_on_a_permit_that_does_not_hold BEFORE INSERT ON visits
WHEN NEW.state = 'inside' AND NEW.permit IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM visit_permits AS permit
    WHERE permit.id = NEW.permit AND permit.withdrawn_at_ms IS NULL
      AND NEW.day BETWEEN permit.from_day AND permit.until_day)
BEGIN SELECT raise(ABORT, 'the permit does not hold'); END;

-- Only the host's own card is a host's yes.
CREATE TRIGGER a_card_says_yes_for_its_holder BEFORE UPDATE OF approval ON visits
WHEN NEW.approval = 'host-card' AND NEW.said_yes IS NOT NEW.host
BEGIN SELECT raise(ABORT, 'it is not the host who said yes'); END;
