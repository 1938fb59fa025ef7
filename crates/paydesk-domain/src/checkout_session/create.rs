//! Creating a session.

use std::sync::Arc;

use super::anchor_config::AnchorConfig;
use super::automatic_tax::AutomaticTax;
use super::cart_terms::{CartOnTerms, CartTerms};
use super::collection::{CheckedCart, CreateCollection};
use super::discount::DiscountChoice;
use super::line_item::{AdjustableQuantity, LineAmounts, LineItem, Quantity};
use super::line_rules::{InlineCatalog, PriceChoice, PricedLine, check_cart};
use super::permissions::Permissions;
use super::refusal::{LineRefusal, SessionRefusal};
use super::shipping::{Shipping, ShippingChoice};
use super::state::SessionState;
use super::subscription::SubscriptionTerms;
use super::ui::{Ui, UiMode, Urls};
use super::{CheckoutSession, Created, Mode, Revision, SessionDecision, expire, shipping};
use crate::catalog::Catalog;
use crate::customer::Customer;
use crate::event::EventData;
use crate::id::{CheckoutSessionId, IdSource, LineItemId, ObjectId, TaxRateId, fresh_secret};
use crate::metadata::{Metadata, MetadataChange};
use crate::money::Currency;
use crate::time::Timestamp;

/// A request to create a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateCheckoutSession {
    /// What completing it makes.
    pub mode: Mode,
    /// Where it is shown.
    pub ui_mode: UiMode,
    /// The addresses given.
    pub urls: Urls,
    /// The cart.
    pub line_items: Vec<NewLineItem>,
    /// The currency, where the request names it; else the first line's.
    pub currency: Option<Currency>,
    /// What is taken off; one entry at most.
    pub discounts: Vec<DiscountChoice>,
    /// See [`CheckoutSession::allow_promotion_codes`].
    pub allow_promotion_codes: Option<bool>,
    /// What the buyer can choose from for shipping.
    pub shipping_options: Vec<ShippingChoice>,
    /// Whether taxes follow from where the cart goes.
    pub automatic_tax: bool,
    /// What the subscription begins with, where the request says something of it.
    pub subscription: Option<SubscriptionTerms>,
    /// The day on which full periods begin, where it is given by the calendar.
    pub billing_cycle_anchor_config: Option<AnchorConfig>,
    /// Who may change what.
    pub permissions: Option<Permissions>,
    /// When it ends; a day from now where not given.
    pub expires_at: Option<Timestamp>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
    /// See [`CheckoutSession::client_reference_id`].
    pub client_reference_id: Option<String>,
    /// See [`CheckoutSession::customer_email`].
    pub customer_email: Option<String>,
    /// See [`CheckoutSession::locale`].
    pub locale: Option<String>,
    /// What it collects from the buyer.
    pub collection: CreateCollection,
}

/// A line that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLineItem {
    /// What it is to cost.
    pub price: Option<PriceChoice>,
    /// How many.
    pub quantity: Option<Quantity>,
    /// The rates its taxes are computed by.
    pub tax_rates: Vec<TaxRateId>,
    /// See [`LineItem::tax_rates_by_address`].
    pub tax_rates_by_address: bool,
    /// Whether and how far the buyer may change that.
    pub adjustable_quantity: Option<AdjustableQuantity>,
    /// Initial metadata.
    pub metadata: Option<MetadataChange>,
}

