CREATE TABLE customers (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    email TEXT,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX customers_by_created ON customers (sandbox, created);
CREATE INDEX customers_by_email ON customers (sandbox, email, created) WHERE email IS NOT NULL;

-- What remains of deleted customers: no list has it, and nothing in it says who they were.
CREATE TABLE deleted_customers (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;
