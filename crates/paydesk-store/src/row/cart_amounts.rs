//! Parts of a session's row: what is taken off a cart, what comes on top, and how it is shipped
//! and paid over time.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    AutomaticTax, AutomaticTaxStatus, Discount, MissingPaymentMethod, ProrationBehavior, Shipping,
    ShippingCost, ShippingDetails, ShippingOption, SubscriptionTerms, TaxAmount, TaxabilityReason,
    Trial,
};
use paydesk_domain::id::{DiscountId, PromotionCodeId, ShippingRateId, TaxRateId};
use paydesk_domain::money::{Currency, Money};
use paydesk_domain::promotion_code::MinimumAmount;
use paydesk_domain::tax_rate::Percentage;
use paydesk_domain::time::Timestamp;

use super::RowError;
use super::address::AddressRow;
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
    #[n(5)]
    reason: Option<ReasonRow>,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum ReasonRow {
    #[n(0)]
    StandardRated,
    #[n(1)]
    ReducedRated,
    #[n(2)]
    ZeroRated,
    #[n(3)]
    CustomerExempt,
    #[n(4)]
    ReverseCharge,
}

#[derive(Encode, Decode)]
pub(super) struct AutomaticTaxRow<'b> {
    #[b(0)]
    customer_address: Option<AddressRow<'b>>,
    #[n(1)]
    is_complete: bool,
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

#[derive(Encode, Decode)]
pub(super) struct ShippingRow<'b> {
    /// The rate and the amount of each option.
    #[b(0)]
    options: Vec<(&'b str, i64)>,
    #[b(1)]
    cost: Option<ShippingCostRow<'b>>,
    #[b(2)]
    details: Option<(&'b str, AddressRow<'b>)>,
}

#[derive(Encode, Decode)]
struct ShippingCostRow<'b> {
    #[b(0)]
    rate: &'b str,
    #[n(1)]
    subtotal: i64,
    #[b(2)]
    taxes: Vec<TaxAmountRow<'b>>,
    #[n(3)]
    total: i64,
}

#[derive(Encode, Decode)]
pub(super) struct SubscriptionRow<'b> {
    #[n(0)]
    trial: Option<TrialRow>,
    #[n(1)]
    missing_payment_method: Option<MissingRow>,
    #[n(2)]
    billing_cycle_anchor: Option<i64>,
    #[n(3)]
    prorates: Option<bool>,
    #[b(4)]
    default_tax_rates: Vec<&'b str>,
}

#[derive(Encode, Decode)]
enum TrialRow {
    #[n(0)]
    Days(#[n(0)] u32),
    #[n(1)]
    Until(#[n(0)] i64),
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum MissingRow {
    #[n(0)]
    Cancel,
    #[n(1)]
    CreateInvoice,
    #[n(2)]
    Pause,
}

impl<'b> From<&'b TaxAmount> for TaxAmountRow<'b> {
    fn from(tax: &'b TaxAmount) -> Self {
        Self {
            rate: tax.rate.as_str(),
            ten_thousandths: tax.percentage.ten_thousandths(),
            inclusive: tax.inclusive,
            taxable: tax.taxable.minor_units(),
            amount: tax.amount.minor_units(),
            reason: tax.reason.map(|reason| match reason {
                TaxabilityReason::StandardRated => ReasonRow::StandardRated,
                TaxabilityReason::ReducedRated => ReasonRow::ReducedRated,
                TaxabilityReason::ZeroRated => ReasonRow::ZeroRated,
                TaxabilityReason::CustomerExempt => ReasonRow::CustomerExempt,
                TaxabilityReason::ReverseCharge => ReasonRow::ReverseCharge,
            }),
        }
    }
}

impl<'b> From<&'b AutomaticTax> for AutomaticTaxRow<'b> {
    fn from(tax: &'b AutomaticTax) -> Self {
        Self {
            customer_address: tax.customer_address.as_ref().map(AddressRow::from),
            is_complete: tax.status == AutomaticTaxStatus::Complete,
        }
    }
}

impl AutomaticTaxRow<'_> {
    pub(super) fn into_automatic_tax(self) -> Result<AutomaticTax, RowError> {
        Ok(AutomaticTax {
            customer_address: self.customer_address.map(AddressRow::into_address).transpose()?,
            status: if self.is_complete {
                AutomaticTaxStatus::Complete
            } else {
                AutomaticTaxStatus::RequiresLocationInputs
            },
        })
    }
}

