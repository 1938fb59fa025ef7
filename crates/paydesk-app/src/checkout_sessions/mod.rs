//! Operations on Checkout Sessions.

mod create;
mod expire;
mod load;
mod read;
mod update;

use std::collections::BTreeMap;

pub use load::{Lines, Shown};
use paydesk_domain::catalog::Catalog;
use paydesk_domain::checkout_session::{CheckoutSession, Explanation, LineItem};
use paydesk_domain::customer::FoundCustomer;
use paydesk_domain::id::CustomerId;
use paydesk_store::Page;

/// Customers by their ids, as far as they are shown.
pub type Customers = BTreeMap<CustomerId, FoundCustomer>;

/// A session, the Prices and Products of its lines, and its customer where that is shown.
pub struct SessionView {
    /// The session.
    pub session: CheckoutSession,
    /// What its lines refer to.
    pub catalog: Catalog,
    /// Whom it was created for.
    pub customers: Customers,
}

/// A page of sessions with what they refer to, as far as it is shown.
pub struct SessionsView {
    /// The sessions.
    pub sessions: Page<CheckoutSession>,
    /// What their lines refer to.
    pub catalog: Catalog,
    /// Whom they were created for.
    pub customers: Customers,
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

/// A session with how its amounts came about.
pub struct ExplainedSession {
    /// The session.
    pub session: CheckoutSession,
    /// What its lines refer to.
    pub catalog: Catalog,
    /// The steps.
    pub explanation: Explanation,
}
