//! Every operation, asked in every wrong way; and every address that is none.

use std::fmt::Write;

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};
use paydesk_wire::form::{Description, Kind, Parameter};
use paydesk_wire::params::readers;
use paydesk_wire::{Operation, unsupported};

use crate::support::shown;

/// Objects of one sandbox, one of each kind that an address names.
pub(crate) struct Objects {
    product: String,
    price: String,
    session: String,
    event: String,
    coupon: String,
    shipping_rate: String,
    tax_rate: String,
    promotion_code: String,
    webhook_endpoint: String,
    account: String,
    customer: String,
    tax_id: String,
}

impl Objects {
    pub(crate) async fn of(client: &Client) -> Self {
        let price = client.price("Tea", 500).await;
        let session = client.session(&[(&price, 1)]).await.id;
        let product = client.get(&format!("/v1/prices/{price}")).await.string("/product");
        let event = client.get("/v1/events").await.string("/data/0/id");
        let coupon = client.post("/v1/coupons", &[("percent_off", "5")]).await.ok().id();
        let shipping_rate = [
            ("display_name", "Ground"),
            ("fixed_amount[amount]", "500"),
            ("fixed_amount[currency]", "usd"),
        ];
        let shipping_rate = client.post("/v1/shipping_rates", &shipping_rate).await.ok().id();
        let tax_rate = [("display_name", "VAT"), ("inclusive", "true"), ("percentage", "19")];
        let tax_rate = client.post("/v1/tax_rates", &tax_rate).await.ok().id();
        let promotion = [("promotion[type]", "coupon"), ("promotion[coupon]", &coupon)];
        let promotion_code = client.post("/v1/promotion_codes", &promotion).await.ok().id();
        let endpoint = [("url", "https://shop.example"), ("enabled_events[0]", "*")];
        let webhook_endpoint = client.post("/v1/webhook_endpoints", &endpoint).await.ok().id();
        let account = client.get("/v1/account").await.ok().id();
        let customer = client.post("/v1/customers", &[]).await.ok().id();
        let tax_id = [("type", "eu_vat"), ("value", "DE123456789")];
        let tax_ids = format!("/v1/customers/{customer}/tax_ids");
        let tax_id = client.post(&tax_ids, &tax_id).await.ok().id();
        Self {
            product,
            price,
            session,
            event,
            coupon,
            shipping_rate,
            tax_rate,
            promotion_code,
            webhook_endpoint,
            account,
            customer,
            tax_id,
        }
    }

    pub(crate) fn session(&self) -> &str {
        &self.session
    }

    pub(crate) fn path(&self, operation: Operation) -> String {
        let path = operation.path();
        let id = match path.split('/').nth(2) {
            Some("products") => &self.product,
            Some("prices") => &self.price,
            Some("events") => &self.event,
            Some("coupons") => &self.coupon,
            Some("shipping_rates") => &self.shipping_rate,
            Some("tax_rates") => &self.tax_rate,
            Some("promotion_codes") => &self.promotion_code,
            Some("accounts") => &self.account,
            Some("webhook_endpoints") => &self.webhook_endpoint,
            Some("customers") => &self.customer,
            _ => &self.session,
        };
        path.replace("{id}", id).replace("{tax_id}", &self.tax_id)
    }

    /// The same with an id of nothing at its end.
    fn path_to_nothing(&self, operation: Operation) -> String {
        if operation.path().ends_with("{tax_id}") {
            self.path(operation).replace(&self.tax_id, "x")
        } else {
            operation.path().replace("{id}", "x")
        }
    }
}

/// What an operation must be sent before it looks at anything.
pub(crate) fn required(operation: Operation) -> &'static str {
    match operation {
        Operation::CreateCustomerTaxId => "type=eu_vat&value=DE123456789",
        Operation::SearchProducts | Operation::SearchPrices => "query=active:'true'",
        Operation::SearchCustomers => "query=name:null",
        _ => "",
    }
}

pub(crate) async fn ask(
    client: &Client,
    operation: Operation,
    path: &str,
    params: &str,
) -> Response {
    if operation.method() == Method::POST {
        client.post_form(path, params).await
    } else {
        client.send(operation.method(), &format!("{path}?{params}"), Bytes::new()).await
    }
}

#[tokio::test]
async fn every_operation_refuses_what_is_not_its() {
    let app = TestApp::new();
    let objects = Objects::of(&app).await;
    let other = app.with_key("sk_test_other");
    let mut table = String::new();
    for operation in Operation::ALL.iter().copied() {
        let path = objects.path(operation);
        writeln!(table, "{} {}", operation.method(), operation.path()).unwrap();
        let mut row = |what: &str, answer: &Response| {
            writeln!(table, "  {what:<22} {}", answer.error()).unwrap();
        };
        row("no key", &ask(&app.without_key(), operation, &path, "").await);
        row("wrong key", &ask(&app.with_key("nonsense"), operation, &path, "").await);
        row("publishable key", &ask(&app.with_key("pk_test_shop"), operation, &path, "").await);
        row("unknown parameter", &ask(&app, operation, &path, "colour=brown").await);
        row("property not there", &ask(&app, operation, &path, "expand[]=colour").await);
        row("wrong method", &app.send(Method::PATCH, &path, Bytes::new()).await);
        if operation.path().contains("{id}") {
            row("another sandbox's", &ask(&other, operation, &path, "").await);
            let nothing = objects.path_to_nothing(operation);
            row("an id of nothing", &ask(&app, operation, &nothing, "").await);
        }
    }
    assert_snapshot!(table);
}