impl TaxAmountRow<'_> {
    fn into_tax(self, currency: Currency) -> Result<TaxAmount, RowError> {
        let percentage = Percentage::from_ten_thousandths(self.ten_thousandths)
            .ok_or_else(|| RowError("a tax is more than its base".to_owned()))?;
        Ok(TaxAmount {
            rate: TaxRateId::from(self.rate),
            percentage,
            inclusive: self.inclusive,
            taxable: Money::new(self.taxable, currency),
            amount: Money::new(self.amount, currency),
            reason: self.reason.map(|reason| match reason {
                ReasonRow::StandardRated => TaxabilityReason::StandardRated,
                ReasonRow::ReducedRated => TaxabilityReason::ReducedRated,
                ReasonRow::ZeroRated => TaxabilityReason::ZeroRated,
                ReasonRow::CustomerExempt => TaxabilityReason::CustomerExempt,
                ReasonRow::ReverseCharge => TaxabilityReason::ReverseCharge,
            }),
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

/// Taxes of a line or of shipping.
pub(super) fn taxes(
    rows: Vec<TaxAmountRow<'_>>,
    currency: Currency,
) -> Result<Vec<TaxAmount>, RowError> {
    rows.into_iter().map(|tax| tax.into_tax(currency)).collect()
}

impl<'b> ShippingRow<'b> {
    /// None where nothing is shipped.
    pub(super) fn of(shipping: &'b Shipping) -> Option<Self> {
        if *shipping == Shipping::default() {
            return None;
        }
        let option =
            |option: &'b ShippingOption| (option.rate.as_str(), option.amount.minor_units());
        Some(Self {
            options: shipping.options.iter().map(option).collect(),
            cost: shipping.cost.as_ref().map(|cost| ShippingCostRow {
                rate: cost.rate.as_str(),
                subtotal: cost.subtotal.minor_units(),
                taxes: cost.taxes.iter().map(TaxAmountRow::from).collect(),
                total: cost.total.minor_units(),
            }),
            details: shipping
                .details
                .as_ref()
                .map(|details| (&*details.name, AddressRow::from(&details.address))),
        })
    }

    pub(super) fn into_shipping(self, currency: Currency) -> Result<Shipping, RowError> {
        let option = |(rate, amount)| ShippingOption {
            rate: ShippingRateId::from(rate),
            amount: Money::new(amount, currency),
        };
        let cost = |cost: ShippingCostRow<'_>| {
            Ok::<_, RowError>(ShippingCost {
                rate: ShippingRateId::from(cost.rate),
                subtotal: Money::new(cost.subtotal, currency),
                taxes: taxes(cost.taxes, currency)?,
                total: Money::new(cost.total, currency),
            })
        };
        let details = |(name, address): (&str, AddressRow<'_>)| {
            let address = address.into_address()?;
            Ok::<_, RowError>(ShippingDetails { name: name.to_owned(), address })
        };
        Ok(Shipping {
            options: self.options.into_iter().map(option).collect(),
            cost: self.cost.map(cost).transpose()?,
            details: self.details.map(details).transpose()?,
        })
    }
}

impl<'b> SubscriptionRow<'b> {
    /// None where nothing was said.
    pub(super) fn of(terms: &'b SubscriptionTerms) -> Option<Self> {
        if *terms == SubscriptionTerms::default() {
            return None;
        }
        Some(Self {
            trial: terms.trial.map(|trial| match trial {
                Trial::Days(days) => TrialRow::Days(days),
                Trial::Until(end) => TrialRow::Until(end.as_seconds()),
            }),
            missing_payment_method: terms.missing_payment_method.map(|behavior| match behavior {
                MissingPaymentMethod::Cancel => MissingRow::Cancel,
                MissingPaymentMethod::CreateInvoice => MissingRow::CreateInvoice,
                MissingPaymentMethod::Pause => MissingRow::Pause,
            }),
            billing_cycle_anchor: terms.billing_cycle_anchor.map(Timestamp::as_seconds),
            prorates: terms
                .proration_behavior
                .map(|behavior| behavior == ProrationBehavior::CreateProrations),
            default_tax_rates: terms.default_tax_rates.iter().map(TaxRateId::as_str).collect(),
        })
    }
}

impl From<SubscriptionRow<'_>> for SubscriptionTerms {
    fn from(row: SubscriptionRow<'_>) -> Self {
        Self {
            trial: row.trial.map(|trial| match trial {
                TrialRow::Days(days) => Trial::Days(days),
                TrialRow::Until(end) => Trial::Until(Timestamp::from_seconds(end)),
            }),
            missing_payment_method: row.missing_payment_method.map(|behavior| match behavior {
                MissingRow::Cancel => MissingPaymentMethod::Cancel,
                MissingRow::CreateInvoice => MissingPaymentMethod::CreateInvoice,
                MissingRow::Pause => MissingPaymentMethod::Pause,
            }),
            billing_cycle_anchor: row.billing_cycle_anchor.map(Timestamp::from_seconds),
            proration_behavior: row.prorates.map(|prorates| {
                if prorates { ProrationBehavior::CreateProrations } else { ProrationBehavior::None }
            }),
            default_tax_rates: row.default_tax_rates.into_iter().map(TaxRateId::from).collect(),
        }
    }
}

fn money((code, minor_units): (&str, i64)) -> Result<Money, RowError> {
    Ok(Money::new(minor_units, super::currency(code)?))
}
