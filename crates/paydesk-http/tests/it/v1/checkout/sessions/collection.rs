//! What a session collects from its buyer besides the payment.

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};

use crate::support::{Params, shown};

const PATH: &str = "/v1/checkout/sessions";
const CART: Params<'static> = &[
    ("success_url", "https://shop.example/thanks"),
    ("line_items[0][price_data][currency]", "usd"),
    ("line_items[0][price_data][product_data][name]", "Tea"),
    ("line_items[0][price_data][unit_amount]", "500"),
    ("line_items[0][quantity]", "2"),
];

async fn create(client: &Client, params: Params<'_>) -> Response {
    let mode = if params.iter().any(|(name, _)| *name == "mode") {
        &[][..]
    } else {
        &[("mode", "payment")]
    };
    client.post(PATH, &[CART, mode, params].concat()).await
}

async fn ada(app: &TestApp) -> String {
    let ada = [("email", "ada@example.com"), ("name", "Ada"), ("tax_exempt", "reverse")];
    app.post("/v1/customers", &ada).await.ok().string("/id")
}

#[tokio::test]
async fn a_session_for_a_customer_that_collects_what_belongs_to_one() {
    let app = TestApp::new();
    let ada = ada(&app).await;
    let params = [
        ("customer", ada.as_str()),
        ("customer_update[address]", "auto"),
        ("customer_update[name]", "auto"),
        ("customer_update[shipping]", "never"),
        ("billing_address_collection", "required"),
        ("name_collection[business][enabled]", "true"),
        ("name_collection[individual][enabled]", "true"),
        ("name_collection[individual][optional]", "true"),
        ("phone_number_collection[enabled]", "true"),
        ("tax_id_collection[enabled]", "true"),
        ("tax_id_collection[required]", "if_supported"),
    ];
    assert_snapshot!(shown(&create(&app, &params).await));
}

#[tokio::test]
async fn a_page_with_questions_and_texts_of_the_shops_own() {
    let app = TestApp::new();
    let params = [
        ("consent_collection[payment_method_reuse_agreement][position]", "hidden"),
        ("payment_intent_data[setup_future_usage]", "off_session"),
        ("consent_collection[promotions]", "auto"),
        ("consent_collection[terms_of_service]", "required"),
        ("custom_fields[0][key]", "wrapping"),
        ("custom_fields[0][label][type]", "custom"),
        ("custom_fields[0][label][custom]", "Which paper?"),
        ("custom_fields[0][type]", "dropdown"),
        ("custom_fields[0][dropdown][options][0][label]", "Red"),
        ("custom_fields[0][dropdown][options][0][value]", "red"),
        ("custom_fields[0][dropdown][options][1][label]", "None at all"),
        ("custom_fields[0][dropdown][options][1][value]", "none"),
        ("custom_fields[0][dropdown][default_value]", "none"),
        ("custom_fields[1][key]", "guest_number"),
        ("custom_fields[1][label][type]", "custom"),
        ("custom_fields[1][label][custom]", "Your number"),
        ("custom_fields[1][optional]", "true"),
        ("custom_fields[1][type]", "numeric"),
        ("custom_fields[1][numeric][minimum_length]", "3"),
        ("custom_fields[1][numeric][maximum_length]", "5"),
        ("custom_fields[1][numeric][default_value]", "007"),
        ("custom_fields[2][key]", "Greeting2"),
        ("custom_fields[2][label][type]", "custom"),
        ("custom_fields[2][label][custom]", "Grüße"),
        ("custom_fields[2][type]", "text"),
        ("custom_text[after_submit][message]", "Thank you"),
        ("custom_text[shipping_address][message]", ""),
        ("custom_text[submit]", ""),
        ("after_expiration[recovery][enabled]", "true"),
        ("branding_settings[background_color]", "#FFEEDD"),
        ("branding_settings[border_style]", "pill"),
        ("branding_settings[button_color]", ""),
        ("branding_settings[display_name]", "Teehaus"),
        ("branding_settings[font_family]", "zen_maru_gothic"),
        ("branding_settings[logo][type]", "url"),
        ("branding_settings[logo][url]", "https://shop.example/logo.png"),
        ("origin_context", "mobile_app"),
        ("shipping_address_collection[allowed_countries][0]", "US"),
        ("shipping_address_collection[allowed_countries][1]", "ZZ"),
        ("submit_type", "book"),
    ];
    let with_empty_message = create(&app, &params).await;
    let param = "custom_text[shipping_address][message]";
    assert_eq!(with_empty_message.error(), format!("400 parameter_invalid_empty {param}"));
    let whole: Vec<_> = params.into_iter().filter(|(name, _)| *name != param).collect();
    assert_snapshot!(shown(&create(&app, &whole).await));
}

