//! Operations on promotion codes.

mod create;
mod read;
mod update;

use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::Customer;
use paydesk_domain::promotion_code::PromotionCode;
use paydesk_domain::time::Timestamp;
use paydesk_store::Check;

/// A promotion code with what it refers to.
pub struct PromotionCodeView {
    /// The promotion code.
    pub promotion_code: PromotionCode,
    /// The Coupon it was made of, deleted or not.
    pub coupon: Coupon,
    /// Its customer; none where it has none, or one that was deleted.
    pub customer: Option<Customer>,
}

/// What must hold when a promotion code becomes active: nobody has its code.
fn no_rival(promotion_code: &PromotionCode, now: Timestamp) -> Check {
    let PromotionCode { code, customer, .. } = promotion_code.clone();
    Check::PromotionCodeHasNoRival { code, customer, now }
}
