//! Idempotency keys whose requests are being worked on in this process.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use paydesk_domain::sandbox::SandboxId;

/// Keys in use right now.
#[derive(Default)]
pub(crate) struct InFlight {
    keys: Mutex<HashSet<(SandboxId, String)>>,
}

/// A key in use until this is dropped, however the request ends.
pub(crate) struct InFlightKey<'a> {
    in_flight: &'a InFlight,
    key: (SandboxId, String),
}

impl InFlight {
    /// Marks a key as in use; none when it is already.
    pub(crate) fn enter(&self, sandbox: SandboxId, key: &str) -> Option<InFlightKey<'_>> {
        let key = (sandbox, key.to_owned());
        let is_new = self.keys().insert(key.clone());
        // Made only now: dropping one takes the lock, and the key out of use.
        is_new.then(|| InFlightKey { in_flight: self, key })
    }

    fn keys(&self) -> MutexGuard<'_, HashSet<(SandboxId, String)>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for InFlightKey<'_> {
    fn drop(&mut self) {
        self.in_flight.keys().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_use_until_its_request_ends() {
        let in_flight = InFlight::default();
        let first = in_flight.enter(SandboxId(1), "k");
        assert!(first.is_some());
        assert!(in_flight.enter(SandboxId(1), "k").is_none());
        assert!(in_flight.enter(SandboxId(2), "k").is_some(), "keys belong to a sandbox");
        drop(first);
        assert!(in_flight.enter(SandboxId(1), "k").is_some());
    }
}
