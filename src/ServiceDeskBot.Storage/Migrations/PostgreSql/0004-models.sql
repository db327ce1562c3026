-- The promoted models that all replicas run: one row a desk. On SQLite they are files in the data folder of the only process.
CREATE TABLE models (
    tenant_id plain PRIMARY KEY,
    mark plain NOT NULL,                -- which version since when, as JSON: another mark is another choice
    running BYTEA NOT NULL,             -- empty: the bundled model runs
    previous BYTEA NOT NULL             -- what rollback brings back; empty: the bundled model
);
