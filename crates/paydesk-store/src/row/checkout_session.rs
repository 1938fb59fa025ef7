//! The row of a Checkout Session with its lines.

use std::sync::Arc;

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    Actor, AdjustableQuantity, CheckoutSession, Collection, LineAmounts, LineItem, Mode,
    PermissionGeneration, Permissions, Quantity, RedirectOnCompletion, Revision, SessionState,
    Shipping, SubscriptionTerms, Totals, Ui,
};
use paydesk_domain::id::{CheckoutSessionId, LineItemId, Ordinal, PriceId, TaxRateId};
use paydesk_domain::money::{Currency, Money};
use paydesk_domain::time::Timestamp;

use super::cart_amounts::{
    self, AutomaticTaxRow, DiscountRow, ShippingRow, SubscriptionRow, TaxAmountRow,
};
use super::session_collection::CollectionRow;
use super::{Pairs, RowError};
use crate::error::StoreError;

#[derive(Encode, Decode)]
pub(super) struct SessionRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[n(3)]
    expires_at: i64,
    #[n(4)]
    state: StateRow,
    #[n(5)]
    mode: ModeRow,
    #[b(6)]
    ui: UiRow<'b>,
    #[b(7)]
    currency: &'b str,
    #[b(8)]
    lines: Vec<LineRow<'b>>,
    #[n(9)]
    next_line_ordinal: u32,
    #[n(10)]
    amount_subtotal: i64,
    #[n(11)]
    amount_total: i64,
    #[n(12)]
    permissions: Option<PermissionsRow>,
    #[b(13)]
    metadata: Pairs<'b>,
    #[b(14)]
    client_reference_id: Option<&'b str>,
    #[b(15)]
    customer_email: Option<&'b str>,
    #[b(16)]
    locale: Option<&'b str>,
    #[n(17)]
    revision: u64,
    #[b(18)]
    discount: Option<DiscountRow<'b>>,
    #[n(19)]
    allow_promotion_codes: Option<bool>,
    #[n(20)]
    amount_discount: i64,
    #[n(21)]
    amount_tax: i64,
    #[b(22)]
    shipping: Option<ShippingRow<'b>>,
    #[n(23)]
    amount_shipping: i64,
    #[b(24)]
    subscription: Option<SubscriptionRow<'b>>,
    /// Nothing where the shop said nothing of it.
    #[b(25)]
    collection: Option<CollectionRow<'b>>,
    #[b(26)]
    automatic_tax: Option<AutomaticTaxRow<'b>>,
    #[n(27)]
    priced_at: i64,
}

