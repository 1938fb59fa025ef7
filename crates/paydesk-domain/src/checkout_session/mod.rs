//! A Checkout Session: a cart, how it will be paid, and for how long it is open.

mod anchor_config;
mod automatic_tax;
mod cart_terms;
mod collection;
mod create;
mod discount;
mod expire;
mod explanation;
mod line_item;
mod line_rules;
mod permissions;
mod pricing;
mod refusal;
mod shipping;
mod state;
mod subscription;
mod totals;
mod ui;
mod update;
mod update_line_items;

#[cfg(test)]
mod tests;

pub use anchor_config::AnchorConfig;
pub use automatic_tax::{AutomaticTax, AutomaticTaxStatus};
pub use collection::{
    AfterExpiration, AllowRedisplay, AskedDetails, AskedName, AskedText, BillingAddressCollection,
    BorderStyle, BrandImage, Branding, Buyer, CaptureMethod, CardBrand, CardFunding, CardOptions,
    CardRequest, CardRestrictions, Collection, CollectionParameter, CollectionRefusal, Color,
    ConsentCollection, CreateCollection, CreateOutcome, CustomAnswer, CustomField,
    CustomFieldRefusal, CustomText, CustomerCreation, CustomerUpdate, DropdownOption, FontFamily,
    InvoiceCreation, InvoiceText, KnownCustomer, LinkOptions, MetadataOf, NameCollection,
    OptionalItem, OriginContext, Outcome, Page, PaymentIntentData, PaymentMethodCollection,
    PaymentMethodType, PaymentMethods, PaymentShipping, PromotionsConsent, Recovery,
    ReuseAgreementPosition, SavedPaymentMethodOptions, SetupFutureUsage, ShippingCountry,
    SubmitType, SubscriptionData, Switch, TaxIdCollection, TaxIdRequired, TermsOfServiceConsent,
    ThreeDSecureRequest, UpdatePaymentIntentData, WalletDisplay, WithMetadata, WrittenKind,
};
pub use create::{CreateCheckoutSession, NewLineItem};
pub use discount::{Discount, DiscountChoice};
pub use expire::EXPIRES_AFTER_SECONDS_MAX;
pub use explanation::{ExplainedDiscount, ExplainedLine, Explanation, NextCharge};
pub use line_item::{AdjustableQuantity, LineAmounts, LineItem, Quantity, TAX_RATES_MAX};
pub use line_rules::{LINES_MAX, ONE_TIME_LINES_MAX, PriceChoice, RECURRING_LINES_MAX};
pub use permissions::{Actor, PermissionGeneration, Permissions};
pub use pricing::{Share, TaxAmount, TaxabilityReason};
pub use refusal::{
    AutomaticTaxRefusal, DiscountRefusal, LineRefusal, QuantityRefusal, SessionRefusal,
    ShippingRefusal, SubscriptionRefusal, TaxRateUnusable, TaxRatesRefusal,
};
pub use shipping::{
    SHIPPING_OPTIONS_MAX, Shipping, ShippingChoice, ShippingCost, ShippingDetails, ShippingOption,
};
pub use state::{SessionState, Status};
pub use subscription::{
    Due, MissingPaymentMethod, ProrationBehavior, SubscriptionTerms, TRIAL_DAYS_MAX, Trial,
    TrialChange,
};
pub use totals::Totals;
pub use ui::{RedirectOnCompletion, Ui, UiMode, UrlParameter, Urls};
pub use update::{IfMatch, UpdateCheckoutSession};
pub use update_line_items::LineItemEntry;

use std::sync::Arc;

use crate::catalog::{Catalog, Price, Product};
use crate::coupon::Coupon;
use crate::event::EventData;
use crate::id::{CheckoutSessionId, Ordinal, TaxRateId};
use crate::metadata::Metadata;
use crate::money::Currency;
use crate::shipping_rate::ShippingRate;
use crate::tax_rate::TaxRate;
use crate::time::Timestamp;

