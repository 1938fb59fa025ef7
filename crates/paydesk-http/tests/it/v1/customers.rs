//! `/v1/customers`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, MockClock, Response, TestApp};

use crate::support::{Params, shown};

const PATH: &str = "/v1/customers";

const EVERY_FIELD: Params<'_> = &[
    ("address[city]", "Köln"),
    ("address[country]", "de"),
    ("address[line1]", "Hohe Straße 1"),
    ("address[line2]", ""),
    ("address[postal_code]", "50667"),
    ("address[state]", "NW"),
    ("balance", "-500"),
    ("business_name", "Teehaus GmbH"),
    ("description", "Pays late"),
    ("email", "jenny@example.com"),
    ("individual_name", "Jenny Rosen"),
    ("invoice_prefix", "TEA"),
    ("invoice_settings[custom_fields][0][name]", "PO"),
    ("invoice_settings[custom_fields][0][value]", "17"),
    ("invoice_settings[footer]", "Thank you"),
    ("invoice_settings[rendering_options][amount_tax_display]", "exclude_tax"),
    ("metadata[segment]", "gastronomy"),
    ("name", "Teehaus"),
    ("next_invoice_sequence", "17"),
    ("phone", "+49 221 1234"),
    ("preferred_locales[0]", "de"),
    ("preferred_locales[1]", "en-GB"),
    ("shipping[address][country]", "FR"),
    ("shipping[address][line1]", "Rue du Thé 2"),
    ("shipping[name]", "Lager"),
    ("shipping[phone]", "110"),
    ("tax[ip_address]", "2001:db8::7"),
    ("tax[validate_location]", "immediately"),
    ("tax_exempt", "reverse"),
    ("tax_id_data[0][type]", "eu_vat"),
    ("tax_id_data[0][value]", "DE123456789"),
    ("tax_id_data[1][type]", "us_ein"),
    ("tax_id_data[1][value]", "12-3456789"),
];
const EVERYTHING: &str = "expand[]=tax&expand[]=tax_ids&expand[]=sources&expand[]=subscriptions\
                          &expand[]=cash_balance";

async fn customer(client: &Client, params: Params<'_>) -> String {
    client.post(PATH, params).await.ok().id()
}

async fn delete(client: &Client, path: &str) -> Response {
    client.send(Method::DELETE, path, Bytes::new()).await
}

#[tokio::test]
async fn nothing_is_needed_for_a_customer() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.post(PATH, &[]).await));
}

#[tokio::test]
async fn a_customer_has_every_field_it_was_given() {
    let app = TestApp::new();
    let created = app.post(PATH, EVERY_FIELD).await.ok();
    assert_snapshot!(shown(&created));
    let path = format!("{PATH}/{}", created.id());
    assert_eq!(app.get(&path).await.text(), created.text());
}

#[tokio::test]
async fn all_that_can_be_expanded_is_shown_on_demand() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    assert_snapshot!(shown(&app.get(&format!("{PATH}/{id}?{EVERYTHING}")).await));
    let nowhere = customer(&app, &[]).await;
    let tax = app.get(&format!("{PATH}/{nowhere}?expand[]=tax")).await.value("/tax");
    assert_eq!(tax["automatic_tax"], "unrecognized_location");
    assert!(tax["location"].is_null());
    let deep = "expand[]=tax_ids.data.owner.customer&expand[]=tax_ids.data.customer";
    let deep = app.get(&format!("{PATH}/{id}?{deep}")).await.ok();
    assert_eq!(deep.string("/tax_ids/data/0/owner/customer/name"), "Teehaus");
    assert_eq!(deep.string("/tax_ids/data/1/customer/name"), "Teehaus");
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    let changes = [
        ("address[country]", "AT"),
        ("balance", "0"),
        ("name", "Teehaus Wien"),
        ("invoice_settings[footer]", "Danke"),
        ("metadata[since]", "2027"),
        ("tax[validate_location]", "auto"),
        ("tax_exempt", "none"),
    ];
    assert_snapshot!(shown(&app.post(&format!("{PATH}/{id}"), &changes).await));
    assert_snapshot!(shown(&app.get("/v1/events?type=customer.updated").await));
}

