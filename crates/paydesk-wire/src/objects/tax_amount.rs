//! What a tax rate makes of a line, of shipping, or of a whole session.

use std::collections::BTreeMap;

use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, TaxAmount};
use paydesk_domain::id::TaxRateId;
use schemars::JsonSchema;
use serde::Serialize;

use super::Null;
use super::tax_rate::TaxRateObject;

/// A tax with its rate.
#[derive(JsonSchema, Serialize)]
pub(super) struct TaxAmountObject<'a> {
    amount: i64,
    rate: TaxRateObject<'a>,
    taxability_reason: Null,
    taxable_amount: Option<i64>,
}

impl<'a> TaxAmountObject<'a> {
    /// The taxes of a line or of shipping; their rates are those of the catalog.
    pub(super) fn of(taxes: &'a [TaxAmount], catalog: &'a Catalog) -> Vec<Self> {
        let object = |tax: &'a TaxAmount| {
            Self::new(&tax.rate, tax.amount.minor_units(), tax.taxable.minor_units(), catalog)
        };
        taxes.iter().filter_map(object).collect()
    }

    /// The taxes of a session, one for each rate, in the order in which they come up.
    pub(super) fn in_all(session: &'a CheckoutSession, catalog: &'a Catalog) -> Vec<Self> {
        let mut order: Vec<&TaxRateId> = Vec::new();
        let mut sums: BTreeMap<&TaxRateId, (i64, i64)> = BTreeMap::new();
        let of_lines = session.lines.iter().flat_map(|line| &line.amounts.taxes);
        let of_shipping = session.shipping.cost.iter().flat_map(|cost| &cost.taxes);
        for tax in of_lines.chain(of_shipping) {
            let (amount, taxable) = sums.entry(&tax.rate).or_insert_with(|| {
                order.push(&tax.rate);
                (0, 0)
            });
            *amount = amount.saturating_add(tax.amount.minor_units());
            *taxable = taxable.saturating_add(tax.taxable.minor_units());
        }
        let object = |rate: &'a TaxRateId| {
            let (amount, taxable) = sums.get(rate).copied()?;
            Self::new(rate, amount, taxable, catalog)
        };
        order.into_iter().filter_map(object).collect()
    }

    /// None where the rate was not read, which an answer that shows taxes always has done.
    fn new(rate: &TaxRateId, amount: i64, taxable: i64, catalog: &'a Catalog) -> Option<Self> {
        let rate = TaxRateObject::new(catalog.tax_rate(rate)?);
        Some(Self { amount, rate, taxability_reason: (), taxable_amount: Some(taxable) })
    }
}
