//! Rules that hold for a cart however it came about: by creation or by an update.

use super::discount::{Discount, DiscountChoice};
use super::line_item::{AdjustableQuantity, LineItem, TAX_RATES_MAX};
use super::pricing::AppliedRate;
use super::refusal::{
    DiscountRefusal, LineRefusal, QuantityRefusal, SessionRefusal, ShippingRefusal,
    TaxRateUnusable, TaxRatesRefusal,
};
use super::shipping::{ResolvedOptions, ShippingChoice, ShippingOption};
use super::totals::Totals;
use super::{CheckoutSession, Created, Mode};
use crate::address::Address;
use crate::catalog::{
    Amount, Catalog, InlinePrice, InlineProductChoice, Price, Product, Recurring, Usage,
};
use crate::id::{CustomerId, IdSource, Ordinal, PriceId, ProductId, ShippingRateId, TaxRateId};
use crate::money::Currency;
use crate::shipping_rate::ShippingRate;
use crate::tax_rate::TaxRate;
use crate::tax_table::{TaxTable, TaxTableEntry};
use crate::time::Timestamp;

/// Lines of a session in payment mode.
pub const LINES_MAX: usize = 100;
/// Recurring lines of a session in subscription mode.
pub const RECURRING_LINES_MAX: usize = 20;
/// One-time lines of a session in subscription mode.
pub const ONE_TIME_LINES_MAX: usize = 20;

/// What a line is to cost: Stripe's `price` or `price_data`, of which one is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceChoice {
    /// A Price that exists.
    Existing(PriceId),
    /// A Price made for this line.
    Inline(InlinePrice),
}

/// What a request names, and what it writes out instead, collected while it is worked through.
pub(super) struct InlineCatalog<'a> {
    known: &'a Catalog,
    now: Timestamp,
    created: Created,
}

impl<'a> InlineCatalog<'a> {
    pub(super) fn new(known: &'a Catalog, now: Timestamp) -> Self {
        Self { known, now, created: Created::default() }
    }

    /// What was made.
    pub(super) fn into_created(self) -> Created {
        self.created
    }

    /// A Product that is known or was made.
    pub(super) fn product(&self, id: &ProductId) -> Option<&Product> {
        let made = self.created.products.iter().find(|product| product.id == *id);
        made.or_else(|| self.known.product(id))
    }

    /// A shipping rate that is known or was made.
    pub(super) fn shipping_rate(&self, id: &ShippingRateId) -> Option<&ShippingRate> {
        let made = self.created.shipping_rates.iter().find(|rate| rate.id == *id);
        made.or_else(|| self.known.shipping_rate(id))
    }

