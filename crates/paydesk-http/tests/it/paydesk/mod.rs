//! `/paydesk/v1`: what Paydesk has beyond Stripe.

mod clock;
mod idle;
mod requests;
