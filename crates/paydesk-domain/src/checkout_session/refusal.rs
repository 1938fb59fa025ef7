//! Why a command on a session is refused.

use thiserror::Error;

use super::collection::CollectionRefusal;
use super::state::Status;
use super::ui::{UiMode, UrlParameter};
use super::{Mode, Revision};
use crate::address::Country;
use crate::coupon::{CouponRefusal, CouponUnusable};
use crate::id::{
    CouponId, LineItemId, PriceId, ProductId, PromotionCodeId, ShippingRateId, TaxRateId,
};
use crate::metadata::MetadataRefusal;
use crate::money::{Currency, Money};
use crate::promotion_code::PromotionCodeUnusable;
use crate::shipping_rate::ShippingRateRefusal;
use crate::time::Timestamp;

/// Why a command on a session is refused, in the order in which the reasons are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SessionRefusal {
    /// Somebody else changed the session since the revision the request names.
    #[error("the session is at revision {}", .current.get())]
    RevisionMoved {
        /// Where it is.
        current: Revision,
    },
    /// The session is not open, so it can't be updated.
    #[error("only open sessions can be updated, not {}", .0.as_str())]
    NotUpdatable(Status),
    /// The session is not open, so it can't be expired.
    #[error("only open sessions can be expired, not {}", .0.as_str())]
    NotExpirable(Status),
    /// Lines were left to the browser by an explicit `client_only`.
    #[error("lines of this session are changed by the client only")]
    LineItemsClientOnly,
    /// An address the `ui_mode` needs is missing.
    #[error("{} is required", .parameter.as_str())]
    UrlMissing {
        /// Which.
        parameter: UrlParameter,
        /// For which `ui_mode`.
        ui_mode: UiMode,
    },
    /// An address has no meaning in the `ui_mode`.
    #[error("{} has no meaning here", .parameter.as_str())]
    UrlNotAllowed {
        /// Which.
        parameter: UrlParameter,
        /// In which `ui_mode`.
        ui_mode: UiMode,
    },
    /// `permissions.update_shipping_details` where the page itself collects the address.
    #[error("shipping details are collected by the page")]
    ShippingPermissionNotAllowed(UiMode),
    /// What it is to collect.
    #[error(transparent)]
    Collection(#[from] CollectionRefusal),
    /// `expires_at` is less than 30 minutes ahead.
    #[error("expires too soon")]
    ExpiresTooSoon {
        /// The earliest allowed.
        earliest: Timestamp,
    },
    /// `expires_at` is more than 24 hours ahead.
    #[error("expires too late")]
    ExpiresTooLate {
        /// The latest allowed.
        latest: Timestamp,
    },
    /// Metadata of the session beyond its limits.
    #[error(transparent)]
    Metadata(#[from] MetadataRefusal),
    /// The cart would be empty.
    #[error("a cart has at least one line")]
    NoLines,
    /// Something about the discount.
    #[error(transparent)]
    Discount(#[from] DiscountRefusal),
    /// Something about automatic tax.
    #[error(transparent)]
    AutomaticTax(#[from] AutomaticTaxRefusal),
    /// Something about shipping.
    #[error(transparent)]
    Shipping(#[from] ShippingRefusal),
    /// Something about the subscription.
    #[error(transparent)]
    Subscription(#[from] SubscriptionRefusal),
    /// Something about one line, counted from 0 in the request's array.
    #[error("line {index}: {reason}")]
    Line {
        /// Which line.
        index: usize,
        /// What is wrong with it.
        reason: LineRefusal,
    },
    /// More lines than the mode allows.
    #[error("at most {limit} lines")]
    TooManyLines {
        /// The mode whose limit it is.
        mode: Mode,
        /// Of which kind, in subscription mode.
        recurring: bool,
        /// How many are allowed.
        limit: usize,
    },
    /// A subscription without a recurring Price.
    #[error("a subscription needs a recurring price")]
    NoRecurringPrice,
    /// The total is positive and less than the currency's smallest charge.
    #[error("{total} is below {minimum}")]
    AmountTooSmall {
        /// The total.
        total: Money,
        /// The smallest charge.
        minimum: Money,
    },
    /// The total is no multiple of what the currency charges at least by.
    #[error("{total} is no multiple of {step}")]
    AmountNotChargeable {
        /// The total.
        total: Money,
        /// What it must be a multiple of.
        step: Money,
    },
    /// The total, or a step on the way to it, is more than the currency's largest charge.
    #[error("more than {maximum}")]
    AmountTooLarge {
        /// The largest charge.
        maximum: Money,
    },
}

/// Why a subscription can't begin so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubscriptionRefusal {
    /// `subscription_data` in another mode.
    #[error("no subscription in this mode")]
    NotInMode(Mode),
    /// A trial of no day, or of more than 730.
    #[error("a trial of {days} days")]
    TrialDays {
        /// How many were asked for.
        days: u32,
    },
    /// `trial_end` is less than two days ahead.
    #[error("the trial ends too soon")]
    TrialEndsTooSoon,
    /// A trial and `billing_cycle_anchor`.
    #[error("a trial and a billing cycle anchor")]
    TrialWithAnchor,
    /// An empty `trial_period_days`, but the trial was set by `trial_end`.
    #[error("the trial was set by its end")]
    TrialIsUntil,
    /// An empty `trial_end`, but the trial was set by `trial_period_days`.
    #[error("the trial was set by its days")]
    TrialIsDays,
    /// `billing_cycle_anchor` is not ahead.
    #[error("the billing cycle anchor has passed")]
    AnchorPassed,
    /// `billing_cycle_anchor` is later than the first period would end.
    #[error("the billing cycle anchor is later than {latest}")]
    AnchorTooLate {
        /// When the first period would end.
        latest: Timestamp,
    },
    /// `proration_behavior=none` and a line that is paid once.
    #[error("a one-time price where nothing is prorated")]
    OneTimeWithoutProration,
    /// Prorations and a Coupon that takes an amount off.
    #[error("prorations and an amount off")]
    ProrationWithAmountOff,
    /// Something about the default tax rates.
    #[error(transparent)]
    TaxRates(#[from] TaxRatesRefusal),
}

/// Why taxes can't follow from where the cart goes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AutomaticTaxRefusal {
    /// The operator gave no tax table.
    #[error("there is no tax table")]
    NoTable,
    /// A line has tax rates of its own.
    #[error("line {index} has tax rates of its own")]
    WithRates {
        /// Which line.
        index: usize,
    },
    /// The subscription has default tax rates.
    #[error("the subscription has default tax rates")]
    WithDefaultRates,
    /// The customer has no address that is enough, and is not asked for one.
    #[error("where the customer is taxed is not known")]
    CustomerLocation {
        /// Whether the session asks for an address for shipping.
        asks_shipping: bool,
    },
}

/// Why a session can't be shipped so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShippingRefusal {
    /// Shipping options in another mode than payment.
    #[error("no shipping options in this mode")]
    NotInMode(Mode),
    /// The page asks the buyer itself, so the shop's server does not.
    #[error("{parameter} is not updated in this ui mode")]
    NotInUiMode {
        /// Where the session is shown.
        ui_mode: UiMode,
        /// What was sent.
        parameter: &'static str,
    },
    /// More than five options.
    #[error("too many shipping options")]
    TooManyOptions,
    /// No such shipping rate.
    #[error("option {index}: no such shipping rate: {id}")]
    NoSuchRate {
        /// Which option.
        index: usize,
        /// What was named.
        id: ShippingRateId,
    },
    /// The shipping rate is archived.
    #[error("option {index}: shipping rate {id} is inactive")]
    RateInactive {
        /// Which option.
        index: usize,
        /// What was named.
        id: ShippingRateId,
    },
    /// The shipping rate is an option already.
    #[error("option {index}: shipping rate {id} is named twice")]
    RateTwice {
        /// Which option.
        index: usize,
        /// What was named.
        id: ShippingRateId,
    },
    /// The rate that `shipping_rate_data` describes can't be made.
    #[error("option {index}: {reason}")]
    RateData {
        /// Which option.
        index: usize,
        /// Why not.
        reason: ShippingRateRefusal,
    },
    /// The rate has no amount in the session's currency.
    #[error("option {index}: no amount in {currency}")]
    OtherCurrency {
        /// Which option.
        index: usize,
        /// The session's.
        currency: Currency,
    },
    /// The shop does not ship there.
    #[error("nothing is shipped to {0:?}")]
    CountryNotAllowed(Country),
}

/// What is wrong with the quantity of a line, or with the bounds the buyer has for it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuantityRefusal {
    /// A line without `quantity` whose Price is not metered.
    #[error("the line needs a quantity")]
    Missing,
    /// A quantity of a metered Price, whose units are counted later.
    #[error("price {0} is metered, so it has no quantity")]
    OfMetered(PriceId),
    /// An adjustable quantity of a metered Price.
    #[error("price {0} is metered, so its quantity can't be adjusted")]
    AdjustableMetered(PriceId),
    /// More than one of what the buyer chooses the amount of, or an adjustable quantity.
    #[error("an amount that the buyer chooses has quantity 1")]
    OfCustomAmount,
    /// The upper bound is beyond 999,999.
    #[error("maximum {maximum} is too large")]
    MaximumTooLarge {
        /// What was asked for.
        maximum: u64,
    },
    /// The lower bound is above the upper bound.
    #[error("minimum {minimum} is above maximum {maximum}")]
    BoundsCrossed {
        /// The lower bound.
        minimum: u64,
        /// The upper bound.
        maximum: u64,
    },
    /// The quantity is outside the line's own bounds.
    #[error("quantity {quantity} is not between {minimum} and {maximum}")]
    OutOfBounds {
        /// The quantity.
        quantity: u64,
        /// The lower bound.
        minimum: u64,
        /// The upper bound.
        maximum: u64,
    },
}

/// What is wrong with a list of tax rates.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TaxRatesRefusal {
    /// More than five.
    #[error("too many tax rates")]
    TooMany,
    /// Something about one of them, counted from 0.
    #[error("tax rate {index}, {id}: {kind}")]
    Unusable {
        /// Which.
        index: usize,
        /// What was named.
        id: TaxRateId,
        /// What is wrong with it.
        kind: TaxRateUnusable,
    },
}

/// Why a tax rate can't be in a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TaxRateUnusable {
    /// There is none of that id.
    #[error("does not exist")]
    Missing,
    /// It is archived.
    #[error("is inactive")]
    Inactive,
    /// It is in the list already.
    #[error("is named twice")]
    Twice,
}

