-- A list by number with a rare reporter, state, type or team walks far back. It reads this index on the way, and only those tickets that it shows.
DROP INDEX tickets_number;
CREATE INDEX tickets_listed ON tickets (tenant_id, number, state, type, team, reporter);
