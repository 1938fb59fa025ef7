-- Finds the sessions that a shop does not want to keep after they expired, the oldest first. A cart's
-- update still touches no index: only a session whose expiry is recorded gets an entry.
CREATE INDEX checkout_sessions_expired ON checkout_sessions (ordinal) WHERE status = 'expired';
