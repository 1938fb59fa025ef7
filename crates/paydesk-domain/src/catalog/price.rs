//! A Price: how much one unit of a Product costs, once or at an interval.

use thiserror::Error;

use super::amount::{Amount, CurrencyOptionChange, PriceTerms, TermsRefusal, merged};
use super::inline::InlineProduct;
use super::product::Product;
use crate::event::EventData;
use crate::id::{IdSource, ObjectId, Ordinal, PriceId, ProductId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::money::Currency;
use crate::patch::Patch;
use crate::time::Timestamp;

/// A Price. Mirrors Stripe's object of that name, in every billing scheme.
///
/// Currency, amount, interval and Product never change after creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// `price_…`
    pub id: PriceId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Whether new carts may use it; inline prices never may.
    pub active: bool,
    /// Whether it was made for one line item, by `price_data`. Such a Price serves that line only.
    pub is_inline: bool,
    /// What it is the price of.
    pub product: ProductId,
    /// Its currency.
    pub currency: Currency,
    /// What it charges in its currency.
    pub amount: Amount,
    /// How often it is charged; none for once (`type=one_time`).
    pub recurring: Option<Recurring>,
    /// What it says beyond that.
    pub terms: PriceTerms,
    /// How tax relates to the amount.
    pub tax_behavior: TaxBehavior,
    /// A name that is unique among active Prices and may be moved from one to another.
    pub lookup_key: Option<String>,
    /// A note to the shop itself.
    pub nickname: Option<String>,
    /// The shop's own data.
    pub metadata: Metadata,
}

/// How often a Price is charged: every `interval_count` intervals. Mirrors Stripe's `recurring`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// The unit.
    pub interval: Interval,
    /// How many of them, at least 1; the whole is at most three years.
    pub interval_count: u32,
}

/// The unit of a recurring interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Twenty-four hours.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Interval {
    /// The most intervals that three years hold.
    #[must_use]
    pub const fn count_max(self) -> u32 {
        match self {
            Self::Day => 1095,
            Self::Week => 156,
            Self::Month => 36,
            Self::Year => 3,
        }
    }
}

/// How tax relates to an amount. Mirrors Stripe's `tax_behavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TaxBehavior {
    /// Tax is added.
    Exclusive,
    /// Tax is inside.
    Inclusive,
    /// Not said yet; may be said once.
    #[default]
    Unspecified,
}

/// A request to create a Price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePrice {
    /// What it is the price of.
    pub product: NewPriceProduct,
    /// See [`Price::active`].
    pub active: bool,
    /// See [`Price::currency`].
    pub currency: Currency,
    /// See [`Price::amount`].
    pub amount: Amount,
    /// See [`Price::recurring`].
    pub recurring: Option<Recurring>,
    /// See [`Price::terms`]; what it says of other currencies is in `currency_options`.
    pub terms: PriceTerms,
    /// What it is in other currencies.
    pub currency_options: Vec<CurrencyOptionChange>,
    /// See [`Price::tax_behavior`].
    pub tax_behavior: TaxBehavior,
    /// See [`Price::lookup_key`].
    pub lookup_key: Option<String>,
    /// Take the lookup key from the Price that has it.
    pub transfer_lookup_key: bool,
    /// See [`Price::nickname`].
    pub nickname: Option<String>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

/// The Product of a new Price: one that exists, or one made with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewPriceProduct {
    /// Stripe's `product`.
    Existing(ProductId),
    /// Stripe's `product_data`.
    New(InlineProduct),
}

impl NewPriceProduct {
    /// The Product's id, where it is known before the Product is made.
    #[must_use]
    pub const fn id(&self) -> Option<&ProductId> {
        match self {
            Self::Existing(id) => Some(id),
            Self::New(data) => data.id.as_ref(),
        }
    }
}

