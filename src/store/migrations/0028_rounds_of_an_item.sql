-- Which rounds an item went with is asked of every item that waits.
CREATE INDEX mail_round_items_by_item ON mail_round_items (item);
