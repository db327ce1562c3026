-- Somebody's accounts, the last used first, as they are asked for: in any other order newer versions of SQLite rather walk through everybody's.
DROP INDEX accounts_person;
CREATE INDEX accounts_person ON accounts (tenant_id, person, used_at DESC);