#[tokio::test]
async fn an_empty_text_unsets_a_field() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    let fields = [
        "address",
        "business_name",
        "description",
        "email",
        "individual_name",
        "invoice_settings[custom_fields]",
        "invoice_settings[footer]",
        "invoice_settings[rendering_options]",
        "metadata",
        "name",
        "phone",
        "preferred_locales",
        "shipping",
        "tax[ip_address]",
        "tax_exempt",
    ];
    let unset = fields.map(|field| (field, ""));
    let path = format!("{PATH}/{id}");
    assert_snapshot!(shown(&app.post(&path, &unset).await));
    let tax = app.get(&format!("{path}?expand[]=tax")).await.value("/tax/ip_address");
    assert!(tax.is_null());
    let display = "invoice_settings[rendering_options][amount_tax_display]";
    app.post(&path, &[(display, "include_inclusive_tax")]).await.ok();
    let cleared = app.post(&path, &[(display, "")]).await.ok();
    assert!(cleared.value("/invoice_settings/rendering_options").is_null());
}

#[tokio::test]
async fn some_fields_cannot_be_unset() {
    let app = TestApp::new();
    let id = customer(&app, &[]).await;
    for field in ["balance", "invoice_prefix", "next_invoice_sequence", "invoice_settings", "tax"] {
        let answer = app.post(&format!("{PATH}/{id}"), &[(field, "")]).await;
        assert_eq!(answer.error(), format!("400 parameter_invalid_empty {field}"));
    }
}

#[tokio::test]
async fn an_update_that_changes_nothing_is_not_told() {
    let app = TestApp::new();
    let id = customer(&app, &[("name", "Jenny")]).await;
    app.post(&format!("{PATH}/{id}"), &[("name", "Jenny")]).await.ok();
    assert_eq!(app.get("/v1/events").await.each("/type"), ["customer.created"]);
}

#[tokio::test]
async fn values_have_their_bounds_and_forms() {
    let app = TestApp::new();
    let long = |chars: usize| "x".repeat(chars);
    let mail = |chars: usize| format!("{}@example.com", long(chars - 12));
    let custom = "invoice_settings[custom_fields][0]";
    let fits = [
        ("name", long(256)),
        ("email", mail(512)),
        ("phone", long(20)),
        ("business_name", long(150)),
        ("individual_name", long(150)),
        ("description", long(5000)),
        ("invoice_prefix", "ABCDEFGHIJ12".to_owned()),
        ("balance", "-999999999999".to_owned()),
    ];
    let fits: Vec<(&str, &str)> =
        fits.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post(PATH, &fits).await.ok();
    let bad = [
        ("name", long(257), "400 - name"),
        ("email", mail(513), "400 - email"),
        ("email", "jenny".to_owned(), "400 email_invalid email"),
        ("phone", long(21), "400 - phone"),
        ("business_name", long(151), "400 - business_name"),
        ("individual_name", long(151), "400 - individual_name"),
        ("description", long(5001), "400 - description"),
        ("invoice_prefix", "tea".to_owned(), "400 - invoice_prefix"),
        ("invoice_prefix", long(13), "400 - invoice_prefix"),
        ("balance", "1.5".to_owned(), "400 parameter_invalid_integer balance"),
        ("balance", "9999999999999".to_owned(), "400 parameter_invalid_integer balance"),
        (
            "next_invoice_sequence",
            "0".to_owned(),
            "400 parameter_invalid_integer next_invoice_sequence",
        ),
        ("address[country]", "Germany".to_owned(), "400 country_code_invalid address[country]"),
        ("tax[ip_address]", "localhost".to_owned(), "400 - tax[ip_address]"),
        ("tax[validate_location]", "auto".to_owned(), "400 - tax[validate_location]"),
        ("tax_exempt", "maybe".to_owned(), "400 - tax_exempt"),
        ("shipping[name]", "Jenny".to_owned(), "400 parameter_missing shipping[address]"),
        (
            "shipping[address][line1]",
            "1 High St".to_owned(),
            "400 parameter_missing shipping[name]",
        ),
        (
            "invoice_settings[custom_fields][0][name]",
            long(40),
            "400 parameter_missing invoice_settings[custom_fields][0][value]",
        ),
        ("tax_id_data[0][type]", "eu".to_owned(), "400 - tax_id_data[0][type]"),
        ("tax_id_data[0][value]", "1".to_owned(), "400 parameter_missing tax_id_data[0][type]"),
    ];
    for (name, value, expected) in bad {
        assert_eq!(app.post(PATH, &[(name, value.as_str())]).await.error(), expected, "{value}");
    }
    let names: Vec<(String, String)> = (0..5)
        .flat_map(|index| {
            let field = |name: &str| format!("invoice_settings[custom_fields][{index}][{name}]");
            [(field("name"), "PO".to_owned()), (field("value"), "1".to_owned())]
        })
        .collect();
    let names: Vec<(&str, &str)> =
        names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let five = app.post(PATH, &names).await;
    assert_eq!(five.error(), "400 - invoice_settings[custom_fields]");
    let (name, value) = (format!("{custom}[name]"), format!("{custom}[value]"));
    let long_value = app.post(PATH, &[(&name, "PO"), (&value, &long(141))]).await;
    assert_eq!(long_value.error(), format!("400 - {value}"));
    assert_eq!(app.get(PATH).await.ids().len(), 1, "nothing was made that was refused");
}

