//! How a cart is shipped: what the buyer can choose from, what that costs, and where it goes.

use super::Mode;
use super::collection::ShippingCountry;
use super::pricing::{AppliedRate, TaxAmount, taxes_of};
use super::refusal::ShippingRefusal;
use super::ui::UiMode;
use crate::address::Address;
use crate::catalog::Catalog;
use crate::id::{IdSource, ShippingRateId};
use crate::money::{Currency, Money, MoneyError};
use crate::shipping_rate::{NewShippingRate, ShippingRate};
use crate::time::Timestamp;

/// The most shipping rates that a buyer can choose from.
pub const SHIPPING_OPTIONS_MAX: usize = 5;

/// How a cart is shipped; nothing of it where nothing is shipped.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Shipping {
    /// What the buyer can choose from. Mirrors `shipping_options`.
    pub options: Vec<ShippingOption>,
    /// What is chosen: the first option until the buyer chooses another. Mirrors `shipping_cost`.
    pub cost: Option<ShippingCost>,
    /// Where it goes. Mirrors `collected_information.shipping_details`.
    pub details: Option<ShippingDetails>,
}

/// A shipping rate that the buyer can choose. Mirrors an entry of `shipping_options`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingOption {
    /// The rate.
    pub rate: ShippingRateId,
    /// What it costs, in the session's currency; zero or more.
    pub amount: Money,
}

/// What shipping costs. Mirrors Stripe's `shipping_cost`. Discounts never count for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingCost {
    /// The chosen rate.
    pub rate: ShippingRateId,
    /// What the rate costs, with the taxes that are inside.
    pub subtotal: Money,
    /// Its taxes.
    pub taxes: Vec<TaxAmount>,
    /// With the taxes that are on top.
    pub total: Money,
}

/// To whom and where a cart is shipped. Mirrors Stripe's `shipping_details`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingDetails {
    /// The name on the parcel.
    pub name: String,
    /// Where it goes; has a country and a first line.
    pub address: Address,
}

/// A shipping rate that a request names or writes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShippingChoice {
    /// A rate that exists.
    Existing(ShippingRateId),
    /// A rate made for this session: `shipping_rate_data`.
    Inline(NewShippingRate),
}

/// Options as a request describes them, and the rates that were made for them.
pub(super) struct ResolvedOptions {
    pub(super) options: Vec<ShippingOption>,
    pub(super) made: Vec<ShippingRate>,
}

impl ResolvedOptions {
    /// The options of an array. A rate that is among `before` may stay when it was archived
    /// meanwhile.
    pub(super) fn of(
        choices: Vec<ShippingChoice>,
        before: &[ShippingOption],
        currency: Currency,
        catalog: &Catalog,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Self, ShippingRefusal> {
        if choices.len() > SHIPPING_OPTIONS_MAX {
            return Err(ShippingRefusal::TooManyOptions);
        }
        let mut resolved = Self { options: Vec::new(), made: Vec::new() };
        for (index, choice) in choices.into_iter().enumerate() {
            let option = match choice {
                ShippingChoice::Existing(id) => {
                    let rate = catalog
                        .shipping_rate(&id)
                        .ok_or_else(|| ShippingRefusal::NoSuchRate { index, id: id.clone() })?;
                    if !rate.active && !before.iter().any(|option| option.rate == id) {
                        return Err(ShippingRefusal::RateInactive { index, id });
                    }
                    option_of(rate, index, currency)?
                }
                ShippingChoice::Inline(new) => {
                    let rate = new
                        .into_rate(now, ids)
                        .map_err(|reason| ShippingRefusal::RateData { index, reason })?;
                    let option = option_of(&rate, index, currency)?;
                    resolved.made.push(rate);
                    option
                }
            };
            if resolved.options.iter().any(|other| other.rate == option.rate) {
                return Err(ShippingRefusal::RateTwice { index, id: option.rate });
            }
            resolved.options.push(option);
        }
        Ok(resolved)
    }
}

fn option_of(
    rate: &ShippingRate,
    index: usize,
    currency: Currency,
) -> Result<ShippingOption, ShippingRefusal> {
    let amount =
        rate.amount_in(currency).ok_or(ShippingRefusal::OtherCurrency { index, currency })?;
    Ok(ShippingOption { rate: rate.id.clone(), amount })
}

impl ShippingOption {
    /// What it costs at these tax rates.
    pub(super) fn cost(&self, rates: &[AppliedRate]) -> Result<ShippingCost, MoneyError> {
        let taxes = taxes_of(self.amount, rates)?;
        let total = TaxAmount::on_top_of(self.amount, &taxes)?;
        Ok(ShippingCost { rate: self.rate.clone(), subtotal: self.amount, taxes, total })
    }
}

impl Shipping {
    /// The option that is chosen: the one that was, while it is there, else the first.
    pub(super) fn chosen(&self) -> Option<&ShippingOption> {
        let before = self.cost.as_ref().map(|cost| &cost.rate);
        let kept = self.options.iter().find(|option| Some(&option.rate) == before);
        kept.or(self.options.first())
    }

    /// Whether the cost follows from the options, and its total from the rest.
    pub(super) fn is_consistent(&self) -> bool {
        let chosen = self.chosen().map(|option| (&option.rate, option.amount));
        let cost = self.cost.as_ref().map(|cost| (&cost.rate, cost.subtotal));
        chosen == cost && self.cost.as_ref().is_none_or(ShippingCost::is_consistent)
    }
}

impl ShippingCost {
    /// All taxes, inside and on top: Stripe's `amount_tax`.
    #[must_use]
    pub fn tax(&self) -> Money {
        TaxAmount::sum(&self.taxes, self.total.currency())
    }

    fn is_consistent(&self) -> bool {
        TaxAmount::on_top_of(self.subtotal, &self.taxes) == Ok(self.total)
    }
}

impl ShippingDetails {
    /// Checks that the shop ships there.
    pub(super) fn check(&self, allowed: Option<&[ShippingCountry]>) -> Result<(), ShippingRefusal> {
        let (Some(allowed), Some(country)) = (allowed, self.address.country) else {
            return Ok(());
        };
        let includes = |code| allowed.iter().any(|allowed| allowed.code() == code);
        // `ZZ` stands for every country that has no code of its own there.
        let is_other = ShippingCountry::from_code(country.code()).is_none();
        if includes(country.code()) || (is_other && includes("ZZ")) {
            Ok(())
        } else {
            Err(ShippingRefusal::CountryNotAllowed(country))
        }
    }
}

/// Checks that sessions of this mode are shipped.
pub(super) fn check_mode(mode: Mode) -> Result<(), ShippingRefusal> {
    match mode {
        Mode::Payment => Ok(()),
        Mode::Subscription => Err(ShippingRefusal::NotInMode(mode)),
    }
}

/// Checks that the shop's server changes shipping where the session is shown: a hosted page asks
/// the buyer itself.
pub(super) fn check_ui_mode(
    ui_mode: UiMode,
    parameter: &'static str,
) -> Result<(), ShippingRefusal> {
    match ui_mode {
        UiMode::HostedPage => Err(ShippingRefusal::NotInUiMode { ui_mode, parameter }),
        UiMode::EmbeddedPage | UiMode::Elements | UiMode::Form => Ok(()),
    }
}
