-- What the models said and what people put right. Neither table holds words: they lie in texts, where they can be erased.

CREATE TABLE predictions (
    tenant_id TEXT NOT NULL,
    at TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket TEXT,                       -- the query; NULL where the words were answered without one
    shadow INTEGER NOT NULL,           -- 1: nothing was done by it
    model TEXT NOT NULL,
    language TEXT NOT NULL,
    labels TEXT NOT NULL,
    PRIMARY KEY (tenant_id, at, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX predictions_ticket ON predictions (tenant_id, ticket, shadow) WHERE ticket IS NOT NULL;

CREATE TABLE corrections (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    words TEXT NOT NULL,               -- the text row that a model would learn from
    predicted TEXT NOT NULL,
    corrected TEXT NOT NULL,
    corrected_by TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,               -- Waiting, Accepted or Rejected
    reviewer TEXT,
    reviewed_at TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX corrections_state ON corrections (tenant_id, state, at);
