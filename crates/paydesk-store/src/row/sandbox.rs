//! The row of a sandbox.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use paydesk_domain::api_key::KeyHash;
use paydesk_domain::id::AccountId;
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};
use paydesk_domain::time::Timestamp;

use super::RowError;
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
    /// Rows of before there were accounts have none.
    #[b(4)]
    account: Option<&'b str>,
    #[n(5)]
    livemode: Option<bool>,
    #[b(6)]
    parent: Option<&'b str>,
    #[b(7)]
    display_name: Option<&'b str>,
    #[n(8)]
    opened_by: Option<ByteArray<32>>,
    #[n(9)]
    time_to_live: Option<i64>,
    /// None: never since it was created.
    #[n(10)]
    used: Option<i64>,
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
        account: Some(sandbox.account.as_str()),
        livemode: sandbox.livemode.then_some(true),
        parent: sandbox.parent.as_ref().map(AccountId::as_str),
        display_name: sandbox.display_name.as_deref(),
        opened_by: sandbox.opened_by.map(|hash| hash.0.into()),
        time_to_live: sandbox.time_to_live,
        used: (sandbox.used != sandbox.created).then(|| sandbox.used.as_seconds()),
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
    let livemode = row.livemode.unwrap_or(false);
    if livemode && row.opened_by.is_some() {
        let what = "live mode is opened by a name".to_owned();
        return Err(RowError(what).in_table("sandboxes", &row.id.to_string()));
    }
    Ok(Sandbox {
        id: SandboxId(row.id),
        account: row.account.map_or_else(|| SandboxId(row.id).account(), AccountId::from),
        livemode,
        parent: row.parent.map(AccountId::from),
        display_name: row.display_name.map(str::to_owned),
        opened_by: row.opened_by.map(|hash| KeyHash(*hash)),
        created: Timestamp::from_seconds(row.created),
        clock,
        api_version: row.api_version.map(str::to_owned),
        time_to_live: row.time_to_live,
        used: Timestamp::from_seconds(row.used.unwrap_or(row.created)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Encode)]
    struct FirstRow {
        #[n(0)]
        id: u64,
        #[n(1)]
        created: i64,
        #[n(2)]
        clock: ClockRow,
        #[n(3)]
        api_version: Option<String>,
    }

    #[test]
    fn a_row_of_before_accounts_has_one_that_follows_from_its_id() {
        let row = FirstRow { id: 29, created: 1, clock: ClockRow::Offset(0), api_version: None };
        let sandbox = decode_sandbox(&minicbor::to_vec(&row).unwrap()).unwrap();
        assert_eq!(sandbox.account.as_str(), "acct_000000000000001d");
        assert_eq!((sandbox.livemode, sandbox.parent, sandbox.opened_by), (false, None, None));
    }
}
