//! The rows of Products and Prices.

use minicbor::{Decode, Encode};
use paydesk_domain::catalog::{
    Interval, PackageDimensions, Price, Product, ProductDetails, ProductKind, ProductTaxDetails,
    Recurring, TaxBehavior,
};
use paydesk_domain::id::{Ordinal, PriceId, ProductId};
use paydesk_domain::time::Timestamp;

use super::price_terms::{OtherAmountRow, TermsRow, amount, amount_columns, terms, terms_row};
use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct ProductRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    updated: i64,
    #[n(4)]
    active: bool,
    #[b(5)]
    default_price: Option<&'b str>,
    #[b(6)]
    name: &'b str,
    #[b(7)]
    description: Option<&'b str>,
    #[b(8)]
    images: Vec<&'b str>,
    #[n(9)]
    shippable: Option<bool>,
    #[b(10)]
    statement_descriptor: Option<&'b str>,
    #[b(11)]
    tax_code: Option<&'b str>,
    #[b(12)]
    unit_label: Option<&'b str>,
    #[b(13)]
    url: Option<&'b str>,
    #[b(14)]
    metadata: Pairs<'b>,
    #[n(15)]
    is_inline: Option<bool>,
    #[n(16)]
    is_good: Option<bool>,
    #[b(17)]
    marketing_features: Option<Vec<&'b str>>,
    /// Height, length, weight, width.
    #[n(18)]
    package_dimensions: Option<(u64, u64, u64, u64)>,
    #[b(19)]
    tax_details: Option<TaxDetailsRow<'b>>,
}

#[derive(Encode, Decode)]
struct TaxDetailsRow<'b> {
    #[b(0)]
    performance_location: Option<&'b str>,
    #[b(1)]
    tax_code: Option<&'b str>,
}

#[derive(Encode, Decode)]
pub(super) struct PriceRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    active: bool,
    #[b(4)]
    product: &'b str,
    #[b(5)]
    currency: &'b str,
    /// Decimal text of minor units, exact; empty where the amount is another one.
    #[n(6)]
    unit_amount: String,
    #[n(7)]
    recurring: Option<RecurringRow>,
    #[n(8)]
    tax_behavior: TaxBehaviorRow,
    #[b(9)]
    lookup_key: Option<&'b str>,
    #[b(10)]
    nickname: Option<&'b str>,
    #[b(11)]
    metadata: Pairs<'b>,
    #[n(12)]
    is_inline: Option<bool>,
    #[n(13)]
    other_amount: Option<OtherAmountRow>,
    #[b(14)]
    terms: Option<TermsRow<'b>>,
}

#[derive(Encode, Decode)]
struct RecurringRow {
    #[n(0)]
    interval: IntervalRow,
    #[n(1)]
    interval_count: u32,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum IntervalRow {
    #[n(0)]
    Day,
    #[n(1)]
    Week,
    #[n(2)]
    Month,
    #[n(3)]
    Year,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
pub(super) enum TaxBehaviorRow {
    #[n(0)]
    Exclusive,
    #[n(1)]
    Inclusive,
    #[n(2)]
    Unspecified,
}

/// A Product as bytes.
#[must_use]
pub fn encode_product(product: &Product) -> Vec<u8> {
    super::encode(&ProductRow::from(product))
}

/// A Product from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_product(bytes: &[u8]) -> Result<Product, StoreError> {
    let row: ProductRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("products", ""))?;
    Ok(row.into_product())
}

/// A Price as bytes.
#[must_use]
pub fn encode_price(price: &Price) -> Vec<u8> {
    super::encode(&PriceRow::from(price))
}

/// A Price from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_price(bytes: &[u8]) -> Result<Price, StoreError> {
    let row: PriceRow<'_> = super::decode(bytes).map_err(|error| error.in_table("prices", ""))?;
    let id = row.id;
    row.into_price().map_err(|error| error.in_table("prices", id))
}

impl<'b> From<&'b Product> for ProductRow<'b> {
    fn from(product: &'b Product) -> Self {
        let details = &product.details;
        Self {
            id: product.id.as_str(),
            ordinal: product.ordinal.get(),
            created: product.created.as_seconds(),
            updated: product.updated.as_seconds(),
            active: product.active,
            default_price: product.default_price.as_ref().map(PriceId::as_str),
            name: &details.name,
            description: details.description.as_deref(),
            images: details.images.iter().map(String::as_str).collect(),
            shippable: details.shippable,
            statement_descriptor: details.statement_descriptor.as_deref(),
            tax_code: details.tax_code.as_deref(),
            unit_label: details.unit_label.as_deref(),
            url: details.url.as_deref(),
            metadata: super::metadata_pairs(&product.metadata),
            is_inline: product.is_inline.then_some(true),
            is_good: (product.kind == ProductKind::Good).then_some(true),
            marketing_features: (!details.marketing_features.is_empty())
                .then(|| details.marketing_features.iter().map(String::as_str).collect()),
            package_dimensions: details
                .package_dimensions
                .map(|package| (package.height, package.length, package.weight, package.width)),
            tax_details: details.tax_details.as_ref().map(|details| TaxDetailsRow {
                performance_location: details.performance_location.as_deref(),
                tax_code: details.tax_code.as_deref(),
            }),
        }
    }
}

