-- What was ordered, so that the time an item really takes and how often one person ordered it can be read.
ALTER TABLE tickets ADD COLUMN item TEXT;
UPDATE tickets SET item = json_extract(body, '$.item') WHERE json_extract(body, '$.item') IS NOT NULL;
CREATE INDEX tickets_item ON tickets (tenant_id, item, number) WHERE item IS NOT NULL;
