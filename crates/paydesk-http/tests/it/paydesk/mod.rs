//! `/paydesk/v1`: what Paydesk has beyond Stripe.

mod clock;
mod explanation;
mod export;
mod idle;
mod import;
mod import_properties;
mod requests;
mod sandboxes;