#[derive(Encode, Decode)]
enum StateRow {
    #[n(0)]
    Open,
    #[n(1)]
    Expired(#[n(0)] i64),
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum ModeRow {
    #[n(0)]
    Payment,
    #[n(1)]
    Subscription,
}

#[derive(Encode, Decode)]
enum UiRow<'b> {
    #[n(0)]
    HostedPage {
        #[b(0)]
        success_url: &'b str,
        #[b(1)]
        cancel_url: Option<&'b str>,
        #[b(2)]
        page_secret: &'b str,
    },
    #[n(1)]
    EmbeddedPage {
        #[b(0)]
        return_url: Option<&'b str>,
        #[n(1)]
        redirect_on_completion: RedirectRow,
        #[b(2)]
        client_secret: &'b str,
    },
    #[n(2)]
    Elements {
        #[b(0)]
        return_url: Option<&'b str>,
        #[b(1)]
        client_secret: &'b str,
    },
    #[n(3)]
    Form {
        #[b(0)]
        return_url: Option<&'b str>,
        #[b(1)]
        success_url: Option<&'b str>,
        #[b(2)]
        cancel_url: Option<&'b str>,
        #[b(3)]
        client_secret: &'b str,
    },
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum RedirectRow {
    #[n(0)]
    Always,
    #[n(1)]
    IfRequired,
    #[n(2)]
    Never,
}

#[derive(Encode, Decode)]
struct LineRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u32,
    #[b(2)]
    price: &'b str,
    #[n(3)]
    quantity: Option<u64>,
    #[n(4)]
    adjustable_quantity: Option<AdjustableRow>,
    #[b(5)]
    metadata: Pairs<'b>,
    #[n(6)]
    amount_subtotal: i64,
    #[n(7)]
    amount_total: i64,
    #[b(8)]
    tax_rates: Vec<&'b str>,
    #[n(9)]
    amount_discount: i64,
    #[b(10)]
    taxes: Vec<TaxAmountRow<'b>>,
    #[n(11)]
    tax_rates_by_address: bool,
}

#[derive(Encode, Decode)]
pub(super) enum AdjustableRow {
    #[n(0)]
    Disabled,
    #[n(1)]
    Enabled(#[n(0)] u64, #[n(1)] u64),
}

#[derive(Encode, Decode)]
struct PermissionsRow {
    #[n(0)]
    is_nested: bool,
    #[n(1)]
    update_line_items: Option<ActorRow>,
    #[n(2)]
    update_shipping_details: Option<ActorRow>,
    #[n(3)]
    update_discounts: Option<ActorRow>,
}

#[derive(Encode, Decode)]
#[cbor(index_only)]
enum ActorRow {
    #[n(0)]
    ClientOnly,
    #[n(1)]
    ServerOnly,
}

/// A session as bytes.
#[must_use]
pub fn encode_checkout_session(session: &CheckoutSession) -> Vec<u8> {
    super::encode(&SessionRow::from(session))
}

/// A session from its bytes, checked against the domain's own idea of its totals.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_checkout_session(bytes: &[u8]) -> Result<CheckoutSession, StoreError> {
    let row: SessionRow<'_> =
        super::decode(bytes).map_err(|error| error.in_table("checkout_sessions", ""))?;
    let id = row.id;
    row.into_session().map_err(|error| error.in_table("checkout_sessions", id))
}

impl<'b> From<&'b CheckoutSession> for SessionRow<'b> {
    fn from(session: &'b CheckoutSession) -> Self {
        Self {
            id: session.id.as_str(),
            ordinal: session.ordinal.get(),
            created: session.created.as_seconds(),
            expires_at: session.expires_at.as_seconds(),
            state: match session.state {
                SessionState::Open => StateRow::Open,
                SessionState::Expired { at } => StateRow::Expired(at.as_seconds()),
            },
            mode: match session.mode {
                Mode::Payment => ModeRow::Payment,
                Mode::Subscription => ModeRow::Subscription,
            },
            ui: UiRow::from(&session.ui),
            currency: session.currency.code(),
            lines: session.lines.iter().map(LineRow::from).collect(),
            next_line_ordinal: session.next_line_ordinal,
            amount_subtotal: session.totals.amount_subtotal.minor_units(),
            amount_total: session.totals.amount_total.minor_units(),
            permissions: session.permissions.map(PermissionsRow::from),
            metadata: super::metadata_pairs(&session.metadata),
            client_reference_id: session.client_reference_id.as_deref(),
            customer_email: session.customer_email.as_deref(),
            locale: session.locale.as_deref(),
            revision: session.revision.get(),
            discount: session.discount.as_ref().map(DiscountRow::from),
            allow_promotion_codes: session.allow_promotion_codes,
            amount_discount: session.totals.amount_discount.minor_units(),
            amount_tax: session.totals.amount_tax.minor_units(),
            shipping: ShippingRow::of(&session.shipping),
            amount_shipping: session.totals.amount_shipping.minor_units(),
            priced_at: session.priced_at.as_seconds(),
            subscription: SubscriptionRow::of(&session.subscription),
            automatic_tax: session.automatic_tax.as_ref().map(AutomaticTaxRow::from),
            collection: CollectionRow::of(session),
        }
    }
}