#[tokio::test]
async fn a_session_that_says_how_it_is_paid_and_what_that_makes() {
    let app = TestApp::new();
    let params = [
        ("allowed_payment_method_types[0]", "klarna"),
        ("allowed_payment_method_types[1]", "card"),
        ("excluded_payment_method_types[0]", "ideal"),
        ("invoice_creation[enabled]", "true"),
        ("invoice_creation[invoice_data][custom_fields][0][name]", "Order"),
        ("invoice_creation[invoice_data][custom_fields][0][value]", "17"),
        ("invoice_creation[invoice_data][description]", "Tea for two"),
        ("invoice_creation[invoice_data][footer]", "Thanks"),
        ("invoice_creation[invoice_data][issuer][type]", "self"),
        ("invoice_creation[invoice_data][metadata][table]", "7"),
        ("invoice_creation[invoice_data][rendering_options][amount_tax_display]", "exclude_tax"),
        ("payment_intent_data[capture_method]", "manual"),
        ("payment_intent_data[description]", "Tea"),
        ("payment_intent_data[metadata][table]", "7"),
        ("payment_intent_data[receipt_email]", "ada@example.com"),
        ("payment_intent_data[shipping][address][country]", "DE"),
        ("payment_intent_data[shipping][address][line1]", "Hohe Straße 1"),
        ("payment_intent_data[shipping][carrier]", "Pigeon"),
        ("payment_intent_data[shipping][name]", "Ada"),
        ("payment_intent_data[statement_descriptor]", "TEA"),
        ("payment_intent_data[statement_descriptor_suffix]", "17"),
        ("payment_method_options[card][capture_method]", "manual"),
        ("payment_method_options[card][installments][enabled]", "true"),
        ("payment_method_options[card][request_extended_authorization]", "if_available"),
        ("payment_method_options[card][request_three_d_secure]", "challenge"),
        ("payment_method_options[card][restrictions][brands_blocked][0]", "visa"),
        ("payment_method_options[card][restrictions][funding_types_blocked][]", "prepaid"),
        ("payment_method_options[card][setup_future_usage]", "on_session"),
        ("payment_method_options[card][statement_descriptor_suffix_kana]", "オチャ"),
        ("saved_payment_method_options[allow_redisplay_filters][0]", "limited"),
        ("saved_payment_method_options[payment_method_save]", "enabled"),
        ("payment_method_data[allow_redisplay]", "limited"),
        ("wallet_options[link][display]", "never"),
    ];
    assert_snapshot!(shown(&create(&app, &params).await));
}

#[tokio::test]
async fn a_page_offers_more_than_the_cart_has() {
    let app = TestApp::new();
    let (milk, sugar) = (app.price("Milk", 100).await, app.price("Sugar", 50).await);
    let params = [
        ("optional_items[0][price]", milk.as_str()),
        ("optional_items[0][quantity]", "1"),
        ("optional_items[0][adjustable_quantity][enabled]", "true"),
        ("optional_items[0][adjustable_quantity][maximum]", "5"),
        ("optional_items[1][price]", sugar.as_str()),
        ("optional_items[1][quantity]", "3"),
    ];
    let session = create(&app, &params).await.ok();
    let adjustable = r#"{"enabled":true,"maximum":5,"minimum":0}"#;
    let expected = format!(
        r#"[{{"adjustable_quantity":{adjustable},"price":"{milk}","quantity":1}},{}]"#,
        format_args!(r#"{{"adjustable_quantity":null,"price":"{sugar}","quantity":3}}"#)
    );
    assert_eq!(session.value("/optional_items").to_string(), expected);
    assert_eq!(session.value("/amount_total"), 1000);
    let again = app.get(&format!("{PATH}/{}", session.string("/id"))).await;
    assert_eq!(again.value("/optional_items").to_string(), expected);
}

#[tokio::test]
async fn a_subscription_is_paid_by_a_method_that_stays() {
    let app = TestApp::new();
    let club = [
        ("mode", "subscription"),
        ("line_items[0][price_data][recurring][interval]", "month"),
        ("subscription_data[description]", "Tea club"),
        ("subscription_data[invoice_settings][issuer][type]", "self"),
        ("subscription_data[invoice_settings][footer]", "Thanks"),
        ("subscription_data[metadata][table]", "7"),
    ];
    let session = create(&app, &club).await.ok();
    assert_eq!(session.string("/payment_method_collection"), "always");
    assert!(session.value("/invoice_creation").is_null());
    let if_required = [club.as_slice(), &[("payment_method_collection", "if_required")]].concat();
    let session = create(&app, &if_required).await.ok();
    assert_eq!(session.string("/payment_method_collection"), "if_required");
}

#[tokio::test]
async fn a_customer_who_pays_once_may_use_what_was_saved_before() {
    let app = TestApp::new();
    let ada = ada(&app).await;
    let saved = async |params: Params<'_>| {
        create(&app, params).await.ok().value("/saved_payment_method_options").to_string()
    };
    assert_eq!(saved(&[]).await, "null");
    let expected = concat!(
        r#"{"allow_redisplay_filters":["always"],"payment_method_remove":"disabled","#,
        r#""payment_method_save":null}"#
    );
    assert_eq!(saved(&[("customer", &ada)]).await, expected);
}

