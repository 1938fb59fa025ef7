//! What a session can't collect: every combination that is refused, with its whole error.

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::TestApp;

const PATH: &str = "/v1/checkout/sessions";
const TEA: &str = "line_items[0][price_data][currency]=usd\
                   &line_items[0][price_data][product_data][name]=Tea\
                   &line_items[0][price_data][unit_amount]=500&line_items[0][quantity]=2";
const PAYMENT: &str = "mode=payment&success_url=https://shop.example";
const SUBSCRIPTION: &str = "mode=subscription&success_url=https://shop.example\
                            &line_items[0][price_data][recurring][interval]=month";
const ELEMENTS: &str = "mode=payment&ui_mode=elements";

/// What these forms are answered with, each behind a beginning that is a session on its own. `CUS`
/// stands for a customer, `GONE` for one that was deleted, `LONG` for a key of
/// metadata that is too long.
async fn answers(beginning: &str, forms: &[&str]) -> String {
    let app = TestApp::new();
    let customer = async || app.post("/v1/customers", &[]).await.ok().string("/id");
    let (known, gone) = (customer().await, customer().await);
    app.send(Method::DELETE, &format!("/v1/customers/{gone}"), Bytes::new()).await.ok();
    app.post_form(PATH, &format!("{TEA}&{beginning}")).await.ok();
    let long = "k".repeat(41);
    let mut table = String::new();
    for form in forms {
        let sent = form.replace("CUS", &known).replace("GONE", &gone).replace("LONG", &long);
        let answer = app.post_form(PATH, &format!("{TEA}&{beginning}&{sent}")).await;
        let message = answer.string("/error/message").replace(&gone, "GONE").replace(&long, "LONG");
        let kind = answer.string("/error/type");
        table += &format!("{form}\n  {} {kind}\n  {message}\n", answer.error());
    }
    assert_eq!(app.get(PATH).await.ids().len(), 1, "a refused session is not made");
    table
}

#[tokio::test]
async fn in_payment_mode() {
    let forms = [
        "customer=cus_x",
        "customer=GONE",
        "customer=",
        "customer=CUS&customer_email=ada@example.com",
        "customer=CUS&customer_creation=always",
        "customer_update[name]=auto",
        "customer_update[name]=always&customer=CUS",
        "customer=CUS&tax_id_collection[enabled]=true",
        "customer=CUS&tax_id_collection[enabled]=true&customer_update[name]=never",
        "customer=CUS&tax_id_collection[enabled]=true&customer_update[address]=auto",
        "customer_creation=never",
        "billing_address_collection=yes",
        "phone_number_collection[enabled]=",
        "phone_number_collection[x]=1",
        "tax_id_collection[required]=never",
        "tax_id_collection[enabled]=true&tax_id_collection[required]=always",
        "name_collection[business][optional]=true",
        "name_collection[individual]=true",
        "consent_collection[payment_method_reuse_agreement][x]=1",
        "consent_collection[promotions]=yes",
        "consent_collection[terms_of_service]=auto",
        "custom_text[submit]=Pay",
        "custom_text[before_submit][message]=Pay",
        "origin_context=desktop",
        "shipping_address_collection[allowed_countries]=",
        "shipping_address_collection[allowed_countries]=US",
        "shipping_address_collection[allowed_countries][0]=",
        "shipping_address_collection[x]=1",
        "submit_type=buy",
        "after_expiration[recovery][allow_promotion_codes]=true",
        "branding_settings[background_color]=white",
        "branding_settings[border_style]=round",
        "branding_settings[font_family]=comic_sans",
        "branding_settings[icon][url]=https://shop.example/icon.png",
        "branding_settings[icon][type]=url",
        "branding_settings[icon][type]=file&branding_settings[icon][file]=file_1",
        "branding_settings[icon][type]=file",
        "branding_settings[icon][type]=url&branding_settings[icon][url]=https://a.example\
         &branding_settings[logo][type]=url&branding_settings[logo][url]=https://b.example",
        "consent_collection[payment_method_reuse_agreement][position]=auto",
    ];
    assert_snapshot!(answers(PAYMENT, &forms).await);
}

