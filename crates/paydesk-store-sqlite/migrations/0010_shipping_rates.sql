CREATE TABLE shipping_rates (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    active INTEGER NOT NULL,
    currency TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX shipping_rates_by_created ON shipping_rates (sandbox, created);
