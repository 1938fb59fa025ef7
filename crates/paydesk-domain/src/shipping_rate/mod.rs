//! A shipping rate: what shipping an order costs and how long it takes.

mod delivery_estimate;
mod fixed_amount;

use thiserror::Error;

pub use delivery_estimate::{DeliveryEstimate, DeliveryTime, DeliveryUnit, MinimumAboveMaximum};
pub use fixed_amount::{
    FixedAmount, ShippingCurrencyOption, ShippingCurrencyOptionChange, ShippingCurrencyReason,
    ShippingCurrencyRefusal,
};

use crate::catalog::TaxBehavior;
use crate::id::{IdSource, ObjectId, Ordinal, ShippingRateId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// A shipping rate. Mirrors Stripe's object of that name, whose only `type` is `fixed_amount`.
///
/// What it costs, what it is called and how long it takes never change after creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingRate {
    /// `shr_…`
    pub id: ShippingRateId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Whether new carts may use it.
    pub active: bool,
    /// How long shipping takes.
    pub delivery_estimate: Option<DeliveryEstimate>,
    /// Shown to buyers, up to 100 characters.
    pub display_name: String,
    /// What it costs.
    pub fixed_amount: FixedAmount,
    /// The shop's own data.
    pub metadata: Metadata,
    /// How tax relates to the amount in the rate's own currency.
    pub tax_behavior: TaxBehavior,
    /// Which tax code shipping has, such as `txcd_92010001`.
    pub tax_code: Option<String>,
}

/// A shipping rate to be made. Mirrors the parameters of Stripe's call, which are those of a
/// session's `shipping_rate_data` too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewShippingRate {
    /// See [`ShippingRate::delivery_estimate`].
    pub delivery_estimate: Option<DeliveryEstimate>,
    /// See [`ShippingRate::display_name`].
    pub display_name: String,
    /// See [`ShippingRate::fixed_amount`].
    pub fixed_amount: FixedAmount,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
    /// See [`ShippingRate::tax_behavior`].
    pub tax_behavior: TaxBehavior,
    /// See [`ShippingRate::tax_code`].
    pub tax_code: Option<String>,
}

/// A request to update a shipping rate; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateShippingRate {
    /// Archive (`false`) or restore.
    pub active: Option<bool>,
    /// Other currencies to add.
    pub currency_options: Vec<ShippingCurrencyOptionChange>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
    /// May be said once, while it is unspecified.
    pub tax_behavior: Option<TaxBehavior>,
}

/// Why a command on a shipping rate is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShippingRateRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// An entry of `currency_options`.
    #[error(transparent)]
    CurrencyOption(#[from] ShippingCurrencyRefusal),
    /// `tax_behavior` can't be changed once it is inclusive or exclusive.
    #[error("the tax behavior is fixed")]
    TaxBehaviorFixed,
}

impl ShippingRate {
    /// What it costs in a currency, where it has an amount in it.
    #[must_use]
    pub fn amount_in(&self, currency: Currency) -> Option<Money> {
        self.fixed_amount.in_currency(currency)
    }

    /// How tax relates to what it costs in a currency.
    #[must_use]
    pub fn tax_behavior_in(&self, currency: Currency) -> TaxBehavior {
        let others = &self.fixed_amount.others;
        let other = others.iter().find(|option| option.amount.currency() == currency);
        other.map_or(self.tax_behavior, |option| option.tax_behavior)
    }
}

