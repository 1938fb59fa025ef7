//! API versions: what a header may say, and any answer brought down to any version.

use paydesk_wire::form;
use paydesk_wire::versions::{self, ApiVersion};
use paydesk_wire::{Operation, StripeError};
use serde_json::Value;

use crate::message::split_line;

/// A `Stripe-Version` header on the first line, then the JSON of an answer, or a form body.
pub(crate) fn run(input: &[u8]) {
    let (Some(line), rest) = split_line(input) else { return };
    let Ok(header) = str::from_utf8(line) else { return };
    let version = match ApiVersion::parse(header) {
        Ok(accepted) => accepted.version,
        Err(problem) => {
            assert!(!StripeError::invalid(problem.to_string()).to_json().is_empty());
            return;
        }
    };
    let named = ApiVersion::parse(version.name()).expect("a version's name is a version");
    assert_eq!((named.version.name(), named.warning), (version.name(), None));
    if let Ok(answer) = serde_json::from_slice::<Value>(rest) {
        downgrade(&answer, &version);
    }
    if let Ok(params) = form::parse(rest) {
        for operation in Operation::ALL {
            upgrade(*operation, &params, &version);
        }
    }
}

/// Today's version changes nothing, and what is down at a version stays as it is.
fn downgrade(answer: &Value, version: &ApiVersion) {
    let mut today = answer.clone();
    versions::downgrade_response(&mut today, &ApiVersion::newest());
    assert_eq!(&today, answer, "at today's version");
    let mut once = answer.clone();
    versions::downgrade_response(&mut once, version);
    let mut twice = once.clone();
    versions::downgrade_response(&mut twice, version);
    assert_eq!(once, twice, "at {}", version.name());
    if versions::is_todays_shape(version) {
        assert_eq!(&once, answer, "at {}, which is today's shape", version.name());
    }
}

/// What is up to date stays as it is, with nothing left that its version does not know.
fn upgrade(operation: Operation, params: &form::Params, version: &ApiVersion) {
    let mut once = params.clone();
    versions::upgrade_request(operation, &mut once, version);
    let mut twice = once.clone();
    let unknown = versions::upgrade_request(operation, &mut twice, version);
    assert_eq!(once, twice, "{operation:?} at {}", version.name());
    assert!(unknown.is_empty(), "{operation:?} at {}: {unknown:?}", version.name());
}
