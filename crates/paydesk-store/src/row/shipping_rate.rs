//! The row of a shipping rate.

use minicbor::{Decode, Encode};
use paydesk_domain::id::{Ordinal, ShippingRateId};
use paydesk_domain::money::Money;
use paydesk_domain::shipping_rate::{
    DeliveryEstimate, DeliveryTime, DeliveryUnit, FixedAmount, ShippingCurrencyOption, ShippingRate,
};
use paydesk_domain::time::Timestamp;

use super::catalog::TaxBehaviorRow;
use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
struct ShippingRateRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    active: bool,
    #[b(4)]
    display_name: &'b str,
    /// The amount in the rate's own currency, then those in others.
    #[b(5)]
    amounts: Vec<AmountRow<'b>>,
    #[n(6)]
    minimum: Option<DeliveryTimeRow>,
    #[n(7)]
    maximum: Option<DeliveryTimeRow>,
    /// Whether there is an estimate, with or without bounds.
    #[n(8)]
    is_estimated: bool,
    #[b(9)]
    metadata: Pairs<'b>,
    #[b(10)]
    tax_code: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct AmountRow<'b> {
    #[b(0)]
    currency: &'b str,
    #[n(1)]
    minor_units: i64,
    #[n(2)]
    tax_behavior: TaxBehaviorRow,
}

#[derive(Encode, Decode)]
struct DeliveryTimeRow {
    #[n(0)]
    unit: DeliveryUnitRow,
    #[n(1)]
    value: u32,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum DeliveryUnitRow {
    #[n(0)]
    BusinessDay,
    #[n(1)]
    Day,
    #[n(2)]
    Hour,
    #[n(3)]
    Month,
    #[n(4)]
    Week,
}

/// A shipping rate as bytes.
#[must_use]
pub fn encode_shipping_rate(rate: &ShippingRate) -> Vec<u8> {
    super::encode(&ShippingRateRow::from(rate))
}

/// A shipping rate from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_shipping_rate(bytes: &[u8]) -> Result<ShippingRate, StoreError> {
    let row: ShippingRateRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("shipping_rates", ""))?;
    let id = row.id;
    row.into_shipping_rate().map_err(|error| error.in_table("shipping_rates", id))
}

impl<'b> From<&'b ShippingRate> for ShippingRateRow<'b> {
    fn from(rate: &'b ShippingRate) -> Self {
        let own = ShippingCurrencyOption {
            amount: rate.fixed_amount.amount,
            tax_behavior: rate.tax_behavior,
        };
        let estimate = rate.delivery_estimate;
        Self {
            id: rate.id.as_str(),
            ordinal: rate.ordinal.get(),
            created: rate.created.as_seconds(),
            active: rate.active,
            display_name: &rate.display_name,
            amounts: std::iter::once(&own)
                .chain(&rate.fixed_amount.others)
                .map(AmountRow::from)
                .collect(),
            minimum: estimate.and_then(DeliveryEstimate::minimum).map(DeliveryTimeRow::from),
            maximum: estimate.and_then(DeliveryEstimate::maximum).map(DeliveryTimeRow::from),
            is_estimated: estimate.is_some(),
            metadata: super::metadata_pairs(&rate.metadata),
            tax_code: rate.tax_code.as_deref(),
        }
    }
}

impl ShippingRateRow<'_> {
    fn into_shipping_rate(self) -> Result<ShippingRate, RowError> {
        let mut amounts = self.amounts.into_iter().map(AmountRow::into_option);
        let own = amounts.next().ok_or_else(|| RowError("no amount".to_owned()))??;
        let [minimum, maximum] =
            [self.minimum, self.maximum].map(|time| time.map(DeliveryTimeRow::into_time));
        let estimate = DeliveryEstimate::new(minimum.transpose()?, maximum.transpose()?)
            .map_err(RowError::of)?;
        Ok(ShippingRate {
            id: ShippingRateId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            active: self.active,
            delivery_estimate: self.is_estimated.then_some(estimate),
            display_name: self.display_name.to_owned(),
            fixed_amount: FixedAmount {
                amount: own.amount,
                others: amounts.collect::<Result<_, _>>()?,
            },
            metadata: super::metadata(self.metadata),
            tax_behavior: own.tax_behavior,
            tax_code: self.tax_code.map(str::to_owned),
        })
    }
}

impl From<&ShippingCurrencyOption> for AmountRow<'_> {
    fn from(option: &ShippingCurrencyOption) -> Self {
        Self {
            currency: option.amount.currency().code(),
            minor_units: option.amount.minor_units(),
            tax_behavior: option.tax_behavior.into(),
        }
    }
}

impl AmountRow<'_> {
    fn into_option(self) -> Result<ShippingCurrencyOption, RowError> {
        let currency = super::currency(self.currency)?;
        if self.minor_units < 0 {
            return Err(RowError(format!("a negative amount in {currency}")));
        }
        Ok(ShippingCurrencyOption {
            amount: Money::new(self.minor_units, currency),
            tax_behavior: self.tax_behavior.into(),
        })
    }
}

impl From<DeliveryTime> for DeliveryTimeRow {
    fn from(time: DeliveryTime) -> Self {
        let unit = match time.unit {
            DeliveryUnit::BusinessDay => DeliveryUnitRow::BusinessDay,
            DeliveryUnit::Day => DeliveryUnitRow::Day,
            DeliveryUnit::Hour => DeliveryUnitRow::Hour,
            DeliveryUnit::Month => DeliveryUnitRow::Month,
            DeliveryUnit::Week => DeliveryUnitRow::Week,
        };
        Self { unit, value: time.value }
    }
}

impl DeliveryTimeRow {
    fn into_time(self) -> Result<DeliveryTime, RowError> {
        if self.value == 0 {
            return Err(RowError("a delivery time of nothing".to_owned()));
        }
        let unit = match self.unit {
            DeliveryUnitRow::BusinessDay => DeliveryUnit::BusinessDay,
            DeliveryUnitRow::Day => DeliveryUnit::Day,
            DeliveryUnitRow::Hour => DeliveryUnit::Hour,
            DeliveryUnitRow::Month => DeliveryUnit::Month,
            DeliveryUnitRow::Week => DeliveryUnit::Week,
        };
        Ok(DeliveryTime { unit, value: self.value })
    }
}