#[tokio::test]
async fn how_a_session_cannot_be_paid() {
    let forms = [
        "payment_method_types[0]=card",
        "allowed_payment_method_types[0]=cash",
        "excluded_payment_method_types[0]=link",
        "excluded_payment_method_types[0]=card",
        "allowed_payment_method_types[0]=ideal&excluded_payment_method_types[0]=ideal",
        "payment_method_collection=always",
        "payment_method_options[card][capture_method]=automatic",
        "payment_method_options[card][installments][enabled]=maybe",
        "payment_method_options[card][restrictions][brands_blocked][0]=jcb",
        "payment_method_options[card][setup_future_usage]=none",
        "payment_method_options[klarna][capture_method]=manual",
        "payment_method_options[cash][x]=1",
        "saved_payment_method_options[allow_redisplay_filters][0]=never",
        "saved_payment_method_options[payment_method_save]=true",
        "payment_method_data[allow_redisplay]=never",
        "wallet_options[link][display]=always",
        "subscription_data[description]=Club",
        "setup_intent_data[description]=Card",
        "payment_intent_data[capture_method]=later",
        "payment_intent_data[receipt_email]=ada",
        "payment_intent_data[shipping][name]=Ada",
        "payment_intent_data[shipping][name]=Ada&payment_intent_data[shipping][address][city]=Ulm",
        "payment_intent_data[statement_descriptor]=12345",
        "payment_intent_data[metadata][LONG]=c",
        "payment_intent_data[transfer_group]=a",
        "invoice_creation[invoice_data][footer]=Thanks",
        "invoice_creation[enabled]=true&invoice_creation[invoice_data][issuer][type]=account",
        "invoice_creation[enabled]=true&invoice_creation[invoice_data][custom_fields][0][name]=a",
        "invoice_creation[enabled]=true&invoice_creation[invoice_data][metadata][LONG]=c",
    ];
    assert_snapshot!(answers(PAYMENT, &forms).await);
}

#[tokio::test]
async fn questions_that_cannot_be_asked() {
    let forms = [
        "F[0][key]=a&L[0]",
        "F[0][label][custom]=A&F[0][label][type]=custom&F[0][type]=text",
        "F[0][key]=a&F[0][type]=text",
        "F[0][key]=a&F[0][type]=text&F[0][label][custom]=A",
        "F[0][key]=a&F[0][type]=text&F[0][label][type]=custom",
        "F[0][key]=a&F[0][type]=text&F[0][label][custom]=A&F[0][label][type]=plain",
        "F[0][key]=a&L[0]&F[0][type]=date",
        "F[0][key]=two words&L[0]&F[0][type]=text",
        "F[0][key]=a&L[0]&F[0][type]=text&F[1][key]=a&L[1]&F[1][type]=text",
        "F[0][key]=a&L[0]&F[0][type]=text&F[0][numeric][minimum_length]=1",
        "F[0][key]=a&L[0]&F[0][type]=dropdown",
        "F[0][key]=a&L[0]&F[0][type]=dropdown&F[0][dropdown][default_value]=x",
        "F[0][key]=a&L[0]&F[0][type]=dropdown&O[0][0]=x y",
        "F[0][key]=a&L[0]&F[0][type]=dropdown&O[0][0]=x&O[0][1]=x",
        "F[0][key]=a&L[0]&F[0][type]=dropdown&O[0][0]=x&F[0][dropdown][default_value]=y",
        "F[0][key]=a&L[0]&F[0][type]=dropdown&F[0][dropdown][options][0][value]=x",
        "F[0][key]=a&L[0]&F[0][type]=text&F[0][text][minimum_length]=3\
         &F[0][text][maximum_length]=2",
        "F[0][key]=a&L[0]&F[0][type]=text&F[0][text][maximum_length]=256",
        "F[0][key]=a&L[0]&F[0][type]=text&F[0][text][maximum_length]=2\
         &F[0][text][default_value]=abc",
        "F[0][key]=a&L[0]&F[0][type]=numeric&F[0][numeric][default_value]=1a",
        "F[0][key]=a&L[0]&F[0][type]=numeric&F[0][numeric][minimum_length]=2\
         &F[0][numeric][default_value]=1",
        "F[0][key]=a&F[1][key]=a&F[2][key]=a&F[3][key]=a",
    ];
    let whole = |form: &&str| {
        let mut form = form.replace("F[", "custom_fields[");
        for n in ["0", "1"] {
            let label = format!("custom_fields[{n}][label]");
            let label = format!("{label}[custom]=A&{label}[type]=custom");
            form = form.replace(&format!("L[{n}]"), &label);
            let option = format!("custom_fields[0][dropdown][options][{n}]");
            let option = format!("{option}[label]=A&{option}[value]");
            form = form.replace(&format!("O[0][{n}]"), &option);
        }
        form
    };
    let forms: Vec<String> = forms.iter().map(whole).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    assert_snapshot!(answers(PAYMENT, &forms).await);
}

