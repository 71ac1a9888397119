-- A company as senders abroad write it on a letter, so that its mail finds it. Like its name it stands
-- outside the rebuild.
ALTER TABLE tenants ADD COLUMN address_en TEXT NOT NULL DEFAULT '';
