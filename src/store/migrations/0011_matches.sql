-- Somebody who may stand on the list waits until a person at the desk has looked.

ALTER TABLE visit_alerts ADD COLUMN cleared_by TEXT; -- who looked and found somebody else
