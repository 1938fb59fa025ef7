-- Columns hold only what is asked for; the whole object is in `body`, in the numbered fields that
-- paydesk-store writes. `version` counts the writes of a row. An object's ordinal is its rowid, so
-- new objects are appended instead of scattered.

CREATE TABLE sandboxes (
    id INTEGER PRIMARY KEY,
    key_hash BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE products (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    active INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX products_by_created ON products (sandbox, created);

CREATE TABLE prices (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    active INTEGER NOT NULL,
    product TEXT NOT NULL,
    currency TEXT NOT NULL,
    is_recurring INTEGER NOT NULL,
    lookup_key TEXT,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX prices_by_created ON prices (sandbox, created);
CREATE INDEX prices_by_product ON prices (sandbox, product, created);
CREATE INDEX prices_by_lookup_key ON prices (sandbox, lookup_key) WHERE lookup_key IS NOT NULL;

CREATE TABLE checkout_sessions (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    status TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    customer_email TEXT,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

-- Status and expires_at have no index: they change, and a cart's update is to touch no index.
CREATE INDEX checkout_sessions_by_created ON checkout_sessions (sandbox, created);
CREATE INDEX checkout_sessions_by_email ON checkout_sessions (sandbox, customer_email, created)
    WHERE customer_email IS NOT NULL;

CREATE TABLE unique_keys (
    sandbox INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (sandbox, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE timers (
    sandbox INTEGER NOT NULL,
    kind TEXT NOT NULL,
    session TEXT NOT NULL,
    -- In the sandbox's time.
    due_at INTEGER NOT NULL,
    -- By the wall clock; none while the sandbox's clock is frozen before it.
    due_wall INTEGER,
    PRIMARY KEY (sandbox, kind, session)
) STRICT, WITHOUT ROWID;

-- The second column orders timers that a frozen clock makes due all at once.
CREATE INDEX timers_by_wall ON timers (due_wall, due_at) WHERE due_wall IS NOT NULL;
CREATE INDEX timers_by_sandbox ON timers (sandbox, due_at);

CREATE TABLE events (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    created INTEGER NOT NULL,
    type TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX events_by_created ON events (sandbox, created);

-- The hash is of sandbox and key, so that an entry of the index is short however long the key.
CREATE TABLE idempotency_keys (
    rowid INTEGER PRIMARY KEY,
    key_hash BLOB NOT NULL UNIQUE,
    created_wall INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_wall);