/// A client that is told of the parameters of previews too.
fn previewing(app: &TestApp) -> Client {
    app.with_header("Stripe-Version", "2026-10-28.endive; checkout_server_update_beta=v1")
}

#[tokio::test]
async fn every_unsupported_parameter_is_refused_by_name() {
    let app = TestApp::new();
    let client = previewing(&app);
    let objects = Objects::of(&app).await;
    let mut refused = 0;
    for operation in Operation::ALL.iter().copied() {
        let heading = format!("{} {}", operation.method(), operation.path());
        let listed = include_str!("../../../paydesk-wire/src/unsupported.txt")
            .lines()
            .skip_while(|line| *line != heading)
            .skip(1)
            .map_while(|line| line.strip_prefix("  "));
        for dotted in listed {
            let param = in_brackets(dotted);
            let form = format!("{param}[x]=1");
            let answer = ask(&client, operation, &objects.path(operation), &form).await;
            assert_eq!(answer.error(), format!("400 parameter_unsupported {param}"), "{heading}");
            refused += 1;
        }
    }
    let lines = include_str!("../../../paydesk-wire/src/unsupported.txt").lines();
    assert_eq!(refused, lines.filter(|line| line.starts_with("  ")).count());
}

#[tokio::test]
async fn every_parameter_of_the_description_is_known_to_its_endpoint() {
    let app = TestApp::new();
    let today = previewing(&app);
    let at = |version| app.with_header("Stripe-Version", version);
    let gone = GONE.map(|(name, version)| (name, at(version)));
    let objects = Objects::of(&app).await;
    for operation in Operation::ALL.iter().copied() {
        let path = objects.path(operation);
        let described = readers::of(operation);
        assert!(!described.parameters.is_empty(), "every operation takes `expand`");
        for form in described.parameters.iter().flat_map(|param| forms(&param.name, param)) {
            let named = gone.iter().find(|(name, _)| form.starts_with(name));
            let client = named.map_or(&today, |(_, client)| client);
            let answer = ask(client, operation, &path, &form).await;
            let code = answer.json().pointer("/error/code").cloned().unwrap_or_default();
            let is_known = code != "parameter_unknown" && code != "parameter_unsupported";
            assert!(is_known, "{} {path} with {form}: {}", operation.method(), answer.text());
        }
    }
}

/// Parameters that today's version does not have any more, and the last one that had them.
const GONE: [(&str, &str); 2] = [
    ("payment_method_types", "2026-08-26.dahlia"),
    ("line_items[0][dynamic_tax_rates]", "2026-06-24.dahlia"),
];

/// A request for each value that a parameter may have, alone.
fn forms(name: &str, parameter: &Parameter) -> Vec<String> {
    parameter.kinds.iter().flat_map(|kind| forms_of(name, kind)).collect()
}

fn forms_of(name: &str, kind: &Kind) -> Vec<String> {
    let inside = |name: &str, object: &Description| {
        let parameters = object.parameters.iter();
        parameters.flat_map(|inner| forms(&format!("{name}[{}]", inner.name), inner)).collect()
    };
    match kind {
        Kind::Object(object) => inside(name, object),
        Kind::ByCurrency(object) => inside(&format!("{name}[eur]"), object),
        Kind::List { of, .. } => forms_of(&format!("{name}[0]"), of),
        Kind::Metadata => vec![format!("{name}[key]=1")],
        Kind::Choice { words, .. } => words.iter().map(|word| format!("{name}={word}")).collect(),
        Kind::Text { .. }
        | Kind::Integer { .. }
        | Kind::Boolean
        | Kind::Timestamp
        | Kind::Number
        | Kind::Decimal
        | Kind::Currency
        | Kind::Url
        | Kind::Email => vec![format!("{name}=1")],
    }
}

/// `line_items.tax_rates` as a request has it: `line_items[0][tax_rates]`.
fn in_brackets(dotted: &str) -> String {
    let mut segments = dotted.split('.');
    let mut param = segments.next().unwrap_or_default().to_owned();
    if param == "line_items" {
        param += "[0]";
    }
    param + &segments.map(|segment| format!("[{segment}]")).collect::<String>()
}

#[tokio::test]
async fn every_unsupported_endpoint_says_so() {
    let app = TestApp::new();
    for (method, path) in unsupported::endpoints() {
        let path = path.replace("{id}", "x");
        let answer = app.send(method.clone(), &path, Bytes::new()).await;
        let expected = format!("Paydesk does not support this endpoint yet ({method}: {path}).");
        let message = answer.string("/error/message");
        assert!(message.starts_with(&expected), "{message}");
        assert_eq!(answer.error(), "404 - -");
    }
}

#[tokio::test]
async fn an_unsupported_endpoint() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get("/v1/invoices?limit=3").await));
}

#[tokio::test]
async fn an_address_that_is_none() {
    let app = TestApp::new();
    assert_snapshot!(shown(&app.get("/v1/nothing?limit=3").await));
}

#[tokio::test]
async fn addresses_are_taken_as_they_are_written() {
    let app = TestApp::new();
    for path in ["/v1/products/", "/v1/Products", "/v1//products", "/v2/products", "/v1", "/"] {
        assert_eq!(app.get(path).await.error(), "404 - -", "{path}");
    }
    assert_eq!(app.get("/v1/products/a%2Fb").await.error(), "404 resource_missing id");
}
