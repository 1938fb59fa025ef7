//! Combinations that are refused, with their whole errors: on create, and on update, where they
//! leave the cart as it was. Those about what is collected are in `collection_refused`.

use insta::assert_snapshot;
use paydesk_testing::{Client, Response, TestApp};

const PATH: &str = "/v1/checkout/sessions";
const PAYMENT: &str = "mode=payment&success_url=https://shop.example/thanks";
const SUBSCRIPTION: &str = "mode=subscription&success_url=https://shop.example/thanks";

/// What the rows name, each by a word in braces.
struct Shop {
    client: Client,
    names: Vec<(&'static str, String)>,
}

impl Shop {
    async fn of(app: &TestApp) -> Self {
        let client = app.client();
        let mut shop = Self { client, names: Vec::new() };
        shop.names.push(("{tea}", app.price("Tea", 2000).await));
        shop.names.push(("{club}", app.monthly_price("Club", 3100).await));
        let price = "currency=usd&product_data[name]=Tip&custom_unit_amount[enabled]=true";
        shop.make("{tip}", "/v1/prices", price).await;
        shop.make("{yen}", "/v1/prices", "currency=jpy&product_data[name]=Y&unit_amount=900").await;
        let old = "currency=usd&product_data[name]=Old&unit_amount=900&active=false";
        shop.make("{old}", "/v1/prices", old).await;
        shop.make("{gone}", "/v1/products", "name=Gone&active=false").await;
        let rate = "display_name=Tax&percentage=8&inclusive=false";
        for name in ["{r1}", "{r2}", "{r3}", "{r4}", "{r5}", "{r6}"] {
            shop.make(name, "/v1/tax_rates", rate).await;
        }
        shop.make("{rate-off}", "/v1/tax_rates", &format!("{rate}&active=false")).await;
        shop.make("{tenth}", "/v1/coupons", "percent_off=10&duration=once").await;
        let five = "amount_off=500&currency=usd&duration=once";
        shop.make("{five}", "/v1/coupons", five).await;
        shop.make("{euro}", "/v1/coupons", "amount_off=500&currency=eur&duration=once").await;
        let others = "percent_off=10&duration=once&applies_to[products][0]={gone}";
        shop.make("{others}", "/v1/coupons", &shop.filled(others)).await;
        let code = shop.filled("promotion[type]=coupon&promotion[coupon]={tenth}&active=false");
        shop.make("{code-off}", "/v1/promotion_codes", &code).await;
        let post = "display_name=Post&fixed_amount[amount]=500&fixed_amount[currency]=usd";
        shop.make("{post}", "/v1/shipping_rates", post).await;
        let post = "display_name=Post&fixed_amount[amount]=500&fixed_amount[currency]=eur";
        shop.make("{post-eur}", "/v1/shipping_rates", post).await;
        let off = shop.make("{post-off}", "/v1/shipping_rates", post).await;
        shop.client.post(&format!("/v1/shipping_rates/{off}"), &[("active", "false")]).await.ok();
        shop
    }

    async fn make(&mut self, name: &'static str, path: &str, form: &str) -> String {
        let id = self.client.post_form(path, form).await.ok().id();
        self.names.push((name, id.clone()));
        id
    }

    fn filled(&self, form: &str) -> String {
        self.names.iter().fold(form.to_owned(), |form, (name, id)| form.replace(name, id))
    }

