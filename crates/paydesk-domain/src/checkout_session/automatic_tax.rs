//! Taxes that follow from where the cart goes, by the operator's tax table.

use super::collection::{Buyer, Collection};
use super::line_rules::{InlineCatalog, PricedLine};
use super::pricing::{AppliedRate, TaxabilityReason};
use super::refusal::AutomaticTaxRefusal;
use super::shipping::{ShippingDetails, ShippingOption};
use super::{Shipping, SubscriptionTerms};
use crate::address::Address;
use crate::catalog::{Catalog, TaxBehavior};
use crate::customer::{Customer, TaxExempt};
use crate::id::IdSource;
use crate::money::Currency;
use crate::tax_table::{TaxLocation, TaxPlace, TaxTable, TaxTableEntry};

/// Stripe's tax code of shipping, which a shipping rate without a code of its own has.
const SHIPPING_TAX_CODE: &str = "txcd_92010001";

/// That taxes are computed from where the cart goes. Mirrors `automatic_tax` where it is enabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutomaticTax {
    /// The customer's address when the session was created, which counts until an address for
    /// shipping is known; none where the buyer is to give one.
    pub customer_address: Option<Address>,
    /// Whether it is known where the cart goes.
    pub status: AutomaticTaxStatus,
}

/// Mirrors `automatic_tax.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutomaticTaxStatus {
    /// An address is missing, or is not enough: nothing is taxed yet.
    RequiresLocationInputs,
    /// All amounts are taxed as they are where the cart goes.
    Complete,
}

/// Where a cart is taxed, for whom.
struct TaxedAt<'a> {
    /// None where nothing is collected.
    place: Option<TaxPlace<'a>>,
    exemption: TaxExempt,
}

impl AutomaticTax {
    /// That of a new session.
    pub(super) fn new(
        collection: &Collection,
        customer: Option<&Customer>,
        catalog: &Catalog,
    ) -> Result<Self, AutomaticTaxRefusal> {
        let table = catalog.tax_table().ok_or(AutomaticTaxRefusal::NoTable)?;
        let asks_shipping = collection.details.shipping_countries.is_some();
        let saved = match (&collection.buyer, customer) {
            (Buyer::Customer(known), Some(customer)) => {
                let is_asked = known.update.address || (asks_shipping && known.update.shipping);
                let saved = Some(customer).filter(|_| !is_asked).and_then(Customer::tax_address);
                let is_usable = saved.is_some_and(|address| {
                    !matches!(table.location(address), TaxLocation::Incomplete)
                });
                if !is_asked && !is_usable {
                    return Err(AutomaticTaxRefusal::CustomerLocation { asks_shipping });
                }
                saved
            }
            _ => None,
        };
        let status = AutomaticTaxStatus::RequiresLocationInputs;
        Ok(Self { customer_address: saved.cloned(), status })
    }

    /// Where the cart is taxed, as far as that is known.
    #[must_use]
    pub fn address<'a>(&'a self, shipping: &'a Shipping) -> Option<&'a Address> {
        let to = |details: &'a ShippingDetails| &details.address;
        shipping.details.as_ref().map(to).or(self.customer_address.as_ref())
    }

    /// The same with its status, and where the cart is taxed; none of that while it is not known.
    fn located<'a>(
        &self,
        shipping: &Shipping,
        table: &'a TaxTable,
        exemption: TaxExempt,
    ) -> (Self, Option<TaxedAt<'a>>) {
        let location = self.address(shipping).map(|address| table.location(address));
        let place = match location {
            None | Some(TaxLocation::Incomplete) => None,
            Some(TaxLocation::NotCollecting) => Some(None),
            Some(TaxLocation::Place(place)) => Some(Some(place)),
        };
        let status = if place.is_some() {
            AutomaticTaxStatus::Complete
        } else {
            AutomaticTaxStatus::RequiresLocationInputs
        };
        let located = Self { status, ..self.clone() };
        (located, place.map(|place| TaxedAt { place, exemption }))
    }
}

