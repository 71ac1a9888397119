-- Where a company is reached, and where its mail goes when it has moved. Both are personal: they stand
-- beside its name and outside the rebuild.
ALTER TABLE tenants ADD COLUMN phone TEXT NOT NULL DEFAULT '';

ALTER TABLE tenants ADD COLUMN forwarding TEXT NOT NULL DEFAULT '';
