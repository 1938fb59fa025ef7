-- Sessions are listed by the customer they were created for.
ALTER TABLE checkout_sessions ADD COLUMN customer TEXT;

CREATE INDEX checkout_sessions_by_customer ON checkout_sessions (sandbox, customer, created)
    WHERE customer IS NOT NULL;