#[tokio::test]
async fn what_cannot_be_offered_besides_the_cart() {
    let app = TestApp::new();
    let milk = app.price("Milk", 100).await;
    let monthly = app.monthly_price("Club", 900).await;
    let yearly = app.price_with("Club", 9000, &[("recurring[interval]", "year")]).await;
    let euros = app.price_with("Kaffee", 300, &[("currency", "eur")]).await;
    let archived = app.price("Ice", 100).await;
    app.post(&format!("/v1/prices/{archived}"), &[("active", "false")]).await.ok();
    let item =
        |price: &str| format!("optional_items[0][price]={price}&optional_items[0][quantity]=1");
    let adjustable = "optional_items[0][adjustable_quantity]";
    let many = |count: usize, price: &str| {
        let item =
            |n| format!("&optional_items[{n}][price]={price}&optional_items[{n}][quantity]=1");
        (0..count).map(item).collect::<String>()
    };
    let lines = |count: usize| {
        let line = |n| format!("&line_items[{n}][price]={milk}&line_items[{n}][quantity]=1");
        (1..=count).map(line).collect::<String>()
    };
    let table = [
        ("an item", PAYMENT, item(&milk)),
        ("no price", PAYMENT, "optional_items[0][quantity]=1".to_owned()),
        ("no quantity", PAYMENT, format!("optional_items[0][price]={milk}")),
        ("quantity 0", PAYMENT, item(&milk).replace("=1", "=0")),
        ("no such price", PAYMENT, item("price_x")),
        ("archived", PAYMENT, item(&archived)),
        ("another currency", PAYMENT, item(&euros)),
        ("recurring in payment mode", PAYMENT, item(&monthly)),
        ("recurring", SUBSCRIPTION, item(&monthly)),
        ("one-time in a subscription", SUBSCRIPTION, item(&milk)),
        ("another interval", SUBSCRIPTION, item(&yearly)),
        (
            "out of bounds",
            PAYMENT,
            format!("{}&{adjustable}[enabled]=true&{adjustable}[minimum]=2", item(&milk)),
        ),
        ("on a form", "mode=payment&ui_mode=form", item(&milk)),
        ("ten", PAYMENT, many(10, &milk)),
        ("eleven", PAYMENT, many(11, &milk)),
        ("one hundred with the lines", PAYMENT, lines(90) + &many(9, &milk)),
        ("one more than that", PAYMENT, lines(90) + &many(10, &milk)),
        ("twenty-one that are charged once", SUBSCRIPTION, lines(11) + &many(10, &milk)),
    ];
    let mut shown = String::new();
    for (what, beginning, form) in table {
        let answer = app.post_form(PATH, &format!("{TEA}&{beginning}&{form}")).await;
        let (outcome, message) = if answer.status == 200 {
            ("200".to_owned(), String::new())
        } else {
            (answer.error(), answer.string("/error/message"))
        };
        shown += &format!("{what}\n  {outcome}\n  {message}\n");
    }
    assert_snapshot!(shown);
}

#[tokio::test]
async fn an_amount_that_the_buyer_chooses_stands_alone() {
    let app = TestApp::new();
    let milk = app.price("Milk", 100).await;
    let params = [
        ("currency", "usd"),
        ("custom_unit_amount[enabled]", "true"),
        ("product_data[name]", "Gift"),
    ];
    let gift = app.post("/v1/prices", &params).await.ok().id();
    let cart = format!("{PAYMENT}&line_items[0][price]={gift}&line_items[0][quantity]=1");
    app.post_form(PATH, &cart).await.ok();
    for (cart, offered) in [(cart, milk), (format!("{TEA}&{PAYMENT}"), gift)] {
        let item = format!("optional_items[0][price]={offered}&optional_items[0][quantity]=1");
        let answer = app.post_form(PATH, &format!("{cart}&{item}")).await;
        assert_eq!(answer.error(), "400 - optional_items[0][price]");
    }
}

#[tokio::test]
async fn texts_that_are_too_long() {
    let app = TestApp::new();
    let field = "custom_fields[0][label][type]=custom&custom_fields[0][type]=text";
    let table = [
        (format!("{field}&custom_fields[0][label][custom]=A&K={}", "k".repeat(201)), "key"),
        (format!("{field}&K=a&custom_fields[0][label][custom]={}", "é".repeat(101)), "label"),
        (format!("custom_text[submit][message]={}", "é".repeat(1201)), "message"),
    ];
    for (form, param) in table {
        let form = form.replace("&K=", "&custom_fields[0][key]=");
        let answer = app.post_form(PATH, &format!("{TEA}&{PAYMENT}&{form}")).await;
        assert!(answer.error().contains(param), "{}", answer.error());
        let message = answer.string("/error/message");
        assert!(message.contains("must be at most"), "{message}");
    }
}

