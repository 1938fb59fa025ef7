//! Why a command on a session is refused.

use thiserror::Error;

use super::line_rules::NotComputable;
use super::state::Status;
use super::ui::{UiMode, UrlParameter};
use super::{Mode, Revision};
use crate::id::{LineItemId, PriceId, ProductId};
use crate::metadata::MetadataRefusal;
use crate::money::{Currency, Money};
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
    /// The total, or a step on the way to it, is more than the currency's largest charge.
    #[error("more than {maximum}")]
    AmountTooLarge {
        /// The largest charge.
        maximum: Money,
    },
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
    /// A new line without `quantity`.
    #[error("a new line needs a quantity")]
    QuantityMissing,
    /// No such Price.
    #[error("no such price: {0}")]
    NoSuchPrice(PriceId),
    /// The Price is archived, or was made for another line.
    #[error("price {0} is inactive")]
    PriceInactive(PriceId),
    /// The Price is of a kind that carts don't compute yet.
    #[error("price {price} can't be computed: {kind:?}")]
    PriceNotComputable {
        /// Which.
        price: PriceId,
        /// What of it.
        kind: NotComputable,
    },
    /// No such Product.
    #[error("no such product: {0}")]
    NoSuchProduct(ProductId),
    /// The Product of the Price is archived.
    #[error("product {0} is inactive")]
    ProductInactive(ProductId),
    /// The Product that `price_data` names is archived.
    #[error("product {0} is inactive")]
    InlineProductInactive(ProductId),
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
    /// The upper bound is beyond 999,999.
    #[error("maximum {maximum} is too large")]
    AdjustableMaximumTooLarge {
        /// What was asked for.
        maximum: u64,
    },
    /// The lower bound is above the upper bound.
    #[error("minimum {minimum} is above maximum {maximum}")]
    AdjustableBoundsCrossed {
        /// The lower bound.
        minimum: u64,
        /// The upper bound.
        maximum: u64,
    },
    /// The quantity is outside the line's own bounds.
    #[error("quantity {quantity} is not between {minimum} and {maximum}")]
    QuantityOutOfBounds {
        /// The quantity.
        quantity: u64,
        /// The lower bound.
        minimum: u64,
        /// The upper bound.
        maximum: u64,
    },
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
