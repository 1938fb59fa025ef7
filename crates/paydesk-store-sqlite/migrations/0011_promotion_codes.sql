-- What was made of a Coupon shows it after it was deleted. Its id may be another's by then, so that
-- it is found by its ordinal.
CREATE TABLE deleted_coupons (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX deleted_coupons_by_sandbox ON deleted_coupons (sandbox);

-- A promotion code is active while its Coupon can be redeemed. Until when is in its own expires_at.
ALTER TABLE coupons ADD COLUMN is_exhausted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE promotion_codes (
    ordinal INTEGER PRIMARY KEY,
    sandbox INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL,
    is_exhausted INTEGER NOT NULL,
    expires_at INTEGER,
    -- In upper case.
    code TEXT NOT NULL,
    coupon TEXT NOT NULL,
    coupon_ordinal INTEGER NOT NULL,
    customer TEXT,
    body BLOB NOT NULL,
    UNIQUE (sandbox, id)
) STRICT;

CREATE INDEX promotion_codes_by_created ON promotion_codes (sandbox, created);
CREATE INDEX promotion_codes_by_code ON promotion_codes (sandbox, code, created);
CREATE INDEX promotion_codes_by_coupon ON promotion_codes (sandbox, coupon, created);
CREATE INDEX promotion_codes_by_customer ON promotion_codes (sandbox, customer, created)
    WHERE customer IS NOT NULL;
