-- A sandbox is an account's world in one mode. Only those that a key opens by its name have the hash
-- of that name; SQLite can't take NOT NULL off a column, so the table is made anew. Sandboxes of
-- before get an account that follows from their id.

CREATE TABLE new_sandboxes (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    parent TEXT,
    opened_by BLOB UNIQUE,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (account, livemode)
) STRICT;

INSERT INTO new_sandboxes (id, account, livemode, opened_by, version, body)
SELECT id, 'acct_' || printf('%016x', id), 0, key_hash, version, body FROM sandboxes;

DROP TABLE sandboxes;
ALTER TABLE new_sandboxes RENAME TO sandboxes;

-- The account that keys are made for where none is named: at most one, whoever makes it first.
CREATE UNIQUE INDEX sandboxes_own ON sandboxes (livemode) WHERE opened_by IS NULL AND parent IS NULL;
CREATE INDEX sandboxes_by_parent ON sandboxes (parent) WHERE parent IS NOT NULL;

CREATE TABLE api_keys (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key_hash BLOB NOT NULL UNIQUE,
    sandbox INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX api_keys_by_sandbox ON api_keys (sandbox);