#[tokio::test]
async fn a_customer_is_shown_by_its_id_or_as_it_is_now() {
    let app = TestApp::new();
    let id = ada(&app).await;
    let session = create(&app, &[("customer", &id), ("expand[]", "customer.tax")]).await.ok();
    assert_eq!(session.string("/customer/name"), "Ada");
    assert_eq!(session.string("/customer/tax/automatic_tax"), "unrecognized_location");

    let path = format!("{PATH}/{}", session.string("/id"));
    assert_eq!(app.get(&path).await.string("/customer"), id);
    app.post(&format!("/v1/customers/{id}"), &[("email", "lovelace@example.com")]).await.ok();
    let expand = [("expand[]", "customer")];
    let answers = [
        app.get(&format!("{path}?expand[]=customer")).await,
        app.post(&path, &[("metadata[a]", "1"), expand[0]]).await,
        app.post(&format!("{path}/expire"), &expand).await,
    ];
    for answer in answers {
        assert_eq!(answer.ok().string("/customer/email"), "lovelace@example.com");
    }
    let list = app.get(&format!("{PATH}?expand[]=data.customer")).await.ok();
    assert_eq!(list.string("/data/0/customer/email"), "lovelace@example.com");
    // What the session knows of the customer is from when it was created.
    assert_eq!(list.string("/data/0/customer_details/email"), "ada@example.com");

    app.send(Method::DELETE, &format!("/v1/customers/{id}"), Bytes::new()).await.ok();
    let answer = app.get(&format!("{path}?expand[]=customer")).await.ok();
    let deleted = format!(r#"{{"id":"{id}","object":"customer","deleted":true}}"#);
    assert_eq!(answer.value("/customer").to_string(), deleted);
    assert_eq!(app.get(&path).await.string("/customer"), id);
}

#[tokio::test]
async fn sessions_are_found_by_their_customer() {
    let app = TestApp::new();
    let id = ada(&app).await;
    create(&app, &[]).await.ok();
    let of_ada = create(&app, &[("customer", &id)]).await.ok().string("/id");
    let ids = async |query: &str| app.get(&format!("{PATH}?{query}")).await.ok().ids();
    assert_eq!(ids(&format!("customer={id}")).await, [of_ada.as_str()]);
    assert_eq!(ids("customer=cus_none").await, [""; 0]);
    assert_eq!(ids("customer_details[email]=ada@example.com").await, [of_ada]);
}

#[tokio::test]
async fn completing_makes_a_customer_as_the_mode_or_the_shop_says() {
    let app = TestApp::new();
    let club =
        [("mode", "subscription"), ("line_items[0][price_data][recurring][interval]", "month")];
    let creation = async |params: Params<'_>| {
        create(&app, params).await.ok().value("/customer_creation").to_string()
    };
    assert_eq!(creation(&[]).await, r#""if_required""#);
    assert_eq!(creation(&[("customer_creation", "always")]).await, r#""always""#);
    assert_eq!(creation(&club).await, r#""always""#);
    assert_eq!(creation(&[("customer", &ada(&app).await)]).await, "null");
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_shown() {
    let app = TestApp::new();
    let session = create(&app, &[]).await.ok();
    for field in ["branding_settings", "name_collection", "optional_items", "tax_id_collection"] {
        assert!(session.json().get(field).is_none(), "{field}");
    }
    let params = [
        ("billing_address_collection", "auto"),
        ("phone_number_collection[enabled]", "false"),
        ("tax_id_collection[enabled]", "false"),
        ("name_collection[business][enabled]", "false"),
        ("after_expiration[recovery][enabled]", "false"),
        ("branding_settings[icon][type]", "url"),
        ("branding_settings[icon][url]", "https://shop.example/icon.png"),
    ];
    let session = create(&app, &params).await.ok();
    let shown = |field: &str| session.value(field).to_string();
    assert_eq!(shown("/billing_address_collection"), r#""auto""#);
    assert_eq!(shown("/phone_number_collection"), r#"{"enabled":false}"#);
    assert_eq!(shown("/tax_id_collection"), r#"{"enabled":false,"required":"never"}"#);
    assert_eq!(shown("/name_collection"), r#"{"business":{"enabled":false,"optional":false}}"#);
    let recovery =
        r#"{"allow_promotion_codes":false,"enabled":false,"expires_at":null,"url":null}"#;
    assert_eq!(shown("/after_expiration/recovery"), recovery);
    let branding = concat!(
        r##"{"background_color":"#ffffff","border_style":"rounded","button_color":"#0074d4","##,
        r#""display_name":"","font_family":"default","#,
        r#""icon":{"type":"url","url":"https://shop.example/icon.png"},"logo":null}"#
    );
    assert_eq!(shown("/branding_settings"), branding);
}
