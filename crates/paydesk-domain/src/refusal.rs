//! Every way a decision can say no.

use thiserror::Error;

use crate::catalog::{PriceRefusal, ProductRefusal};
use crate::checkout_session::SessionRefusal;
use crate::coupon::CouponRefusal;
use crate::customer::CustomerRefusal;
use crate::import::{ImportRefusal, ImportRefused};
use crate::promotion_code::PromotionCodeRefusal;
use crate::sandbox::{ClockRefusal, SandboxRefusal};
use crate::shipping_rate::ShippingRateRefusal;
use crate::tax_rate::TaxRateRefusal;
use crate::webhook_endpoint::WebhookEndpointRefusal;

/// Why a command changes nothing. The wire turns each into Stripe's type, code, `param` and
/// message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A command on a Product.
    #[error(transparent)]
    Product(#[from] ProductRefusal),
    /// A command on a Price.
    #[error(transparent)]
    Price(#[from] PriceRefusal),
    /// A command on a Coupon.
    #[error(transparent)]
    Coupon(#[from] CouponRefusal),
    /// A command on a shipping rate.
    #[error(transparent)]
    ShippingRate(#[from] ShippingRateRefusal),
    /// A command on a tax rate.
    #[error(transparent)]
    TaxRate(#[from] TaxRateRefusal),
    /// A command on a promotion code.
    #[error(transparent)]
    PromotionCode(#[from] PromotionCodeRefusal),
    /// A command on a webhook endpoint.
    #[error(transparent)]
    WebhookEndpoint(#[from] WebhookEndpointRefusal),
    /// A command on a Checkout Session.
    #[error(transparent)]
    Session(#[from] SessionRefusal),
    /// A command on a customer.
    #[error(transparent)]
    Customer(#[from] CustomerRefusal),
    /// A command on a sandbox's clock.
    #[error(transparent)]
    Clock(#[from] ClockRefusal),
    /// An object of a file, where no command could say so.
    #[error(transparent)]
    ImportedObject(ImportRefusal),
    /// An import, with every object that is refused.
    #[error(transparent)]
    Import(#[from] ImportRefused),
    /// A command on a sandbox as a whole.
    #[error(transparent)]
    Sandbox(#[from] SandboxRefusal),
}