impl NewLineItem {
    /// The line and its Price.
    pub(super) fn into_priced(
        self,
        index: usize,
        ordinal: u32,
        catalog: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<PricedLine, SessionRefusal> {
        let choice = self.price.ok_or(LineRefusal::PriceMissing.at(index))?;
        let price = catalog.resolve(choice, ids).map_err(|reason| reason.at(index))?;
        let rates = catalog
            .tax_rates(&self.tax_rates, &[])
            .map_err(|reason| LineRefusal::TaxRates(reason).at(index))?;
        let (id, _) = LineItemId::fresh(ids);
        let line = LineItem {
            id,
            ordinal,
            price: price.id.clone(),
            quantity: self.quantity,
            adjustable_quantity: self.adjustable_quantity,
            tax_rates: self.tax_rates,
            tax_rates_by_address: self.tax_rates_by_address,
            metadata: Metadata::created(self.metadata.as_ref())
                .map_err(|reason| LineRefusal::Metadata(reason).at(index))?,
            amounts: LineAmounts::zero(price.currency),
        };
        PricedLine::checked(line, price, rates).map_err(|reason| reason.at(index))
    }
}

/// The lines of a new session, and its currency.
struct NewLines {
    lines: Vec<PricedLine>,
    currency: Currency,
    next_line_ordinal: u32,
}

impl NewLines {
    /// `currency` is the one that the request names; else it is that of the first line's Price.
    fn of(
        new: Vec<NewLineItem>,
        mut currency: Option<Currency>,
        inline: &mut InlineCatalog<'_>,
        ids: &mut dyn IdSource,
    ) -> Result<Self, SessionRefusal> {
        let mut lines = Vec::with_capacity(new.len());
        let mut next_line_ordinal: u32 = 0;
        for (index, line) in new.into_iter().enumerate() {
            let line = line.into_priced(index, next_line_ordinal, inline, ids)?;
            currency.get_or_insert(line.price.currency);
            next_line_ordinal = next_line_ordinal.saturating_add(1);
            lines.push(line);
        }
        match currency {
            Some(currency) if !lines.is_empty() => Ok(Self { lines, currency, next_line_ordinal }),
            _ => Err(SessionRefusal::NoLines),
        }
    }
}

impl CreateCheckoutSession {
    /// Decides on the session to be made, in live mode or test mode. `catalog` holds the Prices and
    /// Products the lines name, as far as they exist. `customer` is the one the request names, if
    /// it exists.
    ///
    /// # Errors
    /// [`SessionRefusal`]; nothing is made then.
    pub fn decide(
        self,
        catalog: &Catalog,
        customer: Option<&Customer>,
        livemode: bool,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<SessionDecision, SessionRefusal> {
        let ui = Ui::new(self.ui_mode, self.urls, fresh_secret(ids))?;
        check_permissions(self.permissions, self.ui_mode)?;
        let collection = self.collection.decide(self.mode, self.ui_mode, customer)?;
        let expires_at = expire::checked_expires_at(self.expires_at, now)?;
        let metadata = Metadata::created(self.metadata.as_ref())?;

        let mut inline = InlineCatalog::new(catalog, now);
        let NewLines { lines, currency, next_line_ordinal } =
            NewLines::of(self.line_items, self.currency, &mut inline, ids)?;
        check_cart(self.mode, currency, &lines)?;
        CheckedCart { mode: self.mode, currency, lines: &lines }
            .check_optional(&collection.optional_items, &inline)?;
        let discount = DiscountChoice::only(self.discounts)?
            .map(|choice| inline.discount(choice, customer.map(|customer| &customer.id), ids))
            .transpose()?;
        if !self.shipping_options.is_empty() {
            shipping::check_mode(self.mode)?;
        }
        let options = inline.shipping_options(self.shipping_options, &[], currency, ids)?;
        let subscription = self.subscription.map(|terms| {
            let by_calendar =
                self.billing_cycle_anchor_config.and_then(|config| config.next_after(now));
            let billing_cycle_anchor = terms.billing_cycle_anchor.or(by_calendar);
            SubscriptionTerms { billing_cycle_anchor, ..terms }
        });
        if let Some(terms) = &subscription {
            terms.check(self.mode, now)?;
        }
        let automatic_tax = if self.automatic_tax {
            Some(AutomaticTax::new(&collection, customer, catalog)?)
        } else {
            None
        };
        let terms = CartTerms {
            currency,
            discount,
            shipping: Shipping { options, ..Shipping::default() },
            automatic_tax,
            subscription: subscription.unwrap_or_default(),
            exemption: collection.tax_exemption(),
        };
        let CartOnTerms { terms, lines, totals } =
            terms.apply(lines, &[], &mut inline, now, ids)?;

        let (id, ordinal) = CheckoutSessionId::fresh_in(livemode, ids);
        let session = CheckoutSession {
            id,
            ordinal,
            created: now,
            expires_at,
            state: SessionState::Open,
            mode: self.mode,
            ui,
            currency,
            lines,
            next_line_ordinal,
            discount: terms.discount,
            shipping: terms.shipping,
            automatic_tax: terms.automatic_tax,
            subscription: terms.subscription,
            allow_promotion_codes: self.allow_promotion_codes,
            priced_at: now,
            totals,
            permissions: self.permissions,
            metadata,
            client_reference_id: self.client_reference_id,
            customer_email: self.customer_email,
            locale: self.locale,
            collection: Arc::new(collection),
            revision: Revision::FIRST,
        };
        Ok(SessionDecision::with_created(session, inline.into_created()))
    }
}

impl SessionDecision {
    /// A decision that also makes what a request wrote out, and tells of it.
    pub(super) fn with_created(session: CheckoutSession, created: Created) -> Self {
        let products = created.products.iter().cloned().map(EventData::ProductCreated);
        let prices = created.prices.iter().cloned().map(EventData::PriceCreated);
        let coupons = created.coupon.iter().cloned().map(EventData::CouponCreated);
        let events = products.chain(prices).chain(coupons).collect();
        Self { session, created, events }
    }
}

fn check_permissions(
    permissions: Option<Permissions>,
    ui_mode: UiMode,
) -> Result<(), SessionRefusal> {
    let says_shipping =
        permissions.is_some_and(|permissions| permissions.update_shipping_details.is_some());
    match ui_mode {
        UiMode::HostedPage | UiMode::Form if says_shipping => {
            Err(SessionRefusal::ShippingPermissionNotAllowed(ui_mode))
        }
        UiMode::HostedPage | UiMode::Form | UiMode::EmbeddedPage | UiMode::Elements => Ok(()),
    }
}