impl NewShippingRate {
    /// The shipping rate this describes.
    ///
    /// # Errors
    /// When its metadata is beyond the limits.
    pub fn into_rate(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<ShippingRate, ShippingRateRefusal> {
        let (id, ordinal) = ShippingRateId::fresh(ids);
        Ok(ShippingRate {
            id,
            ordinal,
            created: now,
            active: true,
            delivery_estimate: self.delivery_estimate,
            display_name: self.display_name,
            fixed_amount: self.fixed_amount,
            metadata: Metadata::created(self.metadata.as_ref())?,
            tax_behavior: self.tax_behavior,
            tax_code: self.tax_code,
        })
    }
}

impl UpdateShippingRate {
    /// Decides on the shipping rate after the update. Stripe has no events about shipping rates.
    ///
    /// # Errors
    /// [`ShippingRateRefusal`]; the shipping rate stays as it is then.
    pub fn decide(self, before: &ShippingRate) -> Result<ShippingRate, ShippingRateRefusal> {
        Ok(ShippingRate {
            active: self.active.unwrap_or(before.active),
            fixed_amount: before.fixed_amount.clone().changed(self.currency_options)?,
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            tax_behavior: fixed_amount::said(before.tax_behavior, self.tax_behavior)
                .ok_or(ShippingRateRefusal::TaxBehaviorFixed)?,
            ..before.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    fn option(
        code: &str,
        amount: Option<i64>,
        tax_behavior: Option<TaxBehavior>,
    ) -> ShippingCurrencyOptionChange {
        ShippingCurrencyOptionChange { currency: currency(code), amount, tax_behavior }
    }

    /// Five dollars, or 4.50 euros with the tax inside.
    fn ground() -> ShippingRate {
        let euros = option("eur", Some(450), Some(TaxBehavior::Inclusive));
        let new = NewShippingRate {
            delivery_estimate: None,
            display_name: "Ground".to_owned(),
            fixed_amount: FixedAmount::new(Money::new(500, currency("usd")), vec![euros]).unwrap(),
            metadata: None,
            tax_behavior: TaxBehavior::Unspecified,
            tax_code: None,
        };
        new.into_rate(NOW, &mut CountingIds::default()).unwrap()
    }

    fn with_option(option: ShippingCurrencyOptionChange) -> UpdateShippingRate {
        UpdateShippingRate { currency_options: vec![option], ..UpdateShippingRate::default() }
    }

    #[test]
    fn a_rate_costs_what_it_says_in_each_of_its_currencies() {
        let rate = ground();
        assert!(rate.active);
        for (code, amount) in [("usd", Some(500)), ("eur", Some(450)), ("jpy", None)] {
            let found = rate.amount_in(currency(code)).map(Money::minor_units);
            assert_eq!(found, amount, "{code}");
        }
    }

    #[test]
    fn an_update_adds_currencies_and_keeps_the_others() {
        let after = with_option(option("gbp", Some(400), None)).decide(&ground()).unwrap();
        assert_eq!(after.amount_in(currency("gbp")), Some(Money::new(400, currency("gbp"))));
        assert_eq!(after.amount_in(currency("eur")), ground().amount_in(currency("eur")));
        let same = with_option(option("eur", Some(450), Some(TaxBehavior::Inclusive)));
        assert_eq!(same.decide(&ground()), Ok(ground()));
        assert_eq!(UpdateShippingRate::default().decide(&ground()), Ok(ground()));
    }

    #[test]
    fn what_a_rate_costs_in_a_currency_never_changes() {
        use ShippingCurrencyReason::{AmountFixed, AmountMissing, OwnCurrency, TaxBehaviorFixed};
        let exclusive = Some(TaxBehavior::Exclusive);
        let table = [
            (option("usd", Some(500), None), OwnCurrency),
            (option("eur", Some(451), None), AmountFixed),
            (option("eur", None, exclusive), TaxBehaviorFixed),
            (option("gbp", None, exclusive), AmountMissing),
        ];
        for (option, reason) in table {
            let refusal = ShippingCurrencyRefusal { currency: option.currency, reason };
            assert_eq!(with_option(option).decide(&ground()), Err(refusal.into()));
        }
    }

    #[test]
    fn the_tax_behavior_is_said_once() {
        let says = |tax_behavior| UpdateShippingRate {
            tax_behavior: Some(tax_behavior),
            ..UpdateShippingRate::default()
        };
        let said = says(TaxBehavior::Exclusive).decide(&ground()).unwrap();
        assert_eq!(said.tax_behavior, TaxBehavior::Exclusive);
        assert_eq!(says(TaxBehavior::Exclusive).decide(&said), Ok(said.clone()));
        let refusal = Err(ShippingRateRefusal::TaxBehaviorFixed);
        assert_eq!(says(TaxBehavior::Inclusive).decide(&said), refusal);
    }
}
