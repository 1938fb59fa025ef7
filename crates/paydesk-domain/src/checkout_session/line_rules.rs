//! Rules that hold for a cart however it came about: by creation or by an update.

use super::line_item::{LineAmounts, LineItem, Quantity};
use super::refusal::{LineRefusal, SessionRefusal};
use super::totals::Totals;
use super::{CheckoutSession, Mode};
use crate::catalog::{
    Amount, Catalog, InlinePrice, InlineProductChoice, Price, Product, Recurring, Usage,
};
use crate::id::{IdSource, PriceId};
use crate::money::{Currency, UnitAmount};
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

/// Prices and Products that a request writes out, collected while its lines are worked through.
pub(super) struct InlineCatalog<'a> {
    known: &'a Catalog,
    now: Timestamp,
    pub(super) prices: Vec<Price>,
    pub(super) products: Vec<Product>,
}

impl<'a> InlineCatalog<'a> {
    pub(super) const fn new(known: &'a Catalog, now: Timestamp) -> Self {
        Self { known, now, prices: Vec::new(), products: Vec::new() }
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
        let made = self.prices.iter().find(|price| price.id == *id);
        let price = made.or_else(|| self.known.price(id));
        price.cloned().ok_or_else(|| LineRefusal::NoSuchPrice(id.clone()))
    }

    fn usable_price(&self, id: PriceId) -> Result<Price, LineRefusal> {
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
                self.products.push(product);
                id
            }
        };
        let price = inline.into_price(product, self.now, ids);
        self.prices.push(price.clone());
        Ok(price)
    }
}

/// A line as a request describes it, with the Price it is to have.
pub(super) struct PricedLine {
    pub(super) line: LineItem,
    pub(super) price: Price,
}

impl PricedLine {
    /// Sets the amounts of a line from its Price and quantity.
    pub(super) fn compute(
        mut line: LineItem,
        price: Price,
        index: usize,
        currency: Currency,
    ) -> Result<Self, SessionRefusal> {
        let unit_amount = unit_amount_of(&price).map_err(|kind| {
            LineRefusal::PriceNotComputable { price: price.id.clone(), kind }.at(index)
        })?;
        line.price = price.id.clone();
        line.amounts = LineAmounts::of(unit_amount, line.quantity, price.currency)
            .map_err(|_overflow| SessionRefusal::amount_too_large(currency))?;
        Ok(Self { line, price })
    }
}

/// What of a Price a cart can't compute yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotComputable {
    /// `billing_scheme=tiered`
    Tiers,
    /// `custom_unit_amount`
    CustomUnitAmount,
    /// `transform_quantity`
    TransformQuantity,
    /// `usage_type=metered`
    Metered,
    /// `trial_period_days`
    Trial,
    /// The session's currency is not the Price's own, but one of its `currency_options`.
    CurrencyOption(Currency),
}

/// The price of one unit, of a Price that is computed by nothing else.
fn unit_amount_of(price: &Price) -> Result<UnitAmount, NotComputable> {
    let terms = &price.terms;
    let unit_amount = match &price.amount {
        Amount::PerUnit(unit_amount) => *unit_amount,
        Amount::Custom(_) => return Err(NotComputable::CustomUnitAmount),
        Amount::Tiered(_) => return Err(NotComputable::Tiers),
    };
    if terms.transform_quantity.is_some() {
        return Err(NotComputable::TransformQuantity);
    }
    if terms.usage != Usage::Licensed {
        return Err(NotComputable::Metered);
    }
    if terms.trial_period_days.is_some() {
        return Err(NotComputable::Trial);
    }
    Ok(unit_amount)
}

/// A line before its Price is known.
pub(super) fn check_quantity(line: &LineItem, index: usize) -> Result<(), SessionRefusal> {
    let quantity: Quantity = line.quantity;
    match line.adjustable_quantity {
        Some(adjustable) => adjustable.check(quantity).map_err(|reason| reason.at(index)),
        None => Ok(()),
    }
}

/// Checks a whole cart: not empty, one currency, the mode's kinds of Price and numbers of lines,
/// one interval, and a total that can be charged.
pub(super) fn check_cart(
    mode: Mode,
    currency: Currency,
    lines: &[PricedLine],
) -> Result<(), SessionRefusal> {
    if lines.is_empty() {
        return Err(SessionRefusal::NoLines);
    }
    let mut interval: Option<Recurring> = None;
    for (index, PricedLine { price, .. }) in lines.iter().enumerate() {
        if price.currency != currency {
            if price.terms.currency_options.iter().any(|option| option.currency == currency) {
                let kind = NotComputable::CurrencyOption(currency);
                let price = price.id.clone();
                return Err(LineRefusal::PriceNotComputable { price, kind }.at(index));
            }
            let mismatch =
                LineRefusal::CurrencyMismatch { expected: currency, actual: price.currency };
            return Err(mismatch.at(index));
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
    check_counts(mode, lines)
}

fn check_counts(mode: Mode, lines: &[PricedLine]) -> Result<(), SessionRefusal> {
    let recurring = lines.iter().filter(|line| line.price.recurring.is_some()).count();
    let one_time = lines.len().saturating_sub(recurring);
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

/// The chargeable totals of a checked cart.
pub(super) fn chargeable_totals(
    currency: Currency,
    lines: &[LineItem],
) -> Result<Totals, SessionRefusal> {
    Totals::of(currency, lines)
        .map_err(|_overflow| SessionRefusal::amount_too_large(currency))?
        .check_chargeable()
}

impl CheckoutSession {
    /// Whether what is stored is what the rules would compute: totals of the lines, a line at
    /// least, creation ordinals below the next one. Asserted when a session is written and again
    /// when it is read.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        let totals = Totals::of(self.currency, &self.lines);
        totals == Ok(self.totals)
            && !self.lines.is_empty()
            && self.lines.iter().all(|line| line.ordinal < self.next_line_ordinal)
    }
}