    /// The errors, with the words in place of the ids again.
    async fn errors(&self, client: &Client, path: &str, base: &str, forms: &[&str]) -> String {
        let mut table = String::new();
        for form in forms {
            let form = form.split_whitespace().collect::<String>();
            let sent = self.filled(&format!("{base}{form}"));
            let answer: Response = client.post_form(path, &sent).await;
            let error = answer.error();
            let message = answer.string("/error/message");
            let shown = |text: &str| {
                let names = self.names.iter();
                names.fold(text.to_owned(), |text, (name, id)| text.replace(&**id, name))
            };
            table += &format!("{form}\n  {}\n  {}\n", shown(&error), shown(&message));
        }
        table
    }
}

#[tokio::test]
async fn in_payment_mode() {
    let app = TestApp::new();
    let shop = Shop::of(&app).await;
    let tea = "&line_items[0][price]={tea}&line_items[0][quantity]=1";
    let forms = [
        "&discounts[0][coupon]={tenth}&discounts[1][coupon]={five}",
        "&discounts[0][coupon]={tenth}&discounts[0][promotion_code]=promo_1",
        "&discounts[0][coupon]={euro}",
        "&discounts[0][coupon]={others}",
        "&discounts[0][promotion_code]={code-off}",
        "&discounts[0][promotion_code]=promo_none",
        "&allow_promotion_codes=true&discounts[0][coupon]={tenth}",
        "&line_items[0][tax_rates][0]={rate-off}",
        "&line_items[0][tax_rates][0]={r1}&line_items[0][tax_rates][1]={r2}\
         &line_items[0][tax_rates][2]={r3}&line_items[0][tax_rates][3]={r4}\
         &line_items[0][tax_rates][4]={r5}&line_items[0][tax_rates][5]={r6}",
        "&shipping_options[0][shipping_rate]={post-off}",
        "&shipping_options[0][shipping_rate]={post-eur}",
        "&shipping_options[0][shipping_rate]={post}&shipping_options[1][shipping_rate]={post}",
        "&shipping_options[0][shipping_rate]={post}\
         &shipping_options[0][shipping_rate_data][display_name]=Post",
        "&line_items[1][price]={tip}&line_items[1][quantity]=1",
        "&line_items[1][price]={yen}&line_items[1][quantity]=1",
        "&line_items[1][price]={old}&line_items[1][quantity]=1",
        "&line_items[1][price]={club}&line_items[1][quantity]=1",
        "&line_items[1][price]={tea}",
        "&currency=gbp",
        "&subscription_data[trial_period_days]=3",
    ];
    let base = format!("{PAYMENT}{tea}");
    assert_snapshot!("payment", shop.errors(&shop.client, PATH, &base, &forms).await);
    let forms = [
        "&line_items[0][quantity]=2",
        "&line_items[0][quantity]=1&discounts[0][coupon]={tenth}",
        "&line_items[0][quantity]=1&line_items[0][adjustable_quantity][enabled]=true",
    ];
    let base = format!("{PAYMENT}&line_items[0][price]={{tip}}");
    assert_snapshot!("chosen_amount", shop.errors(&shop.client, PATH, &base, &forms).await);
}

#[tokio::test]
async fn in_subscription_mode() {
    let app = TestApp::new();
    let shop = Shop::of(&app).await;
    let club = "&line_items[0][price]={club}&line_items[0][quantity]=1";
    let forms = [
        "&shipping_options[0][shipping_rate]={post}",
        "&subscription_data[trial_end]=1900000000&subscription_data[trial_period_days]=3",
        "&subscription_data[trial_end]=1800172799",
        "&subscription_data[trial_period_days]=0",
        "&subscription_data[trial_period_days]=731",
        "&subscription_data[trial_period_days]=3\
         &subscription_data[billing_cycle_anchor]=1800864000",
        "&subscription_data[billing_cycle_anchor]=1800000000",
        "&subscription_data[billing_cycle_anchor]=1900000000",
        "&subscription_data[billing_cycle_anchor]=1800864000\
         &subscription_data[proration_behavior]=none\
         &line_items[1][price]={tea}&line_items[1][quantity]=1",
        "&subscription_data[billing_cycle_anchor]=1800864000&discounts[0][coupon]={five}",
        "&subscription_data[default_tax_rates][0]={rate-off}",
        "&subscription_data[default_tax_rates][0]={r1}&automatic_tax[enabled]=true",
    ];
    let base = format!("{SUBSCRIPTION}{club}");
    assert_snapshot!("subscription", shop.errors(&shop.client, PATH, &base, &forms).await);
    let clover = app.with_header("Stripe-Version", "2025-12-15.clover");
    let forms = [
        "&line_items[0][tax_rates][0]={r1}&line_items[0][dynamic_tax_rates][0]={r2}",
        "&line_items[0][dynamic_tax_rates][0]={r1}&subscription_data[default_tax_rates][0]={r2}",
    ];
    assert_snapshot!("dynamic_tax_rates", shop.errors(&clover, PATH, &base, &forms).await);
}

#[tokio::test]
async fn an_update_that_names_what_can_not_be_used_leaves_the_cart_as_it_was() {
    let app = TestApp::new();
    let shop = Shop::of(&app).await;
    let new = "mode=payment&ui_mode=elements&return_url=https://shop.example/back\
               &line_items[0][price]={tea}&line_items[0][quantity]=1\
               &discounts[0][coupon]={tenth}&shipping_options[0][shipping_rate]={post}";
    let session = shop.client.post_form(PATH, &shop.filled(new)).await.ok();
    let path = format!("{PATH}/{}", session.id());
    let all = format!("{path}?expand[]=line_items.data.discounts&expand[]=shipping_cost.taxes");
    let before = app.get(&all).await.ok().json();
    let line = "line_items[0][price]={tea}&line_items[0][quantity]=3&line_items[1]";
    let forms = [
        &format!("{line}[price]={{old}}&line_items[1][quantity]=1"),
        &format!("{line}[price]=price_none&line_items[1][quantity]=1"),
        &format!("{line}[price]={{yen}}&line_items[1][quantity]=1"),
        &format!("{line}[price]={{club}}&line_items[1][quantity]=1"),
        &format!(
            "{line}[price_data][currency]=usd&line_items[1][price_data][product]={{gone}}\
             &line_items[1][price_data][unit_amount]=500&line_items[1][quantity]=1"
        ),
        &format!(
            "{line}[price_data][currency]=usd&line_items[1][price_data][product]=prod_none\
             &line_items[1][price_data][unit_amount]=500&line_items[1][quantity]=1"
        ),
        "line_items[0][price]={tea}&line_items[0][quantity]=3\
         &line_items[0][tax_rates][0]={rate-off}",
        "line_items[0][price]={tea}&line_items[0][quantity]=3\
         &line_items[0][tax_rates][0]=txr_none",
        "line_items[0][price]={tip}&line_items[0][quantity]=1",
        "discounts[0][coupon]={euro}",
        "discounts[0][coupon]={others}",
        "discounts[0][coupon]=none",
        "discounts[0][promotion_code]={code-off}",
        "shipping_options[0][shipping_rate]={post-off}",
        "shipping_options[0][shipping_rate]={post-eur}",
        "shipping_options[0][shipping_rate]=shr_none",
        "subscription_data[trial_period_days]=3",
    ];
    let preview = "2026-10-28.endive; checkout_server_update_beta=v1";
    let preview = app.with_header("Stripe-Version", preview);
    assert_snapshot!("update", shop.errors(&preview, &path, "", &forms).await);
    assert_eq!(app.get(&all).await.ok().json(), before);
}