/// A Checkout Session. Mirrors Stripe's `checkout.session`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutSession {
    /// `cs_test_…` or `cs_live_…`
    pub id: CheckoutSessionId,
    /// Its place among objects of the same second.
    pub ordinal: Ordinal,
    /// When it was created.
    pub created: Timestamp,
    /// Until when it is open: from this second on it is expired, whether or not that was recorded.
    pub expires_at: Timestamp,
    /// Open or over.
    pub state: SessionState,
    /// What completing it makes.
    pub mode: Mode,
    /// Where it is shown, with the addresses and the secret that belong to that.
    pub ui: Ui,
    /// The one currency of all its amounts.
    pub currency: Currency,
    /// The cart, in the order the shop gave; never empty.
    pub lines: Vec<LineItem>,
    /// The creation ordinal of the next new line.
    pub next_line_ordinal: u32,
    /// What is taken off the lines.
    pub discount: Option<Discount>,
    /// How the cart is shipped.
    pub shipping: Shipping,
    /// That taxes follow from where the cart goes; none where they are given by rates.
    pub automatic_tax: Option<AutomaticTax>,
    /// What the subscription begins with; nothing of it in payment mode.
    pub subscription: SubscriptionTerms,
    /// Whether buyers may enter promotion codes, as far as the shop said.
    pub allow_promotion_codes: Option<bool>,
    /// When the amounts were computed, which decides how much of a period is due.
    pub priced_at: Timestamp,
    /// What the cart comes to; always the totals of [`Self::lines`].
    pub totals: Totals,
    /// Who may change what, as far as the shop said.
    pub permissions: Option<Permissions>,
    /// The shop's own data.
    pub metadata: Metadata,
    /// The shop's own reference, up to 200 characters.
    pub client_reference_id: Option<String>,
    /// The buyer's address for mail, where the shop knows it.
    pub customer_email: Option<String>,
    /// The language of the page, as one of Stripe's locale names.
    pub locale: Option<String>,
    /// What it collects from the buyer besides the payment. Shared by all that is made of the
    /// session: no change of the cart touches it.
    pub collection: Arc<Collection>,
    /// How many changes a client could see, the creation included.
    pub revision: Revision,
}

/// What completing a session makes. Mirrors Stripe's `mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One payment.
    Payment,
    /// A subscription, its first period paid at once.
    Subscription,
}

impl Mode {
    /// Stripe's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Subscription => "subscription",
        }
    }
}

/// Counts the changes of a session that a client can see; the creation is 1. Never decreases.
///
/// Sent as the `Paydesk-Revision` header. Metadata alone does not raise it, nor does an update that
/// changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(u64);

impl Revision {
    /// The revision of a session just created.
    pub const FIRST: Self = Self(1);

    /// The revision with this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a command on a session comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDecision {
    /// The session afterwards.
    pub session: CheckoutSession,
    /// What the request wrote out, to be made with it.
    pub created: Created,
    /// What to tell, in order.
    pub events: Vec<EventData>,
}

/// Objects that a request wrote out instead of naming them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Created {
    /// Of `price_data`.
    pub prices: Vec<Price>,
    /// Of `product_data`.
    pub products: Vec<Product>,
    /// Of `coupon_data`.
    pub coupon: Option<Coupon>,
    /// Of `shipping_rate_data`.
    pub shipping_rates: Vec<ShippingRate>,
    /// Of the tax table.
    pub tax_rates: Vec<TaxRate>,
}

impl Created {
    /// Adds all of it to a catalog.
    pub fn add_to(self, catalog: &mut Catalog) {
        catalog.extend(self.prices, self.products);
        catalog.add_coupons(self.coupon);
        catalog.add_shipping_rates(self.shipping_rates);
        catalog.add_tax_rates(self.tax_rates);
    }
}

impl CheckoutSession {
    /// The session as it is at `now`: due is expired, even before a timer has recorded it.
    #[must_use]
    pub fn observed_at(self, now: Timestamp) -> Self {
        match expire::due_expiry(&self, now) {
            Some(expired) => expired,
            None => self,
        }
    }

    /// Whether anything has to be paid now. Mirrors `payment_status` being other than
    /// `no_payment_required`.
    #[must_use]
    pub const fn has_amount_due(&self) -> bool {
        !self.totals.amount_total.is_zero()
    }

    /// The buyer's address for mail, as far as it is known: the one the shop gave, or that of the
    /// customer. Mirrors `customer_details.email`.
    #[must_use]
    pub fn buyer_email(&self) -> Option<&str> {
        let of_customer = || self.collection.buyer.customer()?.email.as_deref();
        self.customer_email.as_deref().or_else(of_customer)
    }

    /// The tax rates it refers to: those that its lines and the subscription are to have, and those
    /// its amounts were computed by. One may be there more than once.
    pub fn tax_rates(&self) -> impl Iterator<Item = &TaxRateId> {
        let of_lines = self.lines.iter().flat_map(|line| {
            line.tax_rates.iter().chain(line.amounts.taxes.iter().map(|tax| &tax.rate))
        });
        let of_shipping = self.shipping.cost.iter().flat_map(|cost| &cost.taxes);
        of_lines.chain(&self.subscription.default_tax_rates).chain(of_shipping.map(|tax| &tax.rate))
    }

    /// Whether somebody who sees the cart could tell this session from `other`: everything but
    /// metadata and the revision itself.
    fn differs_visibly_from(&self, other: &Self) -> bool {
        let lines_differ = self.lines.len() != other.lines.len()
            || self
                .lines
                .iter()
                .zip(&other.lines)
                .any(|(one, another)| one.differs_visibly_from(another));
        lines_differ
            || self.discount != other.discount
            || self.subscription != other.subscription
            || self.shipping != other.shipping
            || self.automatic_tax != other.automatic_tax
            || self.totals != other.totals
            || self.state != other.state
    }
}
