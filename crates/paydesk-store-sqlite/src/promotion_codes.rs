//! Promotion codes: found, listed, and kept from being in each other's way.

use paydesk_domain::id::{CustomerId, PromotionCodeId};
use paydesk_domain::promotion_code::{Code, PromotionCode};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Page, PageRequest, PromotionCodeFilter, StoreError, Stored, row};
use rusqlite::{Connection, OptionalExtension, params};

use crate::encode::sandbox_column;
use crate::find::{one, stored};
use crate::question::Question;

/// Whether a promotion code is active at a moment, which stands for the question mark. Its Coupon
/// is found by its ordinal, so that one that got the id later is not taken for it.
const IS_ACTIVE: &str = "(is_enabled AND NOT is_exhausted
    AND (expires_at IS NULL OR expires_at > ?)
    AND EXISTS (SELECT 1 FROM coupons
        WHERE coupons.ordinal = coupon_ordinal AND NOT coupons.is_exhausted))";

/// A promotion code.
pub(crate) fn find(
    connection: &Connection,
    sandbox: SandboxId,
    id: &PromotionCodeId,
) -> Result<Option<Stored<PromotionCode>>, StoreError> {
    one(
        connection,
        "SELECT version, body FROM promotion_codes WHERE sandbox = ?1 AND id = ?2",
        params![sandbox_column(sandbox), id.as_str()],
        |row| stored(row, || id.to_string(), row::decode_promotion_code),
    )
}

/// An active promotion code that has a code and that a customer, or anybody, could redeem. One for
/// everybody is in the way of every other, and every other of it.
pub(crate) fn find_rival(
    connection: &Connection,
    sandbox: SandboxId,
    code: &Code,
    customer: Option<&CustomerId>,
    now: Timestamp,
) -> rusqlite::Result<Option<PromotionCodeId>> {
    let sql = format!(
        "SELECT id FROM promotion_codes
         WHERE sandbox = ?1 AND code = ?2 AND (?3 IS NULL OR customer IS NULL OR customer = ?3)
             AND {IS_ACTIVE} LIMIT 1"
    );
    let customer = customer.map(CustomerId::as_str);
    let values = params![sandbox_column(sandbox), code.folded(), customer, now.as_seconds()];
    let mut statement = connection.prepare_cached(&sql)?;
    let id: Option<String> = statement.query_row(values, |row| row.get(0)).optional()?;
    Ok(id.map(|id| PromotionCodeId::from(id.as_str())))
}

/// Promotion codes, newest first.
pub(crate) fn list(
    connection: &Connection,
    sandbox: SandboxId,
    filter: &PromotionCodeFilter,
    page: PageRequest,
) -> Result<Page<PromotionCode>, StoreError> {
    let mut question = Question::about("promotion_codes", sandbox);
    question.created(filter.created);
    question.equal("code", filter.code.as_ref().map(|code| code.to_ascii_uppercase()));
    question.equal("coupon", filter.coupon.as_ref().map(ToString::to_string));
    question.equal("customer", filter.customer.as_ref().map(ToString::to_string));
    match filter.active {
        Some(true) => question.and(IS_ACTIVE, [filter.now.as_seconds().into()]),
        Some(false) => question.and(&format!("NOT {IS_ACTIVE}"), [filter.now.as_seconds().into()]),
        None => {}
    }
    if filter.is_for_account {
        question.nothing();
    }
    question.page(connection, page, row::decode_promotion_code)
}
