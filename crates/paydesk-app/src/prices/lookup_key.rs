//! The claims that Prices have on their lookup keys.

use paydesk_domain::catalog::Price;
use paydesk_store::{Changeset, Record, Stored, UniqueKey};

/// Adds to a changeset what a Price that is `after`, and was `before` if it existed, does to the
/// claims.
pub(crate) fn move_claim(changeset: &mut Changeset, before: Option<&Price>, after: &Price) {
    let claimed_before = before.and_then(claim);
    let claimed_after = claim(after);
    if claimed_before != claimed_after {
        changeset.released_keys.extend(claimed_before);
        changeset.claimed_keys.extend(claimed_after);
    }
}

/// Adds to a changeset that a Price handed its lookup key over.
pub(super) fn hand_over(
    changeset: &mut Changeset,
    before: Option<&Stored<Price>>,
    after: Option<&Price>,
) {
    if let (Some(before), Some(after)) = (before, after) {
        changeset.replace(Record::Price(after.clone()), before.version);
        move_claim(changeset, Some(&before.value), after);
    }
}

fn claim(price: &Price) -> Option<UniqueKey> {
    price.claimed_lookup_key().map(|lookup_key| UniqueKey::PriceLookupKey {
        lookup_key: lookup_key.to_owned(),
        price: price.id.clone(),
    })
}