    /// Whether a tax rate is one of the country of an address, and in the United States of its
    /// state. Without an address none is.
    pub(super) fn is_rate_of(&self, rate: &TaxRateId, address: Option<&Address>) -> bool {
        let (Some(rate), Some(address)) = (self.known.tax_rate(rate), address) else {
            return false;
        };
        let same_state = match (&rate.state, &address.state) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            (None | Some(_), None | Some(_)) => false,
        };
        let is_by_state = address.country.is_some_and(|country| country.code() == "US");
        rate.country.is_some() && rate.country == address.country && (same_state || !is_by_state)
    }

    /// What automatic tax collects where.
    pub(super) fn tax_table(&self) -> Option<&'a TaxTable> {
        self.known.tax_table()
    }

    /// The rate of an entry of the tax table, which is made where it is not known yet.
    pub(super) fn table_rate(
        &mut self,
        entry: &TaxTableEntry,
        inclusive: bool,
        ids: &mut dyn IdSource,
    ) -> AppliedRate {
        let rate = entry.rate(inclusive, self.now, Ordinal::new(0));
        let applied = AppliedRate::from(&rate);
        let is_made = self.created.tax_rates.iter().any(|made| made.id == rate.id);
        if !is_made && self.known.tax_rate(&rate.id).is_none() {
            self.created.tax_rates.push(TaxRate { ordinal: ids.next_ordinal(), ..rate });
        }
        applied
    }

    /// The discount that a choice brings into a cart now.
    pub(super) fn discount(
        &mut self,
        choice: DiscountChoice,
        customer: Option<&CustomerId>,
        ids: &mut dyn IdSource,
    ) -> Result<Discount, DiscountRefusal> {
        let (discount, made) = choice.into_discount(self.known, customer, self.now, ids)?;
        self.created.coupon = made;
        Ok(discount)
    }

    /// The shipping options that a request describes; see [`ResolvedOptions::of`].
    pub(super) fn shipping_options(
        &mut self,
        choices: Vec<ShippingChoice>,
        before: &[ShippingOption],
        currency: Currency,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<ShippingOption>, ShippingRefusal> {
        let resolved = ResolvedOptions::of(choices, before, currency, self.known, self.now, ids)?;
        self.created.shipping_rates = resolved.made;
        Ok(resolved.options)
    }

    /// The Price that a new line, or a line that changes its Price, is to have.
    pub(super) fn resolve(
        &mut self,
        choice: PriceChoice,
        ids: &mut dyn IdSource,
    ) -> Result<Price, LineRefusal> {
        match choice {
            PriceChoice::Existing(id) => self.usable_price(id),
            PriceChoice::Inline(inline) => self.make(inline, ids),
        }
    }

    /// A Price a line has already, which may stay even when it was archived meanwhile.
    pub(super) fn kept(&self, id: &PriceId) -> Result<Price, LineRefusal> {
        let made = self.created.prices.iter().find(|price| price.id == *id);
        let price = made.or_else(|| self.known.price(id));
        price.cloned().ok_or_else(|| LineRefusal::NoSuchPrice(id.clone()))
    }

    /// A Price that exists and is active, as its Product is.
    pub(super) fn usable_price(&self, id: PriceId) -> Result<Price, LineRefusal> {
        let Some(price) = self.known.price(&id) else {
            return Err(LineRefusal::NoSuchPrice(id));
        };
        if !price.active {
            return Err(LineRefusal::PriceInactive(id));
        }
        if self.known.product(&price.product).is_some_and(|product| !product.active) {
            return Err(LineRefusal::ProductInactive(price.product.clone()));
        }
        Ok(price.clone())
    }

    /// The tax rates of a list. Those that are in it already may stay when they were archived
    /// meanwhile.
    pub(super) fn tax_rates(
        &self,
        ids: &[TaxRateId],
        before: &[TaxRateId],
    ) -> Result<Vec<AppliedRate>, TaxRatesRefusal> {
        if ids.len() > TAX_RATES_MAX {
            return Err(TaxRatesRefusal::TooMany);
        }
        let rate = |(index, id): (usize, &TaxRateId)| {
            let refused = |kind| TaxRatesRefusal::Unusable { index, id: id.clone(), kind };
            let rate = self.known.tax_rate(id).ok_or_else(|| refused(TaxRateUnusable::Missing))?;
            if !rate.active && !before.contains(id) {
                return Err(refused(TaxRateUnusable::Inactive));
            }
            if ids.iter().take(index).any(|other| other == id) {
                return Err(refused(TaxRateUnusable::Twice));
            }
            Ok(AppliedRate::from(rate))
        };
        ids.iter().enumerate().map(rate).collect()
    }

    fn make(&mut self, inline: InlinePrice, ids: &mut dyn IdSource) -> Result<Price, LineRefusal> {
        let product = match &inline.product {
            InlineProductChoice::Existing(id) => match self.known.product(id) {
                None => return Err(LineRefusal::NoSuchProduct(id.clone())),
                Some(product) if !product.active => {
                    return Err(LineRefusal::InlineProductInactive(id.clone()));
                }
                Some(product) => product.id.clone(),
            },
            InlineProductChoice::New(data) => {
                let product = data
                    .clone()
                    .into_product(self.now, ids)
                    .map_err(LineRefusal::ProductMetadata)?;
                let id = product.id.clone();
                self.created.products.push(product);
                id
            }
        };
        let price = inline.into_price(product, self.now, ids);
        self.created.prices.push(price.clone());
        Ok(price)
    }
}

/// A line as a request describes it, with the Price it is to have; its amounts are not computed
/// yet.
pub(super) struct PricedLine {
    pub(super) line: LineItem,
    pub(super) price: Price,
    /// The line's own tax rates.
    pub(super) rates: Vec<AppliedRate>,
}

