//! Parts of a session's row: what is taken off a cart and what comes on top.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{Discount, TaxAmount};
use paydesk_domain::id::{DiscountId, PromotionCodeId, TaxRateId};
use paydesk_domain::money::{Currency, Money};
use paydesk_domain::promotion_code::MinimumAmount;
use paydesk_domain::tax_rate::Percentage;
use paydesk_domain::time::Timestamp;

use super::RowError;
use super::coupon::CouponRow;

#[derive(Encode, Decode)]
pub(super) struct TaxAmountRow<'b> {
    #[b(0)]
    rate: &'b str,
    #[n(1)]
    ten_thousandths: u32,
    #[n(2)]
    inclusive: bool,
    #[n(3)]
    taxable: i64,
    #[n(4)]
    amount: i64,
}

#[derive(Encode, Decode)]
pub(super) struct DiscountRow<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    coupon: CouponRow<'b>,
    #[b(2)]
    promotion_code: Option<&'b str>,
    #[b(3)]
    minimum: Option<MinimumRow<'b>>,
    #[n(4)]
    start: i64,
}

/// The least subtotal in the promotion code's own currency, then those in others.
#[derive(Encode, Decode)]
struct MinimumRow<'b>(#[b(0)] (&'b str, i64), #[b(1)] Vec<(&'b str, i64)>);

impl<'b> From<&'b TaxAmount> for TaxAmountRow<'b> {
    fn from(tax: &'b TaxAmount) -> Self {
        Self {
            rate: tax.rate.as_str(),
            ten_thousandths: tax.percentage.ten_thousandths(),
            inclusive: tax.inclusive,
            taxable: tax.taxable.minor_units(),
            amount: tax.amount.minor_units(),
        }
    }
}

impl TaxAmountRow<'_> {
    pub(super) fn into_tax(self, currency: Currency) -> Result<TaxAmount, RowError> {
        let percentage = Percentage::from_ten_thousandths(self.ten_thousandths)
            .ok_or_else(|| RowError("a tax is more than its base".to_owned()))?;
        Ok(TaxAmount {
            rate: TaxRateId::from(self.rate),
            percentage,
            inclusive: self.inclusive,
            taxable: Money::new(self.taxable, currency),
            amount: Money::new(self.amount, currency),
        })
    }
}

impl<'b> From<&'b Discount> for DiscountRow<'b> {
    fn from(discount: &'b Discount) -> Self {
        let pair = |money: &Money| (money.currency().code(), money.minor_units());
        Self {
            id: discount.id.as_str(),
            coupon: CouponRow::from(&discount.coupon),
            promotion_code: discount.promotion_code.as_ref().map(PromotionCodeId::as_str),
            minimum: discount.minimum.as_ref().map(|minimum| {
                MinimumRow(pair(&minimum.amount), minimum.others.iter().map(pair).collect())
            }),
            start: discount.start.as_seconds(),
        }
    }
}

impl DiscountRow<'_> {
    pub(super) fn into_discount(self) -> Result<Discount, RowError> {
        let minimum = match self.minimum {
            None => None,
            Some(MinimumRow(amount, others)) => {
                let others: Result<Vec<Money>, RowError> = others.into_iter().map(money).collect();
                Some(MinimumAmount { amount: money(amount)?, others: others? })
            }
        };
        Ok(Discount {
            id: DiscountId::from(self.id),
            coupon: self.coupon.into_coupon()?,
            promotion_code: self.promotion_code.map(PromotionCodeId::from),
            minimum,
            start: Timestamp::from_seconds(self.start),
        })
    }
}

fn money((code, minor_units): (&str, i64)) -> Result<Money, RowError> {
    Ok(Money::new(minor_units, super::currency(code)?))
}
