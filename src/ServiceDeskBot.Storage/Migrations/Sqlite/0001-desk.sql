-- The desk's drawers. Rows are small: columns for what is searched, JSON text for the rest.
-- Moments are ISO 8601 in UTC with seven decimals: exact to the tick, sorted as text, and readable in a database shell.
-- Every key begins with the tenant, so that one database can later serve several desks.

CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    turn_key TEXT NOT NULL,
    conversation TEXT NOT NULL,
    turn TEXT,                         -- gone once the turn is decided: only its answer is still needed
    accepted_at TEXT NOT NULL,
    done_at TEXT,
    answer TEXT,
    failure TEXT
);
CREATE UNIQUE INDEX inbox_key ON inbox (tenant_id, turn_key);
CREATE INDEX inbox_undone ON inbox (tenant_id, seq) WHERE done_at IS NULL AND failure IS NULL;
CREATE INDEX inbox_done ON inbox (tenant_id, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX inbox_failed ON inbox (tenant_id, accepted_at) WHERE failure IS NOT NULL;

CREATE TABLE people (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    email TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX people_email ON people (tenant_id, email) WHERE email IS NOT NULL;

CREATE TABLE accounts (
    tenant_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    personal TEXT,
    used_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel, account)
) WITHOUT ROWID;
-- The third column is for the planner: without it SQLite prefers a walk through the primary key by tenant, which is everybody.
CREATE INDEX accounts_person ON accounts (tenant_id, person, used_at);

CREATE TABLE conversations (
    tenant_id TEXT NOT NULL,
    conversation TEXT NOT NULL,
    person TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, conversation, person)
);

CREATE TABLE tickets (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    team TEXT,
    owner TEXT,
    reporter TEXT NOT NULL,
    priority INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    version INTEGER NOT NULL,
    summary TEXT NOT NULL,
    words TEXT NOT NULL,               -- the summary in lower case, for searching: LIKE folds differently in each database
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tickets_number ON tickets (tenant_id, number);
CREATE INDEX tickets_open_reporter ON tickets (tenant_id, reporter, number) WHERE is_open = 1;
CREATE INDEX tickets_open_team ON tickets (tenant_id, team, number) WHERE is_open = 1;
CREATE INDEX tickets_open_owner ON tickets (tenant_id, owner, number) WHERE is_open = 1;
CREATE INDEX tickets_closed_team ON tickets (tenant_id, team, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE ticket_events (
    tenant_id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, ticket, seq),
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE texts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    visible TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    post TEXT,
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);
CREATE UNIQUE INDEX texts_id ON texts (tenant_id, id);
CREATE INDEX texts_ticket ON texts (tenant_id, ticket, at);

CREATE TABLE posts (
    tenant_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    conversation TEXT NOT NULL,
    post_id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel, conversation, post_id)
) WITHOUT ROWID;

CREATE TABLE mirrors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,                -- channel and conversation, as the outbox sends
    thread TEXT NOT NULL,              -- '' where there is none, since NULL is never equal to NULL
    place TEXT NOT NULL,
    post_id TEXT,
    language TEXT NOT NULL,
    zone TEXT,
    FOREIGN KEY (tenant_id, ticket) REFERENCES tickets (tenant_id, id)
);
CREATE UNIQUE INDEX mirrors_place ON mirrors (tenant_id, ticket, kind, lane, thread);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL,
    lane TEXT NOT NULL,
    mirror INTEGER,                    -- of a refresh, which has no body: it goes where its mirror hangs when it is sent
    revision INTEGER NOT NULL,         -- how often a waiting refresh was asked for again
    body TEXT,
    not_before TEXT,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,               -- queued, sent or dead
    settled_at TEXT,
    reason TEXT
);
CREATE INDEX outbox_lanes ON outbox (tenant_id, lane, id) WHERE state = 'queued';
CREATE UNIQUE INDEX outbox_mirror ON outbox (tenant_id, mirror) WHERE state = 'queued' AND mirror IS NOT NULL;
CREATE INDEX outbox_settled ON outbox (tenant_id, settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_held ON outbox (tenant_id, not_before) WHERE state = 'queued' AND not_before IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (tenant_id, id) WHERE state = 'dead';

CREATE TABLE timers (
    tenant_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT NOT NULL,
    PRIMARY KEY (tenant_id, subject, kind)
) WITHOUT ROWID;
CREATE INDEX timers_due ON timers (tenant_id, due);

CREATE TABLE bindings (
    tenant_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    conversation TEXT NOT NULL,
    team TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel, conversation)
) WITHOUT ROWID;
CREATE INDEX bindings_team ON bindings (tenant_id, team, channel);

CREATE TABLE surveys (
    tenant_id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    person TEXT NOT NULL,
    team TEXT NOT NULL,
    offered_at TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (tenant_id, ticket)
) WITHOUT ROWID;
CREATE INDEX surveys_person ON surveys (tenant_id, person, offered_at);

CREATE TABLE named_feedback (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    person TEXT NOT NULL,
    team TEXT NOT NULL,
    scores TEXT NOT NULL,
    may_contact INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX named_feedback_team ON named_feedback (tenant_id, team, at);

-- Nobody may read from this table who answered: no ids, no moment, and a random key as the only order the rows have.
CREATE TABLE anonymous_feedback (
    tenant_id TEXT NOT NULL,
    team TEXT NOT NULL,
    week TEXT NOT NULL,
    shuffle TEXT NOT NULL,
    scores TEXT NOT NULL,
    PRIMARY KEY (tenant_id, team, week, shuffle)
) WITHOUT ROWID;

CREATE TABLE digests (
    tenant_id TEXT NOT NULL,
    manager TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (tenant_id, manager, day)
) WITHOUT ROWID;

CREATE TABLE sequences (
    tenant_id TEXT NOT NULL,
    name TEXT NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;
