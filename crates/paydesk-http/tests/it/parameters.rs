//! Parameters that are not what they should be: what is wrong is named, in brackets.

use insta::assert_snapshot;
use paydesk_testing::TestApp;

use crate::support::shown;

const SESSIONS: &str = "/v1/checkout/sessions";
const PRODUCTS: &str = "/v1/products";
const PRICES: &str = "/v1/prices";

/// What these forms are answered with, each behind the same beginning.
async fn answers(path: &str, beginning: &str, forms: &[&str]) -> String {
    let app = TestApp::new();
    let mut table = String::new();
    for form in forms {
        let answer = app.post_form(path, &format!("{beginning}&{form}")).await;
        let message = answer.string("/error/message");
        table += &format!("{form}\n  {}\n  {message}\n", answer.error());
    }
    table
}

/// What a session lacks when its lines are to be wrong.
const SESSION: &str = "mode=payment&success_url=https://shop.example";
/// A whole session, whose line comes last.
const CART: &str = "mode=payment&success_url=https://shop.example\
                    &line_items[99][price]=price_x&line_items[99][quantity]=1";
/// What a Price lacks when its amount is to be wrong.
const FREE_PRICE: &str = "currency=usd&product=prod_x";
/// A whole Price.
const PRICE: &str = "currency=usd&product=prod_x&unit_amount=500";

#[tokio::test]
async fn values_of_the_wrong_kind_in_a_session() {
    let forms = [
        "line_items[0][quantity]=two",
        "line_items[0][quantity]=1.5",
        "line_items[0][quantity]=%2B1",
        "line_items[0][quantity]=+1",
        "line_items[0][quantity]=0",
        "line_items[0][quantity]=-1",
        "line_items[0][quantity]=9007199254740992",
        "line_items[0][quantity]=99999999999999999999",
        "line_items[3][adjustable_quantity][enabled]=yes",
        "mode=donation",
        "mode=setup",
        "ui_mode=popup",
        "locale=tlh",
        "currency=gold",
        "expires_at=tomorrow",
        "expires_at=1800000000000",
        "expires_at=-1",
        "success_url=shop",
        "success_url=javascript:alert(1)",
        "customer_email=ada",
        "permissions[update_line_items]=everybody",
    ];
    assert_snapshot!(answers(SESSIONS, CART, &forms).await);
}

#[tokio::test]
async fn values_of_the_wrong_kind_in_a_price() {
    let forms = [
        "active=True",
        "currency=us",
        "recurring[interval]=decade",
        "recurring[interval]=year&recurring[interval_count]=4",
        "recurring[interval]=month&recurring[interval_count]=0",
        "recurring[interval]=month&recurring[usage_type]=metered",
        "billing_scheme=tiered",
        "tax_behavior=none",
        "unit_amount=-1",
        "unit_amount=1000000000000",
        "unit_amount=5.5",
    ];
    assert_snapshot!(answers(PRICES, PRICE, &forms).await);
}

#[tokio::test]
async fn decimals_that_are_none() {
    let forms = [
        "unit_amount_decimal=ten",
        "unit_amount_decimal=1,5",
        "unit_amount_decimal=1e3",
        "unit_amount_decimal=-0.5",
        "unit_amount_decimal=0.1234567890123",
        "unit_amount_decimal=1234567890123456",
        "unit_amount_decimal=.",
        "unit_amount_decimal=+1",
    ];
    assert_snapshot!(answers(PRICES, FREE_PRICE, &forms).await);
}

#[tokio::test]
async fn shapes_that_are_wrong() {
    let forms = [
        "line_items=tea",
        "line_items[tea][quantity]=1",
        "line_items[0]=tea",
        "line_items[][]=tea",
        "line_items[0][price_data]=tea",
        "line_items[0][quantity][]=1",
        "mode[x]=payment",
        "line_items[0][price]=a&line_items[][price]=b",
    ];
    assert_snapshot!(answers(SESSIONS, SESSION, &forms).await);
    let forms =
        ["customer_email[a]=b", "metadata=x", "permissions=server_only", "expand=line_items"];
    assert_snapshot!(answers(SESSIONS, CART, &forms).await);
}

