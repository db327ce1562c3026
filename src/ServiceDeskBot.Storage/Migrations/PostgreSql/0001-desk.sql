-- The desk's drawers, as in Sqlite/0001-desk.sql; what differs is said where it stands.
-- Rows are small: columns for what is searched, JSON text for the rest.
-- Moments are ISO 8601 in UTC with seven decimals: exact to the tick, sorted as text, and readable in a database shell.
-- Every key begins with the tenant, so that one database can later serve several desks.

-- Keys, lanes and moments are compared character by character, whatever language the database sorts in.
CREATE DOMAIN plain AS TEXT COLLATE "C";

-- A statement that must change a row is wrapped in this: without one the whole unit ends there, in the same round trip.
CREATE FUNCTION must_change(changed BIGINT, otherwise TEXT) RETURNS BIGINT LANGUAGE plpgsql AS $$
BEGIN
    IF changed = 0 THEN
        RAISE EXCEPTION 'read and changed meanwhile: the desk decides again' USING ERRCODE = otherwise;
    END IF;
    RETURN changed;
END $$;

-- Who shares this database. A replica that was not seen for a while is gone, and others take over its work.
CREATE TABLE replicas (
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,  -- by the server's clock, the only one that all share
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE inbox (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id plain NOT NULL,
    turn_key plain NOT NULL,
    conversation plain NOT NULL,
    turn plain,  -- gone once the turn is decided: only its answer is still needed
    accepted_at plain NOT NULL,
    done_at plain,
    answer plain,
    failure plain,
    replica plain NOT NULL DEFAULT ''  -- who decides it; nobody where it was decided in one with its acceptance
);
CREATE UNIQUE INDEX inbox_key ON inbox (tenant_id, turn_key);
CREATE INDEX inbox_undone ON inbox (tenant_id, seq) WHERE done_at IS NULL AND failure IS NULL;
CREATE INDEX inbox_order ON inbox (tenant_id, conversation, seq) WHERE done_at IS NULL AND failure IS NULL;
CREATE INDEX inbox_done ON inbox (tenant_id, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX inbox_failed ON inbox (tenant_id, accepted_at) WHERE failure IS NOT NULL;

CREATE TABLE people (
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    email plain,
    body plain NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX people_email ON people (tenant_id, email) WHERE email IS NOT NULL;

CREATE TABLE accounts (
    tenant_id plain NOT NULL,
    channel plain NOT NULL,
    account plain NOT NULL,
    person plain NOT NULL,
    personal plain,
    used_at plain NOT NULL,
    PRIMARY KEY (tenant_id, channel, account)
);
CREATE INDEX accounts_person ON accounts (tenant_id, person, used_at);

CREATE TABLE conversations (
    tenant_id plain NOT NULL,
    conversation plain NOT NULL,
    person plain NOT NULL,
    version INTEGER NOT NULL,
    body plain NOT NULL,
    PRIMARY KEY (tenant_id, conversation, person)
);

CREATE TABLE tickets (
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    number BIGINT NOT NULL,
    type plain NOT NULL,
    state plain NOT NULL,
    is_open INTEGER NOT NULL,
    team plain,
    owner plain,
    reporter plain NOT NULL,
    priority INTEGER NOT NULL,
    opened_at plain NOT NULL,
    closed_at plain,
    version INTEGER NOT NULL,
    summary plain NOT NULL,
    words plain NOT NULL,  -- the summary in lower case, for searching: LIKE folds differently in each database
    body plain NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tickets_number ON tickets (tenant_id, number);
CREATE INDEX tickets_open_reporter ON tickets (tenant_id, reporter, number) WHERE is_open = 1;
CREATE INDEX tickets_open_team ON tickets (tenant_id, team, number) WHERE is_open = 1;
CREATE INDEX tickets_open_owner ON tickets (tenant_id, owner, number) WHERE is_open = 1;
CREATE INDEX tickets_closed_team ON tickets (tenant_id, team, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE ticket_events (
    tenant_id plain NOT NULL,
    ticket plain NOT NULL,
    seq INTEGER NOT NULL,
    kind plain NOT NULL,
    at plain NOT NULL,
    body plain NOT NULL,
    PRIMARY KEY (tenant_id, ticket, seq),
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);

CREATE TABLE texts (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    ticket plain NOT NULL,
    kind plain NOT NULL,
    author plain NOT NULL,
    visible plain NOT NULL,
    text plain NOT NULL,
    at plain NOT NULL,
    post plain,
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);
CREATE UNIQUE INDEX texts_id ON texts (tenant_id, id);
CREATE INDEX texts_ticket ON texts (tenant_id, ticket, at);

CREATE TABLE posts (
    tenant_id plain NOT NULL,
    channel plain NOT NULL,
    conversation plain NOT NULL,
    post_id plain NOT NULL,
    ticket plain NOT NULL,
    PRIMARY KEY (tenant_id, channel, conversation, post_id)
);

CREATE TABLE mirrors (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id plain NOT NULL,
    ticket plain NOT NULL,
    kind plain NOT NULL,
    lane plain NOT NULL,  -- channel and conversation, as the outbox sends
    thread plain NOT NULL,  -- '' where there is none, since NULL is never equal to NULL
    place plain NOT NULL,
    post_id plain,
    language plain NOT NULL,
    zone plain,
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);
CREATE UNIQUE INDEX mirrors_place ON mirrors (tenant_id, ticket, kind, lane, thread);

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id plain NOT NULL,
    lane plain NOT NULL,
    mirror BIGINT,  -- of a refresh, which has no body: it goes where its mirror hangs when it is sent
    revision INTEGER NOT NULL,         -- how often a waiting refresh was asked for again
    body plain,
    not_before plain,
    attempts INTEGER NOT NULL,
    state plain NOT NULL,  -- queued, sent or dead
    settled_at plain,
    reason plain,
    replica plain  -- who is sending it
);
CREATE INDEX outbox_lanes ON outbox (tenant_id, lane, id) WHERE state = 'queued';
CREATE UNIQUE INDEX outbox_mirror ON outbox (tenant_id, mirror) WHERE state = 'queued' AND mirror IS NOT NULL;
CREATE INDEX outbox_settled ON outbox (tenant_id, settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_held ON outbox (tenant_id, not_before) WHERE state = 'queued' AND not_before IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (tenant_id, id) WHERE state = 'dead';

CREATE TABLE timers (
    tenant_id plain NOT NULL,
    subject plain NOT NULL,
    kind plain NOT NULL,
    due plain NOT NULL,
    PRIMARY KEY (tenant_id, subject, kind)
);
CREATE INDEX timers_due ON timers (tenant_id, due);

CREATE TABLE bindings (
    tenant_id plain NOT NULL,
    channel plain NOT NULL,
    conversation plain NOT NULL,
    team plain NOT NULL,
    place plain NOT NULL,
    PRIMARY KEY (tenant_id, channel, conversation)
);
CREATE INDEX bindings_team ON bindings (tenant_id, team, channel);

CREATE TABLE surveys (
    tenant_id plain NOT NULL,
    ticket plain NOT NULL,
    person plain NOT NULL,
    team plain NOT NULL,
    offered_at plain NOT NULL,
    state plain NOT NULL,
    PRIMARY KEY (tenant_id, ticket)
);
CREATE INDEX surveys_person ON surveys (tenant_id, person, offered_at);

CREATE TABLE named_feedback (
    tenant_id plain NOT NULL,
    id plain NOT NULL,
    ticket plain NOT NULL,
    person plain NOT NULL,
    team plain NOT NULL,
    scores plain NOT NULL,
    may_contact INTEGER NOT NULL,
    at plain NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX named_feedback_team ON named_feedback (tenant_id, team, at);

-- Nobody may read from this table who answered: no ids, no moment, and a random key as the only order the rows have.
-- PostgreSQL itself marks each row with its transaction and place: all rows of a team and week are written anew with each answer.
CREATE TABLE anonymous_feedback (
    tenant_id plain NOT NULL,
    team plain NOT NULL,
    week plain NOT NULL,
    shuffle plain NOT NULL,
    scores plain NOT NULL,
    PRIMARY KEY (tenant_id, team, week, shuffle)
);

CREATE TABLE digests (
    tenant_id plain NOT NULL,
    manager plain NOT NULL,
    day plain NOT NULL,
    PRIMARY KEY (tenant_id, manager, day)
);

CREATE TABLE sequences (
    tenant_id plain NOT NULL,
    name plain NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