/// Checks that nothing in a cart has tax rates of its own.
fn check_no_rates(
    lines: &[PricedLine],
    terms: &SubscriptionTerms,
) -> Result<(), AutomaticTaxRefusal> {
    if !terms.default_tax_rates.is_empty() {
        return Err(AutomaticTaxRefusal::WithDefaultRates);
    }
    match lines.iter().position(|line| !line.line.tax_rates.is_empty()) {
        Some(index) => Err(AutomaticTaxRefusal::WithRates { index }),
        None => Ok(()),
    }
}

/// A cart whose taxes may follow from where it goes.
pub(super) struct AutomaticallyTaxed<'a> {
    pub(super) automatic_tax: Option<AutomaticTax>,
    pub(super) exemption: TaxExempt,
    pub(super) shipping: &'a Shipping,
    pub(super) subscription: &'a SubscriptionTerms,
    pub(super) currency: Currency,
}

impl AutomaticallyTaxed<'_> {
    /// Gives every line its rate, and answers with what is known of the place and with the rates
    /// of shipping. Does nothing where taxes are given by rates.
    pub(super) fn rate(
        self,
        lines: &mut [PricedLine],
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<(Option<AutomaticTax>, Vec<AppliedRate>), AutomaticTaxRefusal> {
        let Some(automatic_tax) = self.automatic_tax else { return Ok((None, Vec::new())) };
        check_no_rates(lines, self.subscription)?;
        let table = inline.tax_table().ok_or(AutomaticTaxRefusal::NoTable)?;
        let (located, at) = automatic_tax.located(self.shipping, table, self.exemption);
        let Some(at) = at else { return Ok((Some(located), Vec::new())) };
        at.rate_lines(lines, self.currency, inline, ids);
        let chosen = self.shipping.chosen();
        let rates = chosen.map(|option| at.shipping_rates(option, self.currency, inline, ids));
        Ok((Some(located), rates.unwrap_or_default()))
    }
}

impl TaxedAt<'_> {
    /// Gives every line the rate of its product.
    fn rate_lines(
        &self,
        lines: &mut [PricedLine],
        currency: Currency,
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) {
        for line in lines {
            let behavior = line.price.in_currency(currency).map(|(_, behavior)| behavior);
            let product = inline.product(&line.price.product);
            let code = product.and_then(|product| product.details.tax_code.clone());
            line.rates = self.rates(behavior.unwrap_or_default(), code.as_deref(), inline, ids);
        }
    }

    /// The rates of the shipping option that is chosen.
    fn shipping_rates(
        &self,
        option: &ShippingOption,
        currency: Currency,
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Vec<AppliedRate> {
        let Some(rate) = inline.shipping_rate(&option.rate) else { return Vec::new() };
        let code = rate.tax_code.clone();
        let behavior = rate.tax_behavior_in(currency);
        let code = code.as_deref().unwrap_or(SHIPPING_TAX_CODE);
        self.rates(behavior, Some(code), inline, ids)
    }

    fn rates(
        &self,
        behavior: TaxBehavior,
        tax_code: Option<&str>,
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Vec<AppliedRate> {
        let entry = self.place.as_ref().and_then(|place| place.entry(tax_code));
        let Some(entry) = entry else { return Vec::new() };
        let inclusive = match behavior {
            TaxBehavior::Inclusive => true,
            TaxBehavior::Exclusive => false,
            TaxBehavior::Unspecified => entry.inclusive,
        };
        let rate = inline.table_rate(entry, inclusive, ids);
        vec![AppliedRate { reason: Some(self.reason(entry)), ..rate }]
    }

    fn reason(&self, entry: &TaxTableEntry) -> TaxabilityReason {
        match self.exemption {
            TaxExempt::Exempt => TaxabilityReason::CustomerExempt,
            TaxExempt::Reverse => TaxabilityReason::ReverseCharge,
            TaxExempt::None if entry.percentage.ten_thousandths() == 0 => {
                TaxabilityReason::ZeroRated
            }
            TaxExempt::None if entry.tax_code.is_some() => TaxabilityReason::ReducedRated,
            TaxExempt::None => TaxabilityReason::StandardRated,
        }
    }
}
