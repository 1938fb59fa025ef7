CREATE TABLE coupons (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX coupons_by_created ON coupons (sandbox, created);

CREATE TABLE webhook_endpoints (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX webhook_endpoints_by_created ON webhook_endpoints (sandbox, created);
