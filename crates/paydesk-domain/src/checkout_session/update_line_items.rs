//! The heart of Paydesk: the whole `line_items` array, retransmitted.
//!
//! The array *is* the new cart, in its order. An entry with an `id` keeps that line and changes
//! only the fields it names; one without makes a new line; a line whose id is not in the array is
//! gone. Either all of it happens or nothing.

use std::collections::HashSet;

use super::CheckoutSession;
use super::create::NewLineItem;
use super::line_item::{AdjustableQuantity, LineItem, Quantity};
use super::line_rules::{InlineCatalog, PriceChoice, PricedLine, check_cart};
use super::refusal::{LineRefusal, SessionRefusal};
use crate::catalog::{Price, Usage};
use crate::id::{IdSource, LineItemId, TaxRateId};
use crate::metadata::MetadataChange;

/// One entry of the array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineItemEntry {
    /// The line it keeps; none for a new line.
    pub id: Option<LineItemId>,
    /// Another Price for the line, or the Price of a new one.
    pub price: Option<PriceChoice>,
    /// Another quantity.
    pub quantity: Option<Quantity>,
    /// Other tax rates; empty to have none of its own.
    pub tax_rates: Option<Vec<TaxRateId>>,
    /// Other bounds; [`AdjustableQuantity::Disabled`] lifts those set before.
    pub adjustable_quantity: Option<AdjustableQuantity>,
    /// Keys to set, delete, or all to clear.
    pub metadata: Option<MetadataChange>,
}

/// A cart after an update, checked but not yet computed.
pub(super) struct UpdatedLines {
    pub(super) lines: Vec<PricedLine>,
    pub(super) next_line_ordinal: u32,
}

impl CheckoutSession {
    /// The cart that `entries` describe.
    pub(super) fn updated_lines(
        &self,
        entries: Vec<LineItemEntry>,
        catalog: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<UpdatedLines, SessionRefusal> {
        self.check_ids(&entries)?;
        let mut next_line_ordinal = self.next_line_ordinal;
        let mut lines: Vec<PricedLine> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            let kept = self.lines.iter().find(|line| Some(&line.id) == entry.id.as_ref());
            let line = match kept {
                Some(before) => entry.apply_to(before, index, catalog, ids)?,
                None => {
                    let ordinal = next_line_ordinal;
                    next_line_ordinal = next_line_ordinal.saturating_add(1);
                    let new = entry.into_new_line();
                    new.into_priced(index, ordinal, catalog, ids)?
                }
            };
            lines.push(line);
        }
        check_cart(self.mode, self.currency, &lines)?;
        Ok(UpdatedLines { lines, next_line_ordinal })
    }

    /// The cart as it is, for its amounts to be computed anew.
    pub(super) fn kept_lines(
        &self,
        catalog: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<UpdatedLines, SessionRefusal> {
        let keep = |line: &LineItem| LineItemEntry::keeping(line.id.clone());
        self.updated_lines(self.lines.iter().map(keep).collect(), catalog, ids)
    }

    /// Every id in the array is a line of this session, and none stands there twice.
    fn check_ids(&self, entries: &[LineItemEntry]) -> Result<(), SessionRefusal> {
        let known: HashSet<&LineItemId> = self.lines.iter().map(|line| &line.id).collect();
        let mut seen = HashSet::new();
        for (index, entry) in entries.iter().enumerate() {
            let Some(id) = &entry.id else { continue };
            if !known.contains(id) {
                return Err(LineRefusal::UnknownId(id.clone()).at(index));
            }
            if !seen.insert(id) {
                return Err(LineRefusal::DuplicateId(id.clone()).at(index));
            }
        }
        Ok(())
    }
}

impl LineItemEntry {
    /// An entry that keeps a line as it is.
    #[must_use]
    pub const fn keeping(id: LineItemId) -> Self {
        Self {
            id: Some(id),
            price: None,
            quantity: None,
            tax_rates: None,
            adjustable_quantity: None,
            metadata: None,
        }
    }

    /// The line this entry keeps, with the fields it names changed.
    fn apply_to(
        self,
        before: &LineItem,
        index: usize,
        catalog: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<PricedLine, SessionRefusal> {
        let price =
            price_after(self.price, before, catalog, ids).map_err(|reason| reason.at(index))?;
        let tax_rates_by_address = before.tax_rates_by_address && self.tax_rates.is_none();
        let tax_rates = self.tax_rates.unwrap_or_else(|| before.tax_rates.clone());
        let rates = catalog
            .tax_rates(&tax_rates, &before.tax_rates)
            .map_err(|reason| LineRefusal::TaxRates(reason).at(index))?;
        let line = LineItem {
            tax_rates,
            tax_rates_by_address,
            quantity: match price.terms.usage {
                Usage::Licensed => self.quantity.or(before.quantity),
                Usage::Metered { .. } => self.quantity,
            },
            adjustable_quantity: self.adjustable_quantity.or(before.adjustable_quantity),
            metadata: before
                .metadata
                .changed(self.metadata.as_ref())
                .map_err(|reason| LineRefusal::Metadata(reason).at(index))?,
            ..before.clone()
        };
        PricedLine::checked(line, price, rates).map_err(|reason| reason.at(index))
    }

    fn into_new_line(self) -> NewLineItem {
        NewLineItem {
            price: self.price,
            quantity: self.quantity,
            tax_rates: self.tax_rates.unwrap_or_default(),
            tax_rates_by_address: false,
            adjustable_quantity: self.adjustable_quantity,
            metadata: self.metadata,
        }
    }
}

/// Naming the Price a line has already is keeping it, even when that Price serves this line alone
/// or was archived meanwhile: apps send back what they were shown.
fn price_after(
    choice: Option<PriceChoice>,
    before: &LineItem,
    catalog: &mut InlineCatalog<'_>,
    ids: &mut dyn IdSource,
) -> Result<Price, LineRefusal> {
    match choice {
        None => catalog.kept(&before.price),
        Some(PriceChoice::Existing(id)) if id == before.price => catalog.kept(&before.price),
        Some(choice) => catalog.resolve(choice, ids),
    }
}
