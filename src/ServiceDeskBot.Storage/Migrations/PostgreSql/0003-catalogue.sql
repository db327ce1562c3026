-- What was ordered, so that the time an item really takes and how often one person ordered it can be read.
ALTER TABLE tickets ADD COLUMN item plain;
UPDATE tickets SET item = body::json ->> 'item' WHERE body::json ->> 'item' IS NOT NULL;
CREATE INDEX tickets_item ON tickets (tenant_id, item, number) WHERE item IS NOT NULL;
