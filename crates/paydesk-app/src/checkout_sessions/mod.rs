//! Operations on Checkout Sessions.

mod create;
mod expire;
mod load;
mod read;
mod update;

pub use load::Lines;
use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, LineItem};
use paydesk_store::Page;

/// A session and the Prices and Products of its lines.
pub struct SessionView {
    /// The session.
    pub session: CheckoutSession,
    /// What its lines refer to.
    pub catalog: Catalog,
}

/// A page of a session's lines.
pub struct LinesView {
    /// The session whose lines they are.
    pub session: CheckoutSession,
    /// The lines, in the cart's order.
    pub lines: Page<LineItem>,
    /// What they refer to.
    pub catalog: Catalog,
}
