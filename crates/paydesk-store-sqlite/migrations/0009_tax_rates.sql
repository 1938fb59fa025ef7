CREATE TABLE tax_rates (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    active INTEGER NOT NULL,
    inclusive INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX tax_rates_by_created ON tax_rates (sandbox, created);
