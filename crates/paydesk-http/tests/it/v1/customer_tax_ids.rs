//! `/v1/customers/{id}/tax_ids`

use axum::http::Method;
use bytes::Bytes;
use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};

use crate::support::{Params, shown};

const VAT: Params<'_> = &[("type", "eu_vat"), ("value", "EL123456789")];

/// A new customer; the path of its tax ids.
async fn tax_ids_of_a_customer(client: &Client) -> String {
    let customer = client.post("/v1/customers", &[("name", "Teehaus")]).await.ok();
    format!("/v1/customers/{}/tax_ids", customer.id())
}

async fn delete(client: &Client, path: &str) -> Response {
    client.send(Method::DELETE, path, Bytes::new()).await
}

#[tokio::test]
async fn a_tax_id_is_read_as_it_was_created() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let created = app.post(&path, VAT).await;
    assert_snapshot!(shown(&created));
    let read = app.get(&format!("{path}/{}", created.id())).await.ok();
    assert_eq!(read.text(), created.text());
}

#[tokio::test]
async fn the_customer_of_a_tax_id_is_shown_on_demand() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let expand = ("expand[0]", "customer.tax_ids");
    let created = app.post(&path, &[VAT, &[expand]].concat()).await.ok();
    assert_eq!(created.string("/customer/tax_ids/data/0/value"), "EL123456789");
    let list = app.get(&format!("{path}?expand[]=data.owner.customer")).await.ok();
    assert_eq!(list.each("/owner/customer/name"), ["Teehaus"]);
}

#[tokio::test]
async fn a_deleted_tax_id_is_gone() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let id = app.post(&path, VAT).await.ok().id();
    let deleted = delete(&app, &format!("{path}/{id}")).await;
    assert_snapshot!(shown(&deleted));
    assert_eq!(app.get(&path).await.ids(), [""; 0]);
    let one = format!("{path}/{id}");
    assert_eq!(app.get(&one).await.error(), "404 resource_missing id");
    assert_eq!(delete(&app, &one).await.error(), "404 resource_missing id");
    let types = app.get("/v1/events?type=customer.tax_id.*").await.each("/type");
    assert_eq!(types, ["customer.tax_id.deleted", "customer.tax_id.created"]);
}

#[tokio::test]
async fn a_tax_id_belongs_to_one_customer() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let id = app.post(&path, VAT).await.ok().id();
    let other = tax_ids_of_a_customer(&app).await;
    let through_another = format!("{other}/{id}");
    assert_eq!(app.get(&through_another).await.error(), "404 resource_missing id");
    assert_eq!(delete(&app, &through_another).await.error(), "404 resource_missing id");
    assert_eq!(app.get(&path).await.ids(), [id]);
}

#[tokio::test]
async fn the_newest_tax_id_comes_first_and_pages_go_both_ways() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.insert(0, app.post(&path, VAT).await.ok().id());
    }
    let page = async |query: String| {
        let page = app.get(&format!("{path}?limit=1&{query}")).await.ok();
        (page.ids(), page.value("/has_more") == true)
    };
    assert_eq!(app.get(&path).await.ids(), ids);
    assert_eq!(page(String::new()).await, (vec![ids[0].clone()], true));
    assert_eq!(page(format!("starting_after={}", ids[1])).await, (vec![ids[2].clone()], false));
    assert_eq!(page(format!("ending_before={}", ids[2])).await, (vec![ids[1].clone()], true));
    let nothing = app.get(&format!("{path}?starting_after=txi_x")).await;
    assert_eq!(nothing.error(), "400 resource_missing starting_after");
}

#[tokio::test]
async fn what_is_no_tax_id_is_refused() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let table: &[(Params<'_>, &str)] = &[
        (&[], "400 parameter_missing type"),
        (&[("type", "eu_vat")], "400 parameter_missing value"),
        (&[("type", "unknown"), ("value", "1")], "400 - type"),
        (&[("type", "eu_vat"), ("value", "123456789")], "400 tax_id_invalid value"),
        (&[("type", "us_ein"), ("value", "?")], "400 tax_id_invalid value"),
    ];
    for (params, expected) in table {
        assert_eq!(app.post(&path, params).await.error(), *expected);
    }
    assert_eq!(app.get(&path).await.ids(), [""; 0]);
}

#[tokio::test]
async fn a_customer_shows_the_ten_newest_of_many_tax_ids() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    for _ in 0..11 {
        app.post(&path, VAT).await.ok();
    }
    let customer = path.trim_end_matches("/tax_ids");
    let shown = app.get(&format!("{customer}?expand[]=tax_ids")).await.ok();
    let listed = app.get(&path).await.ok();
    assert_eq!(shown.value("/tax_ids"), listed.json());
}

#[tokio::test]
async fn tax_ids_of_one_customer_that_come_at_once_all_stay() {
    let app = TestApp::new();
    let path = tax_ids_of_a_customer(&app).await;
    let (one, two, three) =
        tokio::join!(app.post(&path, VAT), app.post(&path, VAT), app.post(&path, VAT));
    let mut made = vec![one.ok().id(), two.ok().id(), three.ok().id()];
    let mut listed = app.get(&path).await.ids();
    made.sort();
    listed.sort();
    assert_eq!(listed, made);
}