/// A request to update a Price; what was not sent stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdatePrice {
    /// Archive (`false`) or restore.
    pub active: Option<bool>,
    /// See [`Price::lookup_key`].
    pub lookup_key: Patch<String>,
    /// Take the lookup key from the Price that has it.
    pub transfer_lookup_key: bool,
    /// See [`Price::nickname`].
    pub nickname: Patch<String>,
    /// May be said once, while it is unspecified.
    pub tax_behavior: Option<TaxBehavior>,
    /// Other currencies to add or change; [`Patch::Unset`] takes all of them away.
    pub currency_options: Patch<Vec<CurrencyOptionChange>>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// Why a command on a Price is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PriceRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// Metadata of the Product made with it beyond its limits.
    #[error("product_data: {0}")]
    ProductMetadata(MetadataRefusal),
    /// Its terms contradict each other.
    #[error(transparent)]
    Terms(#[from] TermsRefusal),
    /// The Product named does not exist.
    #[error("no such product: {0}")]
    NoSuchProduct(ProductId),
    /// The id given for the Product made with it is in use.
    #[error("product {0} exists already")]
    ProductIdTaken(ProductId),
    /// Another active Price has the lookup key and was not asked to hand it over.
    #[error("price {holder} already uses the lookup key {key}")]
    LookupKeyTaken {
        /// The key.
        key: String,
        /// Who has it.
        holder: PriceId,
    },
    /// The default Price of a Product can't be archived.
    #[error("price {0} is the default price of its product")]
    ArchivesDefaultPrice(PriceId),
    /// A Price made for a line item can't be activated for others.
    #[error("price {0} was made for one line item")]
    ActivatesInlinePrice(PriceId),
    /// `tax_behavior` can't be changed once it is inclusive or exclusive.
    #[error("the tax behavior is fixed")]
    TaxBehaviorFixed,
}

/// What a command on a Price comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceDecision {
    /// The Price afterwards.
    pub price: Price,
    /// Its Product, when that was made with it.
    pub created_product: Option<Product>,
    /// The Price that handed its lookup key over.
    pub previous_holder: Option<Price>,
    /// What to tell, in order; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl Price {
    /// The lookup key that no other Price may have now: an archived Price keeps its key but does
    /// not defend it.
    #[must_use]
    pub fn claimed_lookup_key(&self) -> Option<&str> {
        self.lookup_key.as_deref().filter(|_| self.active)
    }

    /// Refuses a Price that is archived though it is the default one of its Product.
    pub(crate) fn check_archived(&self, product: Option<&Product>) -> Result<(), PriceRefusal> {
        let is_default =
            product.is_some_and(|product| product.default_price.as_ref() == Some(&self.id));
        if !self.active && is_default {
            return Err(PriceRefusal::ArchivesDefaultPrice(self.id.clone()));
        }
        Ok(())
    }
}

