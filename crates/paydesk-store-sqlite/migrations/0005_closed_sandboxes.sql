-- Sandboxes go when nobody has used them for a time, or when they are closed. What was in one is
-- forgotten later, little by little.

ALTER TABLE sandboxes ADD COLUMN expires_wall INTEGER;

CREATE INDEX sandboxes_by_expiry ON sandboxes (expires_wall) WHERE expires_wall IS NOT NULL;

CREATE TABLE closed_sandboxes (
    id INTEGER PRIMARY KEY,
    closed_wall INTEGER NOT NULL
) STRICT;
