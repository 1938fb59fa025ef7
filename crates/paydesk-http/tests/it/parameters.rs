//! Parameters that are not what they should be: what is wrong is named, in brackets.

use std::fmt::Write;

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const SESSIONS: &str = "/v1/checkout/sessions";
const PRODUCTS: &str = "/v1/products";
const PRICES: &str = "/v1/prices";

/// What each of these forms is answered with.
async fn answers(forms: &[(&str, &str)]) -> String {
    let app = TestApp::new();
    let mut table = String::new();
    for (path, form) in forms {
        let answer = app.post_form(path, form).await;
        let message = answer.string("/error/message");
        writeln!(table, "{form}\n  {}\n  {message}", answer.error()).unwrap();
    }
    table
}

/// The beginning of a session that lacks nothing but what a test adds.
macro_rules! session {
    ($rest:literal) => {
        concat!("mode=payment&success_url=https://shop.example&", $rest)
    };
}

#[tokio::test]
async fn values_of_the_wrong_kind() {
    let forms = [
        (SESSIONS, session!("line_items[0][quantity]=two")),
        (SESSIONS, session!("line_items[0][quantity]=1.5")),
        (SESSIONS, session!("line_items[0][quantity]=+1")),
        (SESSIONS, session!("line_items[0][quantity]= 1")),
        (SESSIONS, session!("line_items[0][quantity]=0")),
        (SESSIONS, session!("line_items[0][quantity]=9007199254740992")),
        (SESSIONS, session!("line_items[0][quantity]=99999999999999999999")),
        (SESSIONS, session!("line_items[3][adjustable_quantity][enabled]=yes")),
        (PRODUCTS, "name=Tea&active=True"),
        (SESSIONS, "mode=donation"),
        (SESSIONS, "mode=setup"),
        (SESSIONS, session!("ui_mode=popup")),
        (SESSIONS, session!("locale=tlh")),
        (PRICES, "recurring[interval]=decade"),
        (PRICES, "recurring[interval]=year&recurring[interval_count]=4"),
        (PRICES, "recurring[interval]=month&recurring[usage_type]=metered"),
        (PRICES, "billing_scheme=tiered"),
        (PRICES, "currency=gold"),
        (PRICES, "currency=us"),
        (SESSIONS, session!("expires_at=tomorrow")),
        (SESSIONS, session!("expires_at=1800000000000")),
        (SESSIONS, session!("expires_at=-1")),
        (SESSIONS, "mode=payment&success_url=shop"),
        (SESSIONS, "mode=payment&success_url=javascript:alert(1)"),
        (SESSIONS, session!("customer_email=ada")),
        (PRICES, "unit_amount=-1"),
        (PRICES, "unit_amount=1000000000000"),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn decimals_that_are_none() {
    let forms = [
        (PRICES, "unit_amount_decimal=ten"),
        (PRICES, "unit_amount_decimal=1,5"),
        (PRICES, "unit_amount_decimal=1e3"),
        (PRICES, "unit_amount_decimal=-0.5"),
        (PRICES, "unit_amount_decimal=0.1234567890123"),
        (PRICES, "unit_amount_decimal=1234567890123456"),
        (PRICES, "unit_amount_decimal=."),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn shapes_that_are_wrong() {
    let forms = [
        (SESSIONS, session!("line_items=tea")),
        (SESSIONS, session!("line_items[tea][quantity]=1")),
        (SESSIONS, session!("line_items[0]=tea")),
        (SESSIONS, session!("line_items[0][price_data]=tea")),
        (SESSIONS, session!("line_items[0][quantity][]=1")),
        (SESSIONS, session!("mode[x]=payment")),
        (SESSIONS, session!("line_items[0][price]=a&line_items[][price]=b")),
        (PRODUCTS, "name[]=Tea"),
        (PRODUCTS, "name=Tea&images=https://shop.example/1.png"),
        (PRODUCTS, "name=Tea&metadata=x"),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn empty_texts_where_nothing_can_be_unset() {
    let forms = [
        (PRODUCTS, "name="),
        (PRODUCTS, "name=Tea&active="),
        (PRODUCTS, "name=Tea&description="),
        (PRODUCTS, "name=Tea&images[0]="),
        (PRODUCTS, "name=Tea&default_price_data="),
        (PRICES, "currency="),
        (PRICES, "unit_amount="),
        (SESSIONS, session!("line_items=")),
        (SESSIONS, session!("line_items[0]=")),
        (SESSIONS, session!("line_items[0][price]=")),
        (SESSIONS, session!("line_items[0][quantity]=")),
        (SESSIONS, "mode=payment&success_url="),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn parameters_that_are_missing() {
    let forms = [
        (PRODUCTS, ""),
        (PRODUCTS, "name=Tea&default_price_data[unit_amount]=1"),
        (PRODUCTS, "name=Tea&default_price_data[currency]=usd"),
        (PRICES, "currency=usd&unit_amount=1"),
        (PRICES, "unit_amount=1&product=prod_1"),
        (PRICES, "currency=usd&product=prod_1"),
        (PRICES, "currency=usd&unit_amount=1&product_data[id]=tea"),
        (PRICES, "currency=usd&unit_amount=1&product=prod_1&recurring[interval_count]=2"),
        (SESSIONS, session!("line_items[0][price_data][currency]=usd")),
        (SESSIONS, session!("line_items[0][price_data][product]=prod_1")),
        (SESSIONS, session!("line_items[1][adjustable_quantity][minimum]=1")),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn parameters_that_exclude_each_other() {
    let forms = [
        (PRICES, "currency=usd&unit_amount=1&unit_amount_decimal=1&product=prod_1"),
        (PRICES, "currency=usd&unit_amount=1&product=prod_1&product_data[name]=Tea"),
        (SESSIONS, session!("line_items[2][price]=a&line_items[2][price_data][currency]=usd")),
        (
            SESSIONS,
            session!(
                "permissions[update][line_items]=server_only\
                 &permissions[update_line_items]=server_only"
            ),
        ),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn texts_and_lists_that_are_too_long() {
    let app = TestApp::new();
    let long = |chars: usize| "é".repeat(chars);
    let images: String = (0..9).map(|n| format!("&images[{n}]=https://shop.example/{n}")).collect();
    let table = [
        (PRODUCTS, format!("name={}", long(5001)), "name"),
        (PRODUCTS, format!("name=a&description={}", long(40_001)), "description"),
        (PRODUCTS, format!("name=a&unit_label={}", long(13)), "unit_label"),
        (PRODUCTS, format!("name=a&statement_descriptor={}", long(23)), "statement_descriptor"),
        (PRODUCTS, format!("name=a{images}"), "images"),
        (PRODUCTS, format!("name=a&id={}", long(256)), "id"),
        (PRICES, format!("lookup_key={}", long(201)), "lookup_key"),
        (SESSIONS, format!("client_reference_id={}", long(201)), "client_reference_id"),
    ];
    for (path, form, param) in table {
        let answer = app.post_form(path, &form).await;
        let (error, message) = (answer.error(), answer.string("/error/message"));
        if !message.contains("Missing required") {
            assert_eq!(error, format!("400 - {param}"));
            assert!(message.contains("at most"), "{message}");
        }
    }
    let unlabelled = app.post_form(PRODUCTS, &format!("name=a&unit_label={}", long(12))).await;
    assert_eq!(unlabelled.status, 200);
}

#[tokio::test]
async fn unknown_parameters_are_named_all_at_once() {
    let app = TestApp::new();
    let form = "colour=brown&name=Tea&line_items[0][size]=l&default_price_data[nickname]=a";
    assert_snapshot!(shown(&app.post_form(PRODUCTS, form).await));
}

#[tokio::test]
async fn unsupported_parameters_are_named_all_at_once() {
    let app = TestApp::new();
    let form = session!("line_items[0][tax_rates][0]=txr_1&discounts[0][coupon]=x&mode=payment");
    assert_snapshot!(shown(&app.post_form(SESSIONS, form).await));
}

#[tokio::test]
async fn what_is_unknown_is_said_before_what_is_unsupported_and_what_is_wrong() {
    let forms = [
        (SESSIONS, "discounts[0][coupon]=x&mode=donation&colour=brown"),
        (SESSIONS, "discounts[0][coupon]=x&mode=donation"),
        (SESSIONS, "mode=donation&ui_mode=popup"),
    ];
    assert_snapshot!(answers(&forms).await);
}

#[tokio::test]
async fn the_last_of_repeated_parameters_counts() {
    let app = TestApp::new();
    let answer = app.post_form(PRODUCTS, "name=Tea&name=Coffee").await.ok();
    assert_eq!(answer.string("/name"), "Coffee");
}

#[tokio::test]
async fn brackets_may_be_percent_encoded() {
    let app = TestApp::new();
    let answer = app.post_form(PRODUCTS, "name=Tea&metadata%5Ba%5D=1&images%5B%5D=x").await.ok();
    assert_eq!(answer.string("/metadata/a"), "1");
    assert_eq!(answer.string("/images/0"), "x");
}

#[tokio::test]
async fn the_address_of_a_session_may_stand_in_its_urls() {
    let app = TestApp::new();
    let tea = app.price("Tea", 500).await;
    let url = "https://shop.example/thanks?id={CHECKOUT_SESSION_ID}&x={y}";
    let odd = [("mode", "payment"), ("success_url", url)];
    let line = [("line_items[0][price]", tea.as_str()), ("line_items[0][quantity]", "1")];
    let answer = app.post(SESSIONS, &[odd, line].concat()).await.ok();
    assert_eq!(answer.string("/success_url"), url);
}