#[tokio::test]
async fn a_location_that_must_be_known_is_refused_when_it_is_not() {
    let app = TestApp::new();
    let must = ("tax[validate_location]", "immediately");
    assert_eq!(
        app.post(PATH, &[must]).await.error(),
        "400 customer_tax_location_invalid tax[validate_location]"
    );
    let id = customer(&app, &[must, ("address[country]", "DE")]).await;
    let gone = app.post(&format!("{PATH}/{id}"), &[must, ("address", "")]).await;
    assert_eq!(gone.error(), "400 customer_tax_location_invalid tax[validate_location]");
    assert_eq!(app.get(&format!("{PATH}/{id}")).await.string("/address/country"), "DE");
}

#[tokio::test]
async fn a_bad_tax_id_of_several_is_named_by_its_place() {
    let app = TestApp::new();
    let params = [
        ("tax_id_data[0][type]", "eu_vat"),
        ("tax_id_data[0][value]", "DE123456789"),
        ("tax_id_data[1][type]", "eu_vat"),
        ("tax_id_data[1][value]", "US123456789"),
    ];
    assert_eq!(app.post(PATH, &params).await.error(), "400 tax_id_invalid tax_id_data[1][value]");
    assert_eq!(app.get(PATH).await.ids(), [""; 0]);
}

#[tokio::test]
async fn a_deleted_customer_is_gone_but_for_its_id() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    let kept = customer(&app, &[]).await;
    let path = format!("{PATH}/{id}");
    let deleted = delete(&app, &path).await;
    assert_snapshot!(shown(&deleted));
    assert_eq!(app.get(&path).await.ok().text(), deleted.text());
    assert_eq!(app.get(&format!("{path}?expand[]=tax_ids")).await.ok().text(), deleted.text());
    assert_eq!(app.get(PATH).await.ids(), [kept]);
    assert_eq!(app.get(&format!("{PATH}?email=jenny@example.com")).await.ids(), [""; 0]);
    let update = app.post(&path, &[("name", "Jenny")]).await;
    assert_eq!(update.error(), "404 resource_missing id");
    assert_eq!(delete(&app, &path).await.error(), "404 resource_missing id");
    let tax_ids = app.get(&format!("{path}/tax_ids")).await;
    assert_eq!(tax_ids.error(), "404 resource_missing id");
}

#[tokio::test]
async fn an_idempotency_key_has_no_effect_on_a_deletion() {
    let app = TestApp::new();
    let id = customer(&app, &[]).await;
    let keyed = app.with_header("Idempotency-Key", "once");
    let path = format!("{PATH}/{id}");
    let deleted = delete(&keyed, &path).await.ok();
    assert_eq!(deleted.header("idempotency-key"), None);
    assert_eq!(delete(&keyed, &path).await.error(), "404 resource_missing id");
    let created = keyed.post(PATH, &[]).await.ok();
    assert_eq!(created.header("idempotent-replayed"), None);
}

#[tokio::test]
async fn a_deletion_takes_no_parameters() {
    let app = TestApp::new();
    let id = customer(&app, &[]).await;
    let answer = delete(&app, &format!("{PATH}/{id}?reason=late")).await;
    assert_eq!(answer.error(), "400 parameter_unknown reason");
    assert_eq!(app.get(PATH).await.ids(), [id]);
}

#[tokio::test]
async fn what_happens_to_a_customer_is_told() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    delete(&app, &format!("{PATH}/{id}")).await.ok();
    let events = app.get("/v1/events").await;
    assert_eq!(
        events.each("/type"),
        [
            "customer.deleted",
            "customer.tax_id.created",
            "customer.tax_id.created",
            "customer.created"
        ]
    );
    assert_snapshot!(shown(&app.get("/v1/events?type=customer.deleted").await));
    assert_snapshot!(shown(&app.get("/v1/events?type=customer.tax_id.created&limit=1").await));
}