#[tokio::test]
async fn empty_texts_where_nothing_can_be_unset() {
    let products = [
        "name=",
        "name=Tea&active=",
        "name=Tea&description=",
        "name=Tea&images[0]=",
        "name=Tea&default_price_data=",
    ];
    assert_snapshot!(answers(PRODUCTS, "", &products).await);
    let sessions = [
        "mode=",
        "success_url=",
        "line_items[0]=",
        "line_items[0][price]=",
        "line_items[0][price_data]=",
        "line_items[0][quantity]=",
        "expires_at=",
    ];
    assert_snapshot!(answers(SESSIONS, CART, &sessions).await);
}

#[tokio::test]
async fn parameters_that_are_missing() {
    let products = [
        "",
        "name=Tea&default_price_data[unit_amount]=1",
        "name=Tea&default_price_data[currency]=usd",
    ];
    assert_snapshot!(answers(PRODUCTS, "", &products).await);
    let prices = [
        "currency=usd&unit_amount=1",
        "unit_amount=1&product=prod_x",
        "currency=usd&product=prod_x",
        "currency=usd&unit_amount=1&product_data[id]=tea",
        "currency=usd&unit_amount=1&product=prod_x&recurring[interval_count]=2",
    ];
    assert_snapshot!(answers(PRICES, "", &prices).await);
    let sessions = [
        "",
        "line_items[0][price_data][product]=prod_x&line_items[0][price_data][unit_amount]=1",
        "line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=1",
        "line_items[0][price_data][currency]=usd&line_items[0][price_data][product]=prod_x",
        "line_items[1][adjustable_quantity][minimum]=1",
        "line_items[0][price]=price_x",
        "line_items[0][quantity]=1",
    ];
    assert_snapshot!(answers(SESSIONS, SESSION, &sessions).await);
}

#[tokio::test]
async fn parameters_that_exclude_each_other() {
    let prices = ["unit_amount_decimal=1", "product_data[name]=Tea"];
    assert_snapshot!(answers(PRICES, PRICE, &prices).await);
    let sessions = [
        "line_items[2][price]=a&line_items[2][price_data][currency]=usd",
        "line_items[2][price_data][product]=a&line_items[2][price_data][product_data][name]=b\
         &line_items[2][price_data][currency]=usd",
        "permissions[update][line_items]=server_only&permissions[update_line_items]=server_only",
    ];
    assert_snapshot!(answers(SESSIONS, CART, &sessions).await);
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
        (PRICES, format!("{PRICE}&lookup_key={}", long(201)), "lookup_key"),
        (SESSIONS, format!("{CART}&client_reference_id={}", long(201)), "client_reference_id"),
    ];
    for (path, form, param) in table {
        let answer = app.post_form(path, &form).await;
        assert_eq!(answer.error(), format!("400 - {param}"));
        let message = answer.string("/error/message");
        assert!(message.contains("at most"), "{message}");
    }
    app.post_form(PRODUCTS, &format!("name=a&unit_label={}", long(12))).await.ok();
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
    let form = "integration_identifier=x&adaptive_pricing[enabled]=true&mode=payment";
    assert_snapshot!(shown(&app.post_form(SESSIONS, form).await));
}

#[tokio::test]
async fn what_is_unknown_is_said_before_what_is_unsupported_and_what_is_wrong() {
    let forms = [
        "adaptive_pricing[enabled]=true&mode=donation&colour=brown",
        "adaptive_pricing[enabled]=true&mode=donation",
        "mode=donation&ui_mode=popup",
    ];
    assert_snapshot!(answers(SESSIONS, "", &forms).await);
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
