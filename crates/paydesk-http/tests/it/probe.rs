//! probe
use crate::support::shown;
use paydesk_testing::TestApp;
#[tokio::test]
async fn probe() {
    let app = TestApp::new();
    // reactivating an inline price
    let params = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/thanks"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][product_data][name]", "Tea"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][quantity]", "1"),
        ("expand[]", "line_items"),
    ];
    let s = app.post("/v1/checkout/sessions", &params).await.ok();
    let price = s.string("/line_items/data/0/price/id");
    println!(
        "reactivate inline: {}",
        app.post(&format!("/v1/prices/{price}"), &[("active", "true")]).await.status
    );
    let product = s.string("/line_items/data/0/price/product");
    println!(
        "reactivate inline product: {}",
        app.post(&format!("/v1/products/{product}"), &[("active", "true")]).await.status
    );
    let reuse = [
        ("mode", "payment"),
        ("success_url", "https://shop.example"),
        ("line_items[0][price]", price.as_str()),
        ("line_items[0][quantity]", "1"),
    ];
    println!("reuse: {}", app.post("/v1/checkout/sessions", &reuse).await.status);
    // product url on update
    let p = app.product("x").await;
    println!(
        "url on update: {}",
        shown(&app.post(&format!("/v1/products/{p}"), &[("url", "not a url")]).await)
            .lines()
            .next()
            .unwrap()
    );
    println!(
        "url on create: {}",
        app.post("/v1/products", &[("name", "a"), ("url", "not a url")]).await.error()
    );
    // description in product_data of a price
    let d = [
        ("currency", "usd"),
        ("unit_amount", "1"),
        ("product_data[name]", "a"),
        ("product_data[description]", "d"),
        ("product_data[images][0]", "x"),
    ];
    println!("description in product_data: {}", app.post("/v1/prices", &d).await.status);
    // payment_method_types at endive
    println!(
        "pmt: {}",
        app.post("/v1/checkout/sessions", &[("payment_method_types[0]", "card")]).await.error()
    );
    println!(
        "dyn: {}",
        app.post("/v1/checkout/sessions", &[("line_items[0][dynamic_tax_rates][0]", "txr")])
            .await
            .error()
    );
    // replay at another version
    let older =
        app.with_header("Idempotency-Key", "v").with_header("Stripe-Version", "2025-09-30.clover");
    let newer =
        app.with_header("Idempotency-Key", "v").with_header("Stripe-Version", "2026-10-28.endive");
    let el = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][product_data][name]", "Tea"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][quantity]", "1"),
    ];
    let a = older.post("/v1/checkout/sessions", &el).await;
    let b = newer.post("/v1/checkout/sessions", &el).await;
    println!(
        "replay: {:?} {} / {:?} {}",
        a.header("stripe-version"),
        a.string("/ui_mode"),
        b.header("stripe-version"),
        b.string("/ui_mode")
    );
    // long value echo
    let long = "x".repeat(1_000_000);
    println!(
        "echo: {}",
        app.post("/v1/products", &[("active", &long), ("name", "a")]).await.body.len()
    );
    println!("echo2: {}", app.post("/v1/products", &[(&long, "a")]).await.body.len());
    println!("echo3: {}", app.get(&format!("/v1/products/{}", "x".repeat(60000))).await.body.len());
    // tax_code expand
    let t = app
        .post("/v1/products", &[("name", "a"), ("tax_code", "txcd_1"), ("expand[]", "tax_code")])
        .await
        .ok();
    println!("tax_code: {}", t.value("/tax_code"));
    // expand currency: session currency param sent equal
    // query + body merging
    let m =
        app.post("/v1/products?metadata[a]=1", &[("name", "a"), ("metadata[b]", "2")]).await.ok();
    println!("merge: {}", m.value("/metadata"));
    // invalid utf-8 in body
    let u = app.post_form("/v1/products", "name=%ff%fe").await;
    println!("utf8: {} {}", u.status, u.value("/name"));
    // param of price_data currency mismatch
    let mm = [
        ("mode", "payment"),
        ("success_url", "https://a.example"),
        ("currency", "eur"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][product_data][name]", "Tea"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][quantity]", "1"),
    ];
    println!("mismatch: {}", app.post("/v1/checkout/sessions", &mm).await.text());
    // whitespace name
    println!("blank: {}", app.post("/v1/products", &[("name", "   ")]).await.status);
    println!("price of archived product: {}", {
        let p = app.post("/v1/products", &[("name", "a"), ("active", "false")]).await.id();
        app.post("/v1/prices", &[("currency", "usd"), ("unit_amount", "1"), ("product", &p)])
            .await
            .status
    });
    println!(
        "default_price unset: {}",
        app.post(&format!("/v1/products/{p}"), &[("default_price", "")]).await.error()
    );
    println!("ids plain: {}", app.get("/v1/products?ids[]=a&ids[]=b").await.status);
    println!(
        "empty text list: {}",
        app.post("/v1/checkout/sessions", &[("expand", "")]).await.error()
    );
    let odd = app
        .with_header("Stripe-Version", "2026-10-28.endive")
        .get("/v1/products?starting_after=")
        .await;
    println!("empty cursor: {}", odd.error());
    println!(
        "query unknown on retrieve w/ post body: {}",
        app.get(&format!("/v1/products/{p}?foo=1")).await.error()
    );
    println!(
        "preview pinned: {:?}",
        app.with_key("sk_test_prev")
            .with_header("Stripe-Version", "2030-01-01.preview")
            .get("/v1/products")
            .await
            .headers
    );
}
