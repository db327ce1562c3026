-- What the models said and what people put right. Neither table holds words: they lie in texts, where they can be erased.

CREATE TABLE predictions (
    tenant_id plain NOT NULL,
    at plain NOT NULL,
    id plain NOT NULL,
    ticket plain,                       -- the query; NULL where the words were answered without one
    shadow BIGINT NOT NULL,           -- 1: nothing was done by it
    model plain NOT NULL,
    language plain NOT NULL,
    labels plain NOT NULL,
    PRIMARY KEY (tenant_id, at, id)
);
CREATE UNIQUE INDEX predictions_ticket ON predictions (tenant_id, ticket, shadow) WHERE ticket IS NOT NULL;

CREATE TABLE corrections (
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    ticket plain NOT NULL,
    words plain NOT NULL,               -- the text row that a model would learn from
    predicted plain NOT NULL,
    corrected plain NOT NULL,
    corrected_by plain NOT NULL,
    at plain NOT NULL,
    state plain NOT NULL,               -- Waiting, Accepted or Rejected
    reviewer plain,
    reviewed_at plain,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);
CREATE INDEX corrections_state ON corrections (tenant_id, state, at);