impl ProductRow<'_> {
    pub(super) fn into_product(self) -> Product {
        Product {
            id: ProductId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            updated: Timestamp::from_seconds(self.updated),
            active: self.active,
            is_inline: self.is_inline.unwrap_or(false),
            kind: if self.is_good == Some(true) { ProductKind::Good } else { ProductKind::Service },
            default_price: self.default_price.map(PriceId::from),
            details: ProductDetails {
                name: self.name.to_owned(),
                description: self.description.map(str::to_owned),
                images: self.images.into_iter().map(str::to_owned).collect(),
                shippable: self.shippable,
                statement_descriptor: self.statement_descriptor.map(str::to_owned),
                tax_code: self.tax_code.map(str::to_owned),
                unit_label: self.unit_label.map(str::to_owned),
                url: self.url.map(str::to_owned),
                marketing_features: self
                    .marketing_features
                    .into_iter()
                    .flatten()
                    .map(str::to_owned)
                    .collect(),
                package_dimensions: self.package_dimensions.map(
                    |(height, length, weight, width)| PackageDimensions {
                        height,
                        length,
                        weight,
                        width,
                    },
                ),
                tax_details: self.tax_details.map(|details| ProductTaxDetails {
                    performance_location: details.performance_location.map(str::to_owned),
                    tax_code: details.tax_code.map(str::to_owned),
                }),
            },
            metadata: super::metadata(self.metadata),
        }
    }
}

impl<'b> From<&'b Price> for PriceRow<'b> {
    fn from(price: &'b Price) -> Self {
        let (unit_amount, other_amount) = amount_columns(&price.amount);
        Self {
            id: price.id.as_str(),
            ordinal: price.ordinal.get(),
            created: price.created.as_seconds(),
            active: price.active,
            product: price.product.as_str(),
            currency: price.currency.code(),
            unit_amount,
            recurring: price.recurring.map(RecurringRow::from),
            tax_behavior: price.tax_behavior.into(),
            lookup_key: price.lookup_key.as_deref(),
            nickname: price.nickname.as_deref(),
            metadata: super::metadata_pairs(&price.metadata),
            is_inline: price.is_inline.then_some(true),
            other_amount,
            terms: terms_row(&price.terms),
        }
    }
}

impl PriceRow<'_> {
    pub(super) fn into_price(self) -> Result<Price, RowError> {
        Ok(Price {
            id: PriceId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            active: self.active,
            is_inline: self.is_inline.unwrap_or(false),
            product: ProductId::from(self.product),
            currency: super::currency(self.currency)?,
            amount: amount(&self.unit_amount, self.other_amount)?,
            terms: terms(self.terms)?,
            recurring: self.recurring.map(Recurring::from),
            tax_behavior: self.tax_behavior.into(),
            lookup_key: self.lookup_key.map(str::to_owned),
            nickname: self.nickname.map(str::to_owned),
            metadata: super::metadata(self.metadata),
        })
    }
}

impl From<Recurring> for RecurringRow {
    fn from(recurring: Recurring) -> Self {
        let interval = match recurring.interval {
            Interval::Day => IntervalRow::Day,
            Interval::Week => IntervalRow::Week,
            Interval::Month => IntervalRow::Month,
            Interval::Year => IntervalRow::Year,
        };
        Self { interval, interval_count: recurring.interval_count }
    }
}

impl From<RecurringRow> for Recurring {
    fn from(row: RecurringRow) -> Self {
        let interval = match row.interval {
            IntervalRow::Day => Interval::Day,
            IntervalRow::Week => Interval::Week,
            IntervalRow::Month => Interval::Month,
            IntervalRow::Year => Interval::Year,
        };
        Self { interval, interval_count: row.interval_count }
    }
}

impl From<TaxBehavior> for TaxBehaviorRow {
    fn from(behavior: TaxBehavior) -> Self {
        match behavior {
            TaxBehavior::Exclusive => Self::Exclusive,
            TaxBehavior::Inclusive => Self::Inclusive,
            TaxBehavior::Unspecified => Self::Unspecified,
        }
    }
}

impl From<TaxBehaviorRow> for TaxBehavior {
    fn from(row: TaxBehaviorRow) -> Self {
        match row {
            TaxBehaviorRow::Exclusive => Self::Exclusive,
            TaxBehaviorRow::Inclusive => Self::Inclusive,
            TaxBehaviorRow::Unspecified => Self::Unspecified,
        }
    }
}
