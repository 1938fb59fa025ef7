//! The row of a sandbox.

use minicbor::{Decode, Encode};
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;

use crate::error::StoreError;

#[derive(Encode, Decode)]
struct SandboxRow<'b> {
    #[n(0)]
    id: u64,
    #[n(1)]
    created: i64,
    #[n(2)]
    clock: ClockRow,
    #[b(3)]
    api_version: Option<&'b str>,
}

#[derive(Encode, Decode)]
enum ClockRow {
    #[n(0)]
    Offset(#[n(0)] i64),
    #[n(1)]
    Frozen(#[n(0)] i64),
}

/// A sandbox as bytes.
#[must_use]
pub fn encode_sandbox(sandbox: &Sandbox) -> Vec<u8> {
    let clock = match sandbox.clock {
        SandboxClock::Offset { seconds } => ClockRow::Offset(seconds),
        SandboxClock::Frozen { at } => ClockRow::Frozen(at.as_seconds()),
    };
    super::encode(&SandboxRow {
        id: sandbox.id.0,
        created: sandbox.created.as_seconds(),
        clock,
        api_version: sandbox.api_version.as_deref(),
    })
}

/// A sandbox from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_sandbox(bytes: &[u8]) -> Result<Sandbox, StoreError> {
    let row: SandboxRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("sandboxes", ""))?;
    let clock = match row.clock {
        ClockRow::Offset(seconds) => SandboxClock::Offset { seconds },
        ClockRow::Frozen(at) => SandboxClock::Frozen { at: Timestamp::from_seconds(at) },
    };
    Ok(Sandbox {
        id: SandboxId(row.id),
        created: Timestamp::from_seconds(row.created),
        clock,
        api_version: row.api_version.map(str::to_owned),
    })
}