/// Why a session can't have a discount.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DiscountRefusal {
    /// More than one.
    #[error("more than one discount")]
    TooMany,
    /// No such Coupon.
    #[error("no such coupon: {0}")]
    NoSuchCoupon(CouponId),
    /// The Coupon can't be redeemed.
    #[error("coupon {0} can't be redeemed: {1}")]
    CouponUnusable(CouponId, CouponUnusable),
    /// The Coupon that `coupon_data` describes can't be made.
    #[error(transparent)]
    CouponData(CouponRefusal),
    /// No such promotion code.
    #[error("no such promotion code: {0}")]
    NoSuchPromotionCode(PromotionCodeId),
    /// The promotion code can't be redeemed, or no longer for this cart.
    #[error("promotion code {0} can't be redeemed: {1}")]
    PromotionCodeUnusable(PromotionCodeId, PromotionCodeUnusable),
    /// An amount off, and none in the session's currency.
    #[error("the coupon has no amount in {0}")]
    OtherCurrency(Currency),
    /// None of the lines has a Product that the Coupon is limited to.
    #[error("the coupon applies to none of the lines")]
    AppliesToNothing,
    /// A line whose amount the buyer chooses.
    #[error("an amount that the buyer chooses has no discount")]
    OfCustomAmount,
    /// Buyers enter promotion codes themselves.
    #[error("the session allows promotion codes")]
    PromotionCodesAllowed,
    /// Discounts were left to the browser by an explicit `client_only`.
    #[error("discounts of this session are changed by the client only")]
    ClientOnly,
}

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineRefusal {
    /// No line of the session has this id.
    #[error("no such line: {0}")]
    UnknownId(LineItemId),
    /// The id stands twice in the array.
    #[error("line {0} is named twice")]
    DuplicateId(LineItemId),
    /// A new line without `price` or `price_data`.
    #[error("a new line needs a price")]
    PriceMissing,
    /// Something about its quantity.
    #[error(transparent)]
    Quantity(#[from] QuantityRefusal),
    /// No such Price.
    #[error("no such price: {0}")]
    NoSuchPrice(PriceId),
    /// The Price is archived, or was made for another line.
    #[error("price {0} is inactive")]
    PriceInactive(PriceId),
    /// Other lines besides one whose amount the buyer chooses.
    #[error("an amount that the buyer chooses stands alone")]
    CustomAmountNotAlone,
    /// No such Product.
    #[error("no such product: {0}")]
    NoSuchProduct(ProductId),
    /// The Product of the Price is archived.
    #[error("product {0} is inactive")]
    ProductInactive(ProductId),
    /// The Product that `price_data` names is archived.
    #[error("product {0} is inactive")]
    InlineProductInactive(ProductId),
    /// Something about its tax rates.
    #[error(transparent)]
    TaxRates(#[from] TaxRatesRefusal),
    /// Rates by the address, where the subscription has default tax rates.
    #[error("tax rates by the address, and default tax rates")]
    TaxRatesByAddressWithDefault,
    /// Metadata of the line beyond its limits.
    #[error(transparent)]
    Metadata(MetadataRefusal),
    /// Metadata of `product_data` beyond its limits.
    #[error(transparent)]
    ProductMetadata(MetadataRefusal),
    /// The Price is in another currency than the session.
    #[error("currency is {actual}, not {expected}")]
    CurrencyMismatch {
        /// The session's.
        expected: Currency,
        /// The Price's.
        actual: Currency,
    },
    /// A recurring Price in payment mode.
    #[error("recurring price in payment mode")]
    RecurringInPaymentMode,
    /// A recurring Price whose interval differs from an earlier line's.
    #[error("another interval than an earlier line")]
    MixedIntervals,
}

impl LineRefusal {
    pub(super) fn at(self, index: usize) -> SessionRefusal {
        SessionRefusal::Line { index, reason: self }
    }
}

impl SessionRefusal {
    /// More than can be charged. An amount that does not even fit 64 bits is one of these too.
    pub(super) const fn amount_too_large(currency: Currency) -> Self {
        Self::AmountTooLarge { maximum: Money::new(currency.maximum_charge(), currency) }
    }
}