impl SessionRow<'_> {
    pub(super) fn into_session(self) -> Result<CheckoutSession, RowError> {
        let currency = super::currency(self.currency)?;
        let mode = match self.mode {
            ModeRow::Payment => Mode::Payment,
            ModeRow::Subscription => Mode::Subscription,
        };
        let lines: Result<Vec<LineItem>, RowError> =
            self.lines.into_iter().map(|line| line.into_line(currency)).collect();
        let session = CheckoutSession {
            id: CheckoutSessionId::from(self.id),
            ordinal: Ordinal::new(self.ordinal),
            created: Timestamp::from_seconds(self.created),
            expires_at: Timestamp::from_seconds(self.expires_at),
            state: match self.state {
                StateRow::Open => SessionState::Open,
                StateRow::Expired(at) => SessionState::Expired { at: Timestamp::from_seconds(at) },
            },
            mode,
            ui: self.ui.into(),
            currency,
            lines: lines?,
            next_line_ordinal: self.next_line_ordinal,
            discount: self.discount.map(DiscountRow::into_discount).transpose()?,
            shipping: match self.shipping {
                Some(row) => row.into_shipping(currency)?,
                None => Shipping::default(),
            },
            subscription: self.subscription.map(SubscriptionTerms::from).unwrap_or_default(),
            automatic_tax: self
                .automatic_tax
                .map(AutomaticTaxRow::into_automatic_tax)
                .transpose()?,
            allow_promotion_codes: self.allow_promotion_codes,
            priced_at: Timestamp::from_seconds(self.priced_at),
            totals: Totals {
                amount_subtotal: Money::new(self.amount_subtotal, currency),
                amount_discount: Money::new(self.amount_discount, currency),
                amount_shipping: Money::new(self.amount_shipping, currency),
                amount_tax: Money::new(self.amount_tax, currency),
                amount_total: Money::new(self.amount_total, currency),
            },
            permissions: self.permissions.map(Permissions::from),
            metadata: super::metadata(self.metadata),
            client_reference_id: self.client_reference_id.map(str::to_owned),
            customer_email: self.customer_email.map(str::to_owned),
            locale: self.locale.map(str::to_owned),
            collection: Arc::new(match self.collection {
                Some(row) => row.into_collection()?,
                None => Collection::unsaid(mode),
            }),
            revision: Revision::new(self.revision),
        };
        if session.is_consistent() {
            Ok(session)
        } else {
            Err(RowError("the totals are not the sums of the lines".to_owned()))
        }
    }
}

impl<'b> From<&'b Ui> for UiRow<'b> {
    fn from(ui: &'b Ui) -> Self {
        match ui {
            Ui::HostedPage { success_url, cancel_url, page_secret } => {
                Self::HostedPage { success_url, cancel_url: cancel_url.as_deref(), page_secret }
            }
            Ui::EmbeddedPage { return_url, redirect_on_completion, client_secret } => {
                Self::EmbeddedPage {
                    return_url: return_url.as_deref(),
                    redirect_on_completion: match redirect_on_completion {
                        RedirectOnCompletion::Always => RedirectRow::Always,
                        RedirectOnCompletion::IfRequired => RedirectRow::IfRequired,
                        RedirectOnCompletion::Never => RedirectRow::Never,
                    },
                    client_secret,
                }
            }
            Ui::Elements { return_url, client_secret } => {
                Self::Elements { return_url: return_url.as_deref(), client_secret }
            }
            Ui::Form { return_url, success_url, cancel_url, client_secret } => Self::Form {
                return_url: return_url.as_deref(),
                success_url: success_url.as_deref(),
                cancel_url: cancel_url.as_deref(),
                client_secret,
            },
        }
    }
}

impl From<UiRow<'_>> for Ui {
    fn from(row: UiRow<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        match row {
            UiRow::HostedPage { success_url, cancel_url, page_secret } => Self::HostedPage {
                success_url: success_url.to_owned(),
                cancel_url: owned(cancel_url),
                page_secret: page_secret.to_owned(),
            },
            UiRow::EmbeddedPage { return_url, redirect_on_completion, client_secret } => {
                Self::EmbeddedPage {
                    return_url: owned(return_url),
                    redirect_on_completion: match redirect_on_completion {
                        RedirectRow::Always => RedirectOnCompletion::Always,
                        RedirectRow::IfRequired => RedirectOnCompletion::IfRequired,
                        RedirectRow::Never => RedirectOnCompletion::Never,
                    },
                    client_secret: client_secret.to_owned(),
                }
            }
            UiRow::Elements { return_url, client_secret } => Self::Elements {
                return_url: owned(return_url),
                client_secret: client_secret.to_owned(),
            },
            UiRow::Form { return_url, success_url, cancel_url, client_secret } => Self::Form {
                return_url: owned(return_url),
                success_url: owned(success_url),
                cancel_url: owned(cancel_url),
                client_secret: client_secret.to_owned(),
            },
        }
    }
}

