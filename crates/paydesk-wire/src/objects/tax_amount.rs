//! What a tax rate makes of a line, of shipping, or of a whole session.

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, TaxAmount, TaxabilityReason};
use paydesk_domain::id::TaxRateId;
use schemars::JsonSchema;
use serde::Serialize;

use super::tax_rate::TaxRateObject;

/// A tax with its rate.
#[derive(JsonSchema, Serialize)]
pub(super) struct TaxAmountObject<'a> {
    amount: i64,
    rate: TaxRateObject<'a>,
    taxability_reason: Option<&'static str>,
    taxable_amount: Option<i64>,
}

/// What a rate makes of several lines together.
struct Sum {
    amount: i64,
    taxable: i64,
    reason: Option<TaxabilityReason>,
}

impl<'a> TaxAmountObject<'a> {
    /// The taxes of a line or of shipping; their rates are those of the catalog.
    pub(super) fn of(taxes: &'a [TaxAmount], catalog: &'a Catalog) -> Vec<Self> {
        taxes.iter().filter_map(|tax| Self::new(&tax.rate, &Sum::of(tax), catalog)).collect()
    }

    /// The taxes of a session, one for each rate and reason, in the order in which they come up.
    pub(super) fn in_all(session: &'a CheckoutSession, catalog: &'a Catalog) -> Vec<Self> {
        let mut sums: Vec<(&TaxRateId, Sum)> = Vec::new();
        let of_lines = session.lines.iter().flat_map(|line| &line.amounts.taxes);
        let of_shipping = session.shipping.cost.iter().flat_map(|cost| &cost.taxes);
        for tax in of_lines.chain(of_shipping) {
            let known =
                sums.iter_mut().find(|(rate, sum)| **rate == tax.rate && sum.reason == tax.reason);
            match known {
                Some((_, sum)) => sum.add(tax),
                None => sums.push((&tax.rate, Sum::of(tax))),
            }
        }
        sums.iter().filter_map(|(rate, sum)| Self::new(rate, sum, catalog)).collect()
    }

    /// None where the rate was not read, which an answer that shows taxes always has done.
    fn new(rate: &TaxRateId, sum: &Sum, catalog: &'a Catalog) -> Option<Self> {
        Some(Self {
            amount: sum.amount,
            rate: TaxRateObject::new(catalog.tax_rate(rate)?),
            taxability_reason: sum.reason.map(reason_name),
            taxable_amount: Some(sum.taxable),
        })
    }
}

impl Sum {
    const fn of(tax: &TaxAmount) -> Self {
        Self {
            amount: tax.amount.minor_units(),
            taxable: tax.taxable.minor_units(),
            reason: tax.reason,
        }
    }

    const fn add(&mut self, tax: &TaxAmount) {
        self.amount = self.amount.saturating_add(tax.amount.minor_units());
        self.taxable = self.taxable.saturating_add(tax.taxable.minor_units());
    }
}

/// Stripe's word for the reason of a tax.
pub(super) const fn reason_name(reason: TaxabilityReason) -> &'static str {
    match reason {
        TaxabilityReason::StandardRated => "standard_rated",
        TaxabilityReason::ReducedRated => "reduced_rated",
        TaxabilityReason::ZeroRated => "zero_rated",
        TaxabilityReason::CustomerExempt => "customer_exempt",
        TaxabilityReason::ReverseCharge => "reverse_charge",
    }
}