#[tokio::test]
async fn a_list_is_of_the_customers_asked_for() {
    let app = TestApp::new();
    customer(&app, &[("name", "1"), ("email", "jenny@example.com")]).await;
    app.clock().advance(10);
    customer(&app, &[("name", "2"), ("email", "Jenny@example.com")]).await;
    let names = async |query: &str| app.get(&format!("{PATH}?{query}")).await.each("/name");
    assert_eq!(names("").await, ["2", "1"]);
    assert_eq!(names("email=jenny@example.com").await, ["1"]);
    assert_eq!(names(&format!("created[gt]={}", MockClock::START)).await, ["2"]);
    let both = format!("email=jenny@example.com&created[gt]={}", MockClock::START);
    assert_eq!(names(&both).await, [""; 0]);
    assert_eq!(
        app.get(&format!("{PATH}?email=")).await.error(),
        "400 parameter_invalid_empty email"
    );
}

#[tokio::test]
async fn a_list_goes_on_behind_a_customer_that_was_deleted() {
    let app = TestApp::new();
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.insert(0, customer(&app, &[]).await);
    }
    delete(&app, &format!("{PATH}/{}", ids[1])).await.ok();
    let page = async |query: String| app.get(&format!("{PATH}?{query}")).await.ids();
    assert_eq!(page(format!("starting_after={}", ids[1])).await, ids[2..]);
    assert_eq!(page(format!("ending_before={}", ids[1])).await, ids[..1]);
    let nobody = app.get(&format!("{PATH}?starting_after=cus_x")).await;
    assert_eq!(nobody.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn customers_have_the_shape_of_the_version_asked_for() {
    let app = TestApp::new();
    let id = customer(&app, EVERY_FIELD).await;
    let path = format!("{PATH}/{id}?expand[]=tax&expand[]=tax_ids");
    let at = async |version: &str| {
        let customer = app.with_header("Stripe-Version", version).get(&path).await.ok().json();
        let has = |name: &str| customer.get(name).is_some();
        let tax_id = customer["tax_ids"]["data"][0].get("customer_account").is_some();
        let provider = customer["tax"].get("provider").is_some();
        (has("business_name"), provider, has("customer_account"), tax_id)
    };
    assert_eq!(at("2025-08-27.basil").await, (false, false, false, false));
    assert_eq!(at("2025-09-30.clover").await, (true, false, false, false));
    assert_eq!(at("2025-10-29.clover").await, (true, true, false, false));
    assert_eq!(at("2025-12-15.clover").await, (true, true, true, true));
    let basil = app.with_header("Stripe-Version", "2025-08-27.basil");
    let unknown = basil.post(PATH, &[("business_name", "Tea Ltd")]).await;
    assert_eq!(unknown.error(), "400 parameter_unknown business_name");
}

#[tokio::test]
async fn customers_are_found_by_what_is_known_of_them() {
    let app = TestApp::new();
    let known = [("email", "Jenny@example.com"), ("name", "Jenny Rosen"), ("phone", "+49 110")];
    let jenny = customer(&app, &[&known[..], &[("metadata[table]", "7")]].concat()).await;
    app.clock().advance(10);
    let joe = customer(&app, &[("email", "joe@example.com")]).await;
    let gone = customer(&app, &known).await;
    delete(&app, &format!("{PATH}/{gone}")).await.ok();
    let late = format!("created>{}", MockClock::START);
    let table = [
        ("email:'jenny@example.com'", vec![&jenny]),
        ("email~'example'", vec![&joe, &jenny]),
        ("name~'rosen' AND phone~'110'", vec![&jenny]),
        ("metadata['table']:'7'", vec![&jenny]),
        ("name:null", vec![&joe]),
        ("-email~'jenny' OR phone:'+49 110'", vec![&joe, &jenny]),
        (late.as_str(), vec![&joe]),
        ("name:'nobody'", vec![]),
    ];
    for (query, expected) in table {
        assert_eq!(search(&app, query, "").await.ok().ids().iter().collect::<Vec<_>>(), expected);
    }
    let first = search(&app, "email~'example'", "&limit=1&expand[]=total_count").await.ok();
    assert_eq!((first.ids(), first.value("/total_count")), (vec![joe], 2.into()));
    let next = format!("&limit=1&page={}", first.string("/next_page"));
    assert_eq!(search(&app, "email~'example'", &next).await.ok().ids(), [jenny]);
    let expanded = search(&app, "name~'rosen'", "&expand[]=data.tax").await.ok();
    assert_eq!(expanded.each("/tax/provider"), ["stripe"]);
    let unknown = search(&app, "balance>1", "").await;
    assert_eq!(unknown.error(), "400 - query");
}

async fn search(client: &Client, query: &str, more: &str) -> Response {
    let query = form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
    client.get(&format!("{PATH}/search?query={query}{more}")).await
}
