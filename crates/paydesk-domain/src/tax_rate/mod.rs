//! A tax rate: how many percent of an amount are tax, and whether they are in it or on top of it.

mod percentage;
mod tax_type;

use thiserror::Error;

pub use percentage::{Percentage, PercentageError};
pub use tax_type::TaxType;

use crate::address::Country;
use crate::event::EventData;
use crate::id::{IdSource, ObjectId, Ordinal, TaxRateId};
use crate::metadata::{Metadata, MetadataChange, MetadataRefusal};
use crate::time::Timestamp;

/// A tax rate. Mirrors Stripe's object of that name, as shops define it by hand.
///
/// How much it is and whether it is inclusive never change after creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRate {
    /// `txr_…`
    pub id: TaxRateId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Whether new carts may use it.
    pub active: bool,
    /// The country whose tax it is.
    pub country: Option<Country>,
    /// A note of the shop's, which buyers don't see.
    pub description: Option<String>,
    /// Shown to buyers, up to 50 characters.
    pub display_name: String,
    /// Whether the tax is in the amount; on top of it otherwise.
    pub inclusive: bool,
    /// A label of the shop's for whose tax it is, up to 50 characters.
    pub jurisdiction: Option<String>,
    /// The shop's own data.
    pub metadata: Metadata,
    /// How much of the taxed amount it is.
    pub percentage: Percentage,
    /// The state, province or region in the country, by its code without the country's.
    pub state: Option<String>,
    /// Which kind of tax it is.
    pub tax_type: Option<TaxType>,
}

/// A request to create a tax rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTaxRate {
    /// See [`TaxRate::active`].
    pub active: bool,
    /// See [`TaxRate::country`].
    pub country: Option<Country>,
    /// See [`TaxRate::description`].
    pub description: Option<String>,
    /// See [`TaxRate::display_name`].
    pub display_name: String,
    /// See [`TaxRate::inclusive`].
    pub inclusive: bool,
    /// See [`TaxRate::jurisdiction`].
    pub jurisdiction: Option<String>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
    /// See [`TaxRate::percentage`].
    pub percentage: Percentage,
    /// See [`TaxRate::state`].
    pub state: Option<String>,
    /// See [`TaxRate::tax_type`].
    pub tax_type: Option<TaxType>,
}

/// A request to update a tax rate; what was not sent stays, and nothing can be unset.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpdateTaxRate {
    /// Archive (`false`) or restore.
    pub active: Option<bool>,
    /// See [`TaxRate::country`].
    pub country: Option<Country>,
    /// See [`TaxRate::description`].
    pub description: Option<String>,
    /// See [`TaxRate::display_name`].
    pub display_name: Option<String>,
    /// See [`TaxRate::jurisdiction`].
    pub jurisdiction: Option<String>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
    /// See [`TaxRate::state`].
    pub state: Option<String>,
    /// See [`TaxRate::tax_type`].
    pub tax_type: Option<TaxType>,
}

/// Why a command on a tax rate is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TaxRateRefusal {
    /// Metadata beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
}

/// What a command on a tax rate comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRateDecision {
    /// The tax rate afterwards.
    pub tax_rate: TaxRate,
    /// What to tell; empty when nothing changed.
    pub events: Vec<EventData>,
}

impl CreateTaxRate {
    /// Decides on the tax rate to be made.
    ///
    /// # Errors
    /// [`TaxRateRefusal`]; nothing is made then.
    pub fn decide(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<TaxRateDecision, TaxRateRefusal> {
        let tax_rate = self.into_rate(now, ids)?;
        let events = vec![EventData::TaxRateCreated(tax_rate.clone())];
        Ok(TaxRateDecision { tax_rate, events })
    }

    /// The tax rate this describes.
    ///
    /// # Errors
    /// When its metadata is beyond the limits.
    pub fn into_rate(
        self,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<TaxRate, TaxRateRefusal> {
        let (id, ordinal) = TaxRateId::fresh(ids);
        Ok(TaxRate {
            id,
            ordinal,
            created: now,
            active: self.active,
            country: self.country,
            description: self.description,
            display_name: self.display_name,
            inclusive: self.inclusive,
            jurisdiction: self.jurisdiction,
            metadata: Metadata::created(self.metadata.as_ref())?,
            percentage: self.percentage,
            state: self.state,
            tax_type: self.tax_type,
        })
    }
}

impl UpdateTaxRate {
    /// Decides on the tax rate after the update.
    ///
    /// # Errors
    /// [`TaxRateRefusal`]; the tax rate stays as it is then.
    pub fn decide(self, before: &TaxRate) -> Result<TaxRateDecision, TaxRateRefusal> {
        let tax_rate = self.changed(before.clone())?;
        let mut events = Vec::new();
        if tax_rate != *before {
            let (tax_rate, previous) = (tax_rate.clone(), before.clone());
            events.push(EventData::TaxRateUpdated { tax_rate, previous });
        }
        Ok(TaxRateDecision { tax_rate, events })
    }

    fn changed(self, before: TaxRate) -> Result<TaxRate, TaxRateRefusal> {
        Ok(TaxRate {
            active: self.active.unwrap_or(before.active),
            country: self.country.or(before.country),
            description: self.description.or(before.description),
            display_name: self.display_name.unwrap_or(before.display_name),
            jurisdiction: self.jurisdiction.or(before.jurisdiction),
            metadata: before.metadata.changed(self.metadata.as_ref())?,
            state: self.state.or(before.state),
            tax_type: self.tax_type.or(before.tax_type),
            id: before.id,
            ordinal: before.ordinal,
            created: before.created,
            inclusive: before.inclusive,
            percentage: before.percentage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::tests::CountingIds;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn germany() -> TaxRate {
        let create = CreateTaxRate {
            active: true,
            country: Country::from_code("DE"),
            description: None,
            display_name: "MwSt.".to_owned(),
            inclusive: true,
            jurisdiction: Some("DE".to_owned()),
            metadata: None,
            percentage: Percentage::parse("19").unwrap(),
            state: None,
            tax_type: TaxType::from_name("vat"),
        };
        create.into_rate(NOW, &mut CountingIds::default()).unwrap()
    }

    #[test]
    fn an_update_changes_what_it_names_and_nothing_else() {
        let nothing = UpdateTaxRate::default().decide(&germany()).unwrap();
        assert_eq!(nothing, TaxRateDecision { tax_rate: germany(), events: Vec::new() });
        let update = UpdateTaxRate {
            active: Some(false),
            state: Some("BY".to_owned()),
            ..UpdateTaxRate::default()
        };
        let expected = TaxRate { active: false, state: Some("BY".to_owned()), ..germany() };
        let decision = update.decide(&germany()).unwrap();
        assert_eq!(decision.tax_rate, expected);
        let updated = EventData::TaxRateUpdated { tax_rate: expected, previous: germany() };
        assert_eq!(decision.events, [updated]);
    }

    #[test]
    fn metadata_beyond_its_limits_is_refused() {
        let long = MetadataChange::Merge(vec![("k".repeat(41), Some("v".to_owned()))]);
        let update = UpdateTaxRate { metadata: Some(long), ..UpdateTaxRate::default() };
        let refusal = MetadataRefusal::KeyTooLong("k".repeat(41));
        assert_eq!(update.decide(&germany()), Err(TaxRateRefusal::Metadata(refusal)));
    }
}