impl PricedLine {
    /// A line and its Price, which must suit each other, with its tax rates.
    pub(super) fn checked(
        line: LineItem,
        price: Price,
        rates: Vec<AppliedRate>,
    ) -> Result<Self, LineRefusal> {
        match (&price.terms.usage, line.quantity) {
            (Usage::Licensed, None) => return Err(QuantityRefusal::Missing.into()),
            (Usage::Licensed, Some(quantity)) => {
                if let Some(adjustable) = line.adjustable_quantity {
                    adjustable.check(quantity)?;
                }
            }
            (Usage::Metered { .. }, Some(_)) => {
                return Err(QuantityRefusal::OfMetered(price.id).into());
            }
            (Usage::Metered { .. }, None) => {
                if matches!(line.adjustable_quantity, Some(AdjustableQuantity::Enabled { .. })) {
                    return Err(QuantityRefusal::AdjustableMetered(price.id).into());
                }
            }
        }
        let line = LineItem { price: price.id.clone(), ..line };
        Ok(Self { line, price, rates })
    }
}

/// Checks a whole cart: not empty, one currency, the mode's kinds of Price and numbers of lines,
/// one interval, and an amount that the buyer chooses on its own.
pub(super) fn check_cart(
    mode: Mode,
    currency: Currency,
    lines: &[PricedLine],
) -> Result<(), SessionRefusal> {
    if lines.is_empty() {
        return Err(SessionRefusal::NoLines);
    }
    let mut interval: Option<Recurring> = None;
    for (index, PricedLine { line, price, .. }) in lines.iter().enumerate() {
        let Some((amount, _)) = price.in_currency(currency) else {
            let mismatch =
                LineRefusal::CurrencyMismatch { expected: currency, actual: price.currency };
            return Err(mismatch.at(index));
        };
        if matches!(amount, Amount::Custom(_)) {
            check_custom_amount(line, lines.len()).map_err(|reason| reason.at(index))?;
        }
        let Some(recurring) = price.recurring else {
            continue;
        };
        if mode == Mode::Payment {
            return Err(LineRefusal::RecurringInPaymentMode.at(index));
        }
        if *interval.get_or_insert(recurring) != recurring {
            return Err(LineRefusal::MixedIntervals.at(index));
        }
    }
    check_counts(mode, lines.iter().map(|line| &line.price))
}

/// What the buyer pays for an amount of their choice is that amount: one unit of it, and nothing
/// besides.
fn check_custom_amount(line: &LineItem, lines: usize) -> Result<(), LineRefusal> {
    if lines > 1 {
        return Err(LineRefusal::CustomAmountNotAlone);
    }
    let is_adjustable =
        matches!(line.adjustable_quantity, Some(AdjustableQuantity::Enabled { .. }));
    if is_adjustable || line.quantity.is_some_and(|quantity| quantity.get() > 1) {
        return Err(QuantityRefusal::OfCustomAmount.into());
    }
    Ok(())
}

/// Checks how many lines of each kind there are, by their Prices.
pub(super) fn check_counts<'a>(
    mode: Mode,
    prices: impl Iterator<Item = &'a Price>,
) -> Result<(), SessionRefusal> {
    let (mut recurring, mut one_time) = (0_usize, 0_usize);
    for price in prices {
        let count = if price.recurring.is_some() { &mut recurring } else { &mut one_time };
        *count = count.saturating_add(1);
    }
    match mode {
        Mode::Payment if one_time > LINES_MAX => {
            Err(SessionRefusal::TooManyLines { mode, recurring: false, limit: LINES_MAX })
        }
        Mode::Payment => Ok(()),
        Mode::Subscription if recurring == 0 => Err(SessionRefusal::NoRecurringPrice),
        Mode::Subscription if recurring > RECURRING_LINES_MAX => {
            Err(SessionRefusal::TooManyLines { mode, recurring: true, limit: RECURRING_LINES_MAX })
        }
        Mode::Subscription if one_time > ONE_TIME_LINES_MAX => {
            Err(SessionRefusal::TooManyLines { mode, recurring: false, limit: ONE_TIME_LINES_MAX })
        }
        Mode::Subscription => Ok(()),
    }
}

impl CheckoutSession {
    /// Whether what is stored is what the rules would compute: totals of the lines, a line at
    /// least, creation ordinals below the next one. Asserted when a session is written and again
    /// when it is read.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let totals = Totals::of(self.currency, &self.lines, self.shipping.cost.as_ref());
        totals == Ok(self.totals)
            && !self.lines.is_empty()
            && self.lines.iter().all(|line| line.amounts.is_consistent())
            && self.shipping.is_consistent()
            && self.lines.iter().all(|line| line.ordinal < self.next_line_ordinal)
    }
}