#[tokio::test]
async fn in_subscription_mode() {
    let forms = [
        "customer_creation=always",
        "customer_creation=if_required",
        "consent_collection[payment_method_reuse_agreement][position]=auto",
        "invoice_creation[enabled]=true",
        "payment_intent_data[description]=Tea",
        "payment_method_collection=never",
        "setup_intent_data[description]=Card",
        "subscription_data[invoice_settings][issuer][type]=account",
        "subscription_data[metadata][LONG]=c",
    ];
    assert_snapshot!(answers(SUBSCRIPTION, &forms).await);
}

#[tokio::test]
async fn types_of_payment_methods_that_are_fixed_have_none_to_exclude() {
    let app = TestApp::new();
    let dahlia = app.with_header("Stripe-Version", "2026-08-26.dahlia");
    let types = "payment_method_types[0]=card&payment_method_types[1]=ideal";
    let created = dahlia.post_form(PATH, &format!("{TEA}&{PAYMENT}&{types}")).await.ok();
    assert_eq!(created.value("/payment_method_types").to_string(), r#"["card","ideal"]"#);
    let excluded = "excluded_payment_method_types[0]=ideal";
    let refused = dahlia.post_form(PATH, &format!("{TEA}&{PAYMENT}&{types}&{excluded}")).await;
    assert_eq!(refused.error(), "400 - excluded_payment_method_types");
}

#[tokio::test]
async fn on_a_page_of_the_shops_own() {
    let forms = [
        "custom_fields[0][key]=a&custom_fields[0][label][custom]=A\
         &custom_fields[0][label][type]=custom&custom_fields[0][type]=text",
        "custom_text[submit][message]=Pay",
        "after_expiration[recovery][enabled]=true",
        "branding_settings[display_name]=Tea",
        "optional_items[0][price]=price_x&optional_items[0][quantity]=1",
        "origin_context=web",
        "submit_type=pay",
        "tax_id_collection[enabled]=true&tax_id_collection[required]=never",
    ];
    assert_snapshot!(answers(ELEMENTS, &forms).await);
}

#[tokio::test]
async fn a_country_that_nothing_is_sent_to() {
    let app = TestApp::new();
    for country in ["CU", "IR", "us", "XX"] {
        let param = "shipping_address_collection[allowed_countries][1]";
        let countries = "shipping_address_collection[allowed_countries][0]=DE";
        let form = format!("{TEA}&{PAYMENT}&{countries}&{param}={country}");
        let answer = app.post_form(PATH, &form).await;
        assert_eq!(answer.error(), format!("400 - {param}"));
        let message = answer.string("/error/message");
        assert!(message.ends_with(", ZM, ZW, or ZZ"), "{message}");
    }
}

#[tokio::test]
async fn what_the_payment_is_to_be_like_may_change_on_a_page_of_the_shops_own() {
    let app = TestApp::new();
    let created = async |form: &str| {
        let session = app.post_form(PATH, &format!("{TEA}&{form}")).await.ok();
        format!("{PATH}/{}", session.id())
    };
    let hosted = created(PAYMENT).await;
    let club = SUBSCRIPTION.replace("success_url", "ui_mode=elements&return_url");
    let subscription = created(&club).await;
    let reuse = "consent_collection[payment_method_reuse_agreement][position]=hidden\
                 &payment_intent_data[setup_future_usage]=on_session";
    let elements = created(&format!("{ELEMENTS}&{reuse}")).await;
    let expired = created(ELEMENTS).await;
    app.post(&format!("{expired}/expire"), &[]).await.ok();
    let description = "payment_intent_data[description]=Tea";
    let table = [
        (&elements, description, "200"),
        (&elements, "payment_intent_data[description]=", "200"),
        (&elements, "payment_intent_data[setup_future_usage]=off_session", "200"),
        (
            &elements,
            "payment_intent_data[setup_future_usage]=",
            "400 - consent_collection[payment_method_reuse_agreement]",
        ),
        (
            &elements,
            "payment_intent_data[statement_descriptor]=1",
            "400 - payment_intent_data[statement_descriptor]",
        ),
        (
            &elements,
            "payment_intent_data[capture_method]=manual",
            "400 parameter_unknown payment_intent_data[capture_method]",
        ),
        (&hosted, description, "400 - payment_intent_data"),
        (&subscription, description, "400 - payment_intent_data"),
        (&expired, description, "400 - -"),
    ];
    for (path, form, expected) in table {
        let answer = app.post_form(path, form).await;
        let outcome = if answer.status == 200 { "200".to_owned() } else { answer.error() };
        assert_eq!(outcome, expected, "{form}");
    }
    // No client sees it, so it raises no revision.
    assert_eq!(app.get(&elements).await.header("paydesk-revision"), Some("1"));
}
