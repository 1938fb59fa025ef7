//! How sessions are shipped: `shipping_options`, `collected_information` and what they cost.

use insta::assert_snapshot;
use paydesk_testing::{Client, TestApp};
use serde_json::json;

use crate::support::{Params, shown};

const ELEMENTS: Params<'_> = &[
    ("mode", "payment"),
    ("ui_mode", "elements"),
    ("return_url", "https://shop.example/back"),
    ("permissions[update_shipping_details]", "server_only"),
    ("shipping_address_collection[allowed_countries][0]", "US"),
    ("shipping_address_collection[allowed_countries][1]", "CA"),
    ("shipping_options[0][shipping_rate_data][display_name]", "Not known yet"),
    ("shipping_options[0][shipping_rate_data][fixed_amount][amount]", "0"),
    ("shipping_options[0][shipping_rate_data][fixed_amount][currency]", "usd"),
];
const AUSTIN: Params<'_> = &[
    ("collected_information[shipping_details][name]", "Jenny Rosen"),
    ("collected_information[shipping_details][address][line1]", "1 Main Street"),
    ("collected_information[shipping_details][address][city]", "Austin"),
    ("collected_information[shipping_details][address][state]", "TX"),
    ("collected_information[shipping_details][address][postal_code]", "78701"),
    ("collected_information[shipping_details][address][country]", "US"),
];

async fn shipping_rate(client: &Client, amount: &str) -> String {
    let rate = [
        ("display_name", "Post"),
        ("fixed_amount[amount]", amount),
        ("fixed_amount[currency]", "usd"),
    ];
    client.post("/v1/shipping_rates", &rate).await.ok().id()
}

#[tokio::test]
async fn the_address_and_the_rates_that_belong_to_it_come_in_one_update() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session_with(&[(&shirt, 1)], ELEMENTS).await;
    assert_eq!(app.cart(&session).await.value("/amount_total"), 2000);
    let post = shipping_rate(&app, "500").await;
    let express = shipping_rate(&app, "1500").await;
    let options = [
        ("shipping_options[0][shipping_rate]", &*post),
        ("shipping_options[1][shipping_rate]", &*express),
        ("expand[0]", "shipping_cost.shipping_rate"),
    ];
    let updated = app.post(&session.path, &[AUSTIN, &options].concat()).await.ok();
    assert_snapshot!(shown(&updated));

    let kept = [("shipping_options[0][shipping_rate]", &*express)];
    let kept = app.post(&session.path, &kept).await.ok();
    assert_eq!(kept.value("/amount_total"), 3500);
    let gone = app.post(&session.path, &[("shipping_options", "")]).await.ok();
    assert_eq!(gone.value("/shipping_cost"), json!(null));
    assert_eq!(gone.value("/shipping_options"), json!([]));
    assert_eq!(gone.value("/amount_total"), 2000);
}

#[tokio::test]
async fn what_can_not_be_shipped_is_refused_and_changes_nothing() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session_with(&[(&shirt, 1)], ELEMENTS).await;
    let before = app.get(&session.path).await.ok().json();
    let mut france = AUSTIN.to_vec();
    france[5].1 = "FR";
    let country = "collected_information[shipping_details][address][country]";
    let unnamed = [&AUSTIN[1..], &[]].concat();
    let table: [(Params<'_>, &str); 6] = [
        (&france, &format!("400 parameter_invalid_string {country}")),
        (&unnamed, "400 parameter_missing collected_information[shipping_details][name]"),
        (
            &[("shipping_options[0][shipping_rate]", "shr_none")],
            "400 resource_missing shipping_options[0][shipping_rate]",
        ),
        (
            &[("shipping_options[0][shipping_rate_data][display_name]", "Post")],
            "400 parameter_missing shipping_options[0][shipping_rate_data][fixed_amount]",
        ),
        (
            &[
                ("shipping_options[0][shipping_rate_data][display_name]", "Post"),
                ("shipping_options[0][shipping_rate_data][fixed_amount][amount]", "500"),
                ("shipping_options[0][shipping_rate_data][fixed_amount][currency]", "eur"),
            ],
            "400 - shipping_options[0]",
        ),
        (&[("shipping_options[0]", "shr_1")], "400 - shipping_options[0]"),
    ];
    for (params, expected) in table {
        let refused = app.post(&session.path, params).await;
        assert_eq!(refused.error(), expected, "{params:?}: {}", refused.text());
    }
    assert_eq!(app.get(&session.path).await.ok().json(), before);
}

#[tokio::test]
async fn a_hosted_page_asks_for_the_address_itself() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session(&[(&shirt, 1)]).await;
    let refused = app.post(&session.path, AUSTIN).await;
    assert_eq!(refused.error(), "400 - collected_information");
    let refused = app.post(&session.path, &[("shipping_options", "")]).await;
    assert_eq!(refused.error(), "400 - shipping_options");
}

#[tokio::test]
async fn before_basil_the_address_stands_in_the_session_itself() {
    let app = TestApp::new();
    let shirt = app.price("Shirt", 2000).await;
    let session = app.session_with(&[(&shirt, 1)], ELEMENTS).await;
    app.post(&session.path, AUSTIN).await.ok();
    let at = |version| app.with_header("Stripe-Version", version);
    let basil = at("2025-03-31.basil").get(&session.path).await.ok();
    assert!(basil.json().get("shipping_details").is_none());
    assert_eq!(basil.value("/collected_information/shipping_details/name"), "Jenny Rosen");
    let acacia = at("2024-09-30.acacia").get(&session.path).await.ok();
    assert_eq!(acacia.value("/shipping_details/address/city"), "Austin");
    assert!(acacia.json().get("collected_information").is_none());
}