impl CreatePrice {
    /// Decides on the Price to be made.
    ///
    /// `product` is the Product named or the one that has the id given for a new one; `holder` is
    /// the active Price that has the lookup key.
    ///
    /// # Errors
    /// [`PriceRefusal`]; nothing is made then.
    pub fn decide(
        self,
        product: Option<&Product>,
        holder: Option<&Price>,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<PriceDecision, PriceRefusal> {
        let (product, created_product) = match (self.product, product) {
            (NewPriceProduct::Existing(_), Some(product)) => (product.id.clone(), None),
            (NewPriceProduct::Existing(id), None) => return Err(PriceRefusal::NoSuchProduct(id)),
            (NewPriceProduct::New(_), Some(taken)) => {
                return Err(PriceRefusal::ProductIdTaken(taken.id.clone()));
            }
            (NewPriceProduct::New(data), None) => {
                let made = data.into_product(now, ids).map_err(PriceRefusal::ProductMetadata)?;
                (made.id.clone(), Some(made))
            }
        };
        let own = (self.currency, &self.amount);
        let terms = self.terms.with_currencies(own, self.recurring, self.currency_options)?;
        let (id, ordinal) = PriceId::fresh(ids);
        let price = Price {
            id,
            ordinal,
            created: now,
            active: self.active,
            is_inline: false,
            product,
            currency: self.currency,
            amount: self.amount,
            recurring: self.recurring,
            terms,
            tax_behavior: self.tax_behavior,
            lookup_key: self.lookup_key,
            nickname: self.nickname,
            metadata: Metadata::created(self.metadata.as_ref())?,
        };
        let handover = hand_over_lookup_key(&price, holder, self.transfer_lookup_key)?;
        let mut events: Vec<EventData> =
            created_product.clone().map(EventData::ProductCreated).into_iter().collect();
        events.extend(handover.event());
        events.push(EventData::PriceCreated(price.clone()));
        Ok(PriceDecision { price, created_product, previous_holder: handover.after, events })
    }
}

impl UpdatePrice {
    /// Decides on the Price after the update.
    ///
    /// `product` is the Price's Product; `holder` is the active Price that has the lookup key the
    /// Price would claim.
    ///
    /// # Errors
    /// [`PriceRefusal`]; the Price stays as it is then.
    pub fn decide(
        self,
        before: &Price,
        product: Option<&Product>,
        holder: Option<&Price>,
    ) -> Result<PriceDecision, PriceRefusal> {
        if self.active == Some(true) && before.is_inline {
            return Err(PriceRefusal::ActivatesInlinePrice(before.id.clone()));
        }
        if self.active == Some(false) {
            Price { active: false, ..before.clone() }.check_archived(product)?;
        }
        let tax_behavior = self.tax_behavior.unwrap_or(before.tax_behavior);
        if before.tax_behavior != TaxBehavior::Unspecified && tax_behavior != before.tax_behavior {
            return Err(PriceRefusal::TaxBehaviorFixed);
        }
        let options = before.terms.currency_options.clone();
        let currency_options = match self.currency_options {
            Patch::Keep => options,
            Patch::Unset => Vec::new(),
            Patch::Set(changes) => merged(options, (before.currency, &before.amount), changes)?,
        };
        let price = Price {
            terms: PriceTerms { currency_options, ..before.terms.clone() },
            active: self.active.unwrap_or(before.active),
            lookup_key: self.lookup_key.apply(before.lookup_key.clone()),
            nickname: self.nickname.apply(before.nickname.clone()),
            tax_behavior,
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            ..before.clone()
        };
        let handover = hand_over_lookup_key(&price, holder, self.transfer_lookup_key)?;
        let mut events: Vec<EventData> = handover.event().into_iter().collect();
        if price != *before {
            events.push(EventData::PriceUpdated { price: price.clone(), previous: before.clone() });
        }
        let previous_holder = handover.after;
        Ok(PriceDecision { price, created_product: None, previous_holder, events })
    }
}

/// The Price that loses its lookup key to another, before and after.
struct Handover {
    before: Option<Price>,
    after: Option<Price>,
}

impl Handover {
    fn event(&self) -> Option<EventData> {
        let (before, after) = (self.before.clone()?, self.after.clone()?);
        Some(EventData::PriceUpdated { price: after, previous: before })
    }
}

fn hand_over_lookup_key(
    price: &Price,
    holder: Option<&Price>,
    transfer: bool,
) -> Result<Handover, PriceRefusal> {
    let holder = holder.filter(|holder| {
        holder.id != price.id
            && holder.claimed_lookup_key().is_some()
            && holder.claimed_lookup_key() == price.claimed_lookup_key()
    });
    let Some(holder) = holder else {
        return Ok(Handover { before: None, after: None });
    };
    if !transfer {
        return Err(PriceRefusal::LookupKeyTaken {
            key: holder.lookup_key.clone().unwrap_or_default(),
            holder: holder.id.clone(),
        });
    }
    let after = Price { lookup_key: None, ..holder.clone() };
    Ok(Handover { before: Some(holder.clone()), after: Some(after) })
}
