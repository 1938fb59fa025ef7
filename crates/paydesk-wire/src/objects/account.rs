//! `account`

use paydesk_domain::sandbox::Sandbox;
use schemars::JsonSchema;
use serde::Serialize;

use super::{EmptyObject, Null};

/// An account, as far as it has a meaning here. Fields are in Stripe's order: the id, then by name.
/// Nothing stands in the way of taking payments; paying out is for the payment processor.
#[derive(JsonSchema, Serialize)]
pub struct AccountObject<'a> {
    id: &'a str,
    object: &'static str,
    business_profile: Null,
    business_type: Null,
    charges_enabled: bool,
    country: &'static str,
    created: i64,
    default_currency: &'static str,
    details_submitted: bool,
    email: Null,
    metadata: EmptyObject,
    payouts_enabled: bool,
    settings: SettingsObject<'a>,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct SettingsObject<'a> {
    branding: BrandingObject,
    card_payments: CardPaymentsObject,
    dashboard: DashboardObject<'a>,
    payments: PaymentsObject,
}

#[derive(JsonSchema, Serialize, Default)]
struct BrandingObject {
    icon: Null,
    logo: Null,
    primary_color: Null,
    secondary_color: Null,
}

#[derive(JsonSchema, Serialize, Default)]
struct CardPaymentsObject {
    statement_descriptor_prefix: Null,
    statement_descriptor_prefix_kana: Null,
    statement_descriptor_prefix_kanji: Null,
}

#[derive(JsonSchema, Serialize)]
struct DashboardObject<'a> {
    display_name: Option<&'a str>,
    timezone: &'static str,
}

#[derive(JsonSchema, Serialize, Default)]
struct PaymentsObject {
    statement_descriptor: Null,
    statement_descriptor_kana: Null,
    statement_descriptor_kanji: Null,
    statement_descriptor_prefix_kana: Null,
    statement_descriptor_prefix_kanji: Null,
}

impl<'a> AccountObject<'a> {
    /// The account whose world this is.
    #[must_use]
    pub fn new(sandbox: &'a Sandbox) -> Self {
        Self {
            id: sandbox.account.as_str(),
            object: "account",
            business_profile: (),
            business_type: (),
            charges_enabled: true,
            country: "US",
            created: sandbox.created.as_seconds(),
            default_currency: "usd",
            details_submitted: true,
            email: (),
            metadata: EmptyObject {},
            payouts_enabled: false,
            settings: SettingsObject {
                branding: BrandingObject::default(),
                card_payments: CardPaymentsObject::default(),
                dashboard: DashboardObject {
                    display_name: sandbox.display_name.as_deref(),
                    timezone: "Etc/UTC",
                },
                payments: PaymentsObject::default(),
            },
            r#type: "standard",
        }
    }
}
