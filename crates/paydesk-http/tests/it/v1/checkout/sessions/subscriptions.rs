//! `subscription_data`: trials, billing cycles and default tax rates.

use paydesk_testing::TestApp;
use serde_json::json;

use crate::support::Params;

const PREVIEW: &str = "2025-03-31.preview; checkout_server_update_beta=v1";
const NEW: Params<'_> = &[("mode", "subscription"), ("success_url", "https://shop.example/thanks")];

#[tokio::test]
async fn in_a_trial_only_what_is_paid_once_is_due() {
    let app = TestApp::new();
    let club = app.monthly_price("Club", 900).await;
    let setup = app.price("Setup", 5000).await;
    let trial = [
        ("subscription_data[trial_period_days]", "14"),
        ("subscription_data[trial_settings][end_behavior][missing_payment_method]", "pause"),
    ];
    let session = app.session_with(&[(&club, 1), (&setup, 1)], &[NEW, &trial].concat()).await;
    assert_eq!(app.cart(&session).await.value("/amount_total"), 5000);
    let free = app.session_with(&[(&club, 1)], &[NEW, &trial].concat()).await;
    let free = app.cart(&free).await;
    assert_eq!(free.value("/payment_status"), "no_payment_required");
}

#[tokio::test]
async fn the_preview_changes_a_trial() {
    let app = TestApp::new();
    let club = app.monthly_price("Club", 900).await;
    let session = app.session_with(&[(&club, 1)], NEW).await;
    let set = [("subscription_data[trial_period_days]", "7")];
    let unknown = app.post(&session.path, &set).await;
    assert_eq!(unknown.error(), "400 parameter_unknown subscription_data");
    let preview = app.with_header("Stripe-Version", PREVIEW);
    let trial = preview.post(&session.path, &set).await.ok();
    assert_eq!(trial.value("/amount_total"), 0);
    let wrong = preview.post(&session.path, &[("subscription_data[trial_end]", "")]).await;
    assert_eq!(wrong.error(), "400 - subscription_data[trial_end]");
    let both = [set[0], ("subscription_data[trial_end]", "1900000000")];
    let both = preview.post(&session.path, &both).await;
    assert!(both.text().contains("trial_end, trial_period_days"), "{}", both.text());
    let none = preview.post(&session.path, &[("subscription_data[trial_period_days]", "")]).await;
    assert_eq!(none.ok().value("/amount_total"), 900);
}

#[tokio::test]
async fn until_the_anchor_a_part_of_the_period_is_due() {
    let app = TestApp::new();
    let club = app.monthly_price("Club", 3100).await;
    // Ten days from the test clock's start, in a month of thirty-one days.
    let anchor = (1_800_000_000 + 864_000).to_string();
    let anchored = [("subscription_data[billing_cycle_anchor]", &*anchor)];
    let session = app.session_with(&[(&club, 1)], &[NEW, &anchored].concat()).await;
    let cart = app.cart(&session).await;
    assert_eq!(cart.value("/line_items/data/0/amount_subtotal"), json!(1000));
    assert_eq!(cart.value("/amount_total"), 1000);
}

#[tokio::test]
async fn the_anchor_may_be_a_day_of_the_month() {
    let app = TestApp::new();
    let club = app.monthly_price("Club", 3100).await;
    // The test clock starts on 2027-01-15 at 08:00; ten days later is the 25th.
    let day = [("subscription_data[billing_cycle_anchor_config][day_of_month]", "25")];
    let session = app.session_with(&[(&club, 1)], &[NEW, &day].concat()).await;
    assert_eq!(app.cart(&session).await.value("/amount_total"), 1000);
}

#[tokio::test]
async fn default_tax_rates_are_those_of_lines_without_their_own() {
    let app = TestApp::new();
    let club = app.monthly_price("Club", 1000).await;
    let rate = [("display_name", "Tax"), ("percentage", "8"), ("inclusive", "false")];
    let rate = app.post("/v1/tax_rates", &rate).await.ok().id();
    let rates = [("subscription_data[default_tax_rates][0]", &*rate)];
    let session = app.session_with(&[(&club, 1)], &[NEW, &rates].concat()).await;
    let expand = "expand[]=line_items.data.taxes";
    let cart = app.get(&format!("{}?{expand}", session.path)).await.ok();
    assert_eq!(cart.value("/amount_total"), 1080);
    assert_eq!(cart.value("/line_items/data/0/taxes/0/rate/id"), json!(rate));
}

#[tokio::test]
async fn a_payment_has_no_subscription() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price]", &*tea),
        ("line_items[0][quantity]", "1"),
        ("subscription_data[trial_period_days]", "14"),
    ];
    let refused = app.post("/v1/checkout/sessions", &params).await;
    assert_eq!(refused.error(), "400 - subscription_data");
}