impl<'b> From<&'b LineItem> for LineRow<'b> {
    fn from(line: &'b LineItem) -> Self {
        Self {
            id: line.id.as_str(),
            ordinal: line.ordinal,
            price: line.price.as_str(),
            quantity: line.quantity.map(Quantity::get),
            adjustable_quantity: line.adjustable_quantity.map(AdjustableRow::from),
            metadata: super::metadata_pairs(&line.metadata),
            amount_subtotal: line.amounts.subtotal.minor_units(),
            amount_total: line.amounts.total.minor_units(),
            tax_rates: line.tax_rates.iter().map(TaxRateId::as_str).collect(),
            tax_rates_by_address: line.tax_rates_by_address,
            amount_discount: line.amounts.discount.minor_units(),
            taxes: line.amounts.taxes.iter().map(TaxAmountRow::from).collect(),
        }
    }
}

impl From<AdjustableQuantity> for AdjustableRow {
    fn from(adjustable: AdjustableQuantity) -> Self {
        match adjustable {
            AdjustableQuantity::Disabled => Self::Disabled,
            AdjustableQuantity::Enabled { minimum, maximum } => Self::Enabled(minimum, maximum),
        }
    }
}

impl From<AdjustableRow> for AdjustableQuantity {
    fn from(row: AdjustableRow) -> Self {
        match row {
            AdjustableRow::Disabled => Self::Disabled,
            AdjustableRow::Enabled(minimum, maximum) => Self::Enabled { minimum, maximum },
        }
    }
}

impl LineRow<'_> {
    fn into_line(self, currency: Currency) -> Result<LineItem, RowError> {
        Ok(LineItem {
            id: LineItemId::from(self.id),
            ordinal: self.ordinal,
            price: PriceId::from(self.price),
            quantity: match self.quantity.map(Quantity::new) {
                Some(None) => return Err(RowError("a line has quantity 0".to_owned())),
                Some(quantity) => quantity,
                None => None,
            },
            adjustable_quantity: self.adjustable_quantity.map(AdjustableQuantity::from),
            tax_rates: self.tax_rates.into_iter().map(TaxRateId::from).collect(),
            tax_rates_by_address: self.tax_rates_by_address,
            metadata: super::metadata(self.metadata),
            amounts: LineAmounts {
                subtotal: Money::new(self.amount_subtotal, currency),
                discount: Money::new(self.amount_discount, currency),
                taxes: cart_amounts::taxes(self.taxes, currency)?,
                total: Money::new(self.amount_total, currency),
            },
        })
    }
}

impl From<Permissions> for PermissionsRow {
    fn from(permissions: Permissions) -> Self {
        Self {
            is_nested: permissions.generation == PermissionGeneration::Nested,
            update_line_items: permissions.update_line_items.map(ActorRow::from),
            update_shipping_details: permissions.update_shipping_details.map(ActorRow::from),
            update_discounts: permissions.update_discounts.map(ActorRow::from),
        }
    }
}

impl From<PermissionsRow> for Permissions {
    fn from(row: PermissionsRow) -> Self {
        Self {
            generation: if row.is_nested {
                PermissionGeneration::Nested
            } else {
                PermissionGeneration::Flat
            },
            update_line_items: row.update_line_items.map(Actor::from),
            update_shipping_details: row.update_shipping_details.map(Actor::from),
            update_discounts: row.update_discounts.map(Actor::from),
        }
    }
}

impl From<Actor> for ActorRow {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::ClientOnly => Self::ClientOnly,
            Actor::ServerOnly => Self::ServerOnly,
        }
    }
}

impl From<ActorRow> for Actor {
    fn from(row: ActorRow) -> Self {
        match row {
            ActorRow::ClientOnly => Self::ClientOnly,
            ActorRow::ServerOnly => Self::ServerOnly,
        }
    }
}
