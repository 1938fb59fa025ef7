//! What becomes of objects that a file has, beside those that are there.

use super::*;
use crate::catalog::{
    Amount, NewPriceProduct, PriceTerms, ProductDetails, ProductKind, TaxBehavior,
};
use crate::id::tests::CountingIds;
use crate::money::{Currency, Money, UnitAmount};
use crate::shipping_rate::{FixedAmount, ShippingCurrencyOption};
use crate::tax_rate::Percentage;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn product(id: &str) -> ImportProduct {
    ImportProduct {
        id: ProductId::from(id),
        created: None,
        updated: None,
        default_price: None,
        command: CreateProduct {
            id: None,
            active: true,
            kind: ProductKind::Service,
            details: ProductDetails { name: id.to_owned(), ..ProductDetails::default() },
            metadata: None,
            default_price_data: None,
        },
    }
}

fn price(id: &str, product: &str, cents: i64) -> ImportPrice {
    ImportPrice {
        id: PriceId::from(id),
        created: None,
        command: CreatePrice {
            product: NewPriceProduct::Existing(ProductId::from(product)),
            active: true,
            currency: Currency::from_code("usd").unwrap(),
            amount: Amount::PerUnit(UnitAmount::from_minor_units(cents).unwrap()),
            recurring: None,
            terms: PriceTerms::default(),
            currency_options: Vec::new(),
            tax_behavior: TaxBehavior::Unspecified,
            lookup_key: None,
            transfer_lookup_key: false,
            nickname: None,
            metadata: None,
        },
    }
}

fn keyed(id: &str, key: &str) -> ImportPrice {
    let mut price = price(id, "tea", 350);
    price.command.lookup_key = Some(key.to_owned());
    price
}

fn endpoint(id: &str) -> ImportWebhookEndpoint {
    ImportWebhookEndpoint {
        id: WebhookEndpointId::from(id),
        created: None,
        is_enabled: true,
        secret: None,
        command: CreateWebhookEndpoint {
            url: "https://shop.example/hooks".to_owned(),
            enabled_events: vec!["*".to_owned()],
            api_version: None,
            description: None,
            metadata: None,
        },
    }
}

fn tax_rate(percentage: &str) -> ImportTaxRate {
    ImportTaxRate {
        id: TaxRateId::from("txr_vat"),
        created: None,
        command: CreateTaxRate {
            active: true,
            country: None,
            description: None,
            display_name: "VAT".to_owned(),
            inclusive: true,
            jurisdiction: None,
            metadata: None,
            percentage: Percentage::parse(percentage).unwrap(),
            state: None,
            tax_type: None,
        },
    }
}

/// A shipping rate in dollars, and in other currencies with what they say of tax.
fn shipping_rate(cents: i64, others: &[(&str, i64, TaxBehavior)]) -> ImportShippingRate {
    let money = |code, amount| Money::new(amount, Currency::from_code(code).unwrap());
    let others = others.iter().map(|(code, amount, tax_behavior)| ShippingCurrencyOption {
        amount: money(code, *amount),
        tax_behavior: *tax_behavior,
    });
    ImportShippingRate {
        id: ShippingRateId::from("shr_ground"),
        created: None,
        active: true,
        command: NewShippingRate {
            delivery_estimate: None,
            display_name: "Ground".to_owned(),
            fixed_amount: FixedAmount { amount: money("usd", cents), others: others.collect() },
            metadata: None,
            tax_behavior: TaxBehavior::Unspecified,
            tax_code: None,
        },
    }
}

/// Objects of a file, each at its number.
fn file(objects: Vec<ImportObject>) -> Vec<ImportEntry> {
    let place = |index: usize| index.to_string();
    (0..).zip(objects).map(|(at, object)| ImportEntry { place: place(at), object }).collect()
}

fn catalog(products: Vec<ImportProduct>, prices: Vec<ImportPrice>) -> Vec<ImportEntry> {
    let products = products.into_iter().map(ImportObject::Product);
    file(products.chain(prices.into_iter().map(ImportObject::Price)).collect())
}

/// A file with the word for what becomes of each object, or why the whole is refused.
fn outcomes(entries: &[ImportEntry], existing: &ExistingObjects) -> String {
    fn word<T>(outcome: &Outcome<T>) -> &'static str {
        match outcome {
            Outcome::Made(_) => "made",
            Outcome::Kept(_) => "kept",
            Outcome::Changed { .. } => "changed",
        }
    }
    match decide(entries, existing, NOW, &mut CountingIds::default()) {
        Ok(imported) => {
            let words = imported.iter().map(|imported| match imported {
                Imported::Product(outcome) => word(outcome),
                Imported::Price(outcome) => word(outcome),
                Imported::Coupon(outcome) => word(outcome),
                Imported::ShippingRate(outcome) => word(outcome),
                Imported::TaxRate(outcome) => word(outcome),
                Imported::WebhookEndpoint(outcome) => word(outcome),
            });
            words.collect::<Vec<_>>().join(" ")
        }
        Err(ImportRefused(refused)) => {
            let reasons = refused.iter().map(|entry| format!("{}: {}", entry.place, entry.refusal));
            reasons.collect::<Vec<_>>().join("; ")
        }
    }
}

/// What is there after a file was imported into nothing.
fn after(entries: &[ImportEntry]) -> ExistingObjects {
    let mut existing = ExistingObjects::default();
    let imported = decide(entries, &existing, NOW, &mut CountingIds::default()).unwrap();
    for object in imported {
        match object {
            Imported::Product(product) => {
                let product = product.object().clone();
                existing.products.insert(product.id.clone(), product);
            }
            Imported::Price(price) => {
                let price = price.object().clone();
                existing.prices.insert(price.id.clone(), price);
            }
            Imported::Coupon(coupon) => {
                let coupon = coupon.object().clone();
                existing.coupons.insert(coupon.id.clone(), coupon);
            }
            Imported::ShippingRate(rate) => {
                let rate = rate.object().clone();
                existing.shipping_rates.insert(rate.id.clone(), rate);
            }
            Imported::TaxRate(rate) => {
                let rate = rate.object().clone();
                existing.tax_rates.insert(rate.id.clone(), rate);
            }
            Imported::WebhookEndpoint(endpoint) => {
                let endpoint = endpoint.object().clone();
                existing.webhook_endpoints.insert(endpoint.id.clone(), endpoint);
            }
        }
    }
    existing
}

#[test]
fn a_file_is_made_once_and_kept_afterwards() {
    let mut tea = product("tea");
    tea.default_price = Some(PriceId::from("small"));
    let mut entries = catalog(vec![tea], vec![price("small", "tea", 350)]);
    let endpoint = ImportObject::WebhookEndpoint(endpoint("we_1"));
    entries.push(ImportEntry { place: "2".to_owned(), object: endpoint });
    assert_eq!(outcomes(&entries, &ExistingObjects::default()), "made made made");
    assert_eq!(outcomes(&entries, &after(&entries)), "kept kept kept");
}

#[test]
fn what_may_change_is_changed_and_what_may_not_is_refused() {
    let before = after(&catalog(vec![product("tea")], vec![price("small", "tea", 350)]));
    let mut archived = product("tea");
    archived.command.active = false;
    let mut named = price("small", "tea", 350);
    named.command.nickname = Some("Small".to_owned());
    assert_eq!(outcomes(&catalog(vec![archived], vec![named]), &before), "changed changed");
    let dearer = catalog(vec![], vec![price("small", "tea", 400)]);
    assert_eq!(outcomes(&dearer, &before), "0: price small is there and differs");
}

#[test]
fn every_refusal_of_a_file_is_found() {
    let mut tea = product("tea");
    tea.default_price = Some(PriceId::from("other"));
    let prices = vec![price("small", "tee", 350), keyed("a", "key"), keyed("b", "key")];
    let entries = catalog(vec![tea, product("tea")], prices);
    assert_eq!(
        outcomes(&entries, &ExistingObjects::default()),
        "0: no such price: other; 1: 0 has the same id; 2: no such product: tee; \
         4: 3 claims the same lookup key"
    );
}

#[test]
fn a_lookup_key_is_taken_from_a_price_of_the_file_only() {
    let before = after(&catalog(vec![product("tea")], vec![keyed("old", "key")]));
    let taken = "0: price old uses the lookup key key";
    assert_eq!(outcomes(&catalog(vec![], vec![keyed("new", "key")]), &before), taken);
    let handed_over = vec![price("old", "tea", 350), keyed("new", "key")];
    assert_eq!(outcomes(&catalog(vec![], handed_over), &before), "changed made");
}

#[test]
fn a_default_price_is_not_archived() {
    let mut tea = product("tea");
    tea.default_price = Some(PriceId::from("small"));
    let before = after(&catalog(vec![tea], vec![price("small", "tea", 350)]));
    let mut archived = price("small", "tea", 350);
    archived.command.active = false;
    let refused = "0: price small is the default price of its product";
    assert_eq!(outcomes(&catalog(vec![], vec![archived]), &before), refused);
}

#[test]
fn a_tax_behavior_that_the_file_leaves_open_stays() {
    let mut said = price("small", "tea", 350);
    said.command.tax_behavior = TaxBehavior::Inclusive;
    let before = after(&catalog(vec![product("tea")], vec![said]));
    assert_eq!(outcomes(&catalog(vec![], vec![price("small", "tea", 350)]), &before), "kept");
    let mut other = price("small", "tea", 350);
    other.command.tax_behavior = TaxBehavior::Exclusive;
    let refused = "0: the tax behavior is fixed";
    assert_eq!(outcomes(&catalog(vec![], vec![other]), &before), refused);
}

#[test]
fn a_secret_of_the_file_counts_and_without_one_it_stays() {
    let entry = |import| file(vec![ImportObject::WebhookEndpoint(import)]);
    let before = after(&entry(endpoint("we_1")));
    assert_eq!(outcomes(&entry(endpoint("we_1")), &before), "kept");
    let secret = Some(SigningSecret::from_text("whsec_given".to_owned()));
    let given = ImportWebhookEndpoint { secret, ..endpoint("we_1") };
    assert_eq!(outcomes(&entry(given), &before), "changed");
    let mut newer = endpoint("we_1");
    newer.command.api_version = Some("2026-10-28.endive".to_owned());
    let refused = "0: webhook endpoint we_1 is there with another API version";
    assert_eq!(outcomes(&entry(newer), &before), refused);
}

#[test]
fn the_places_for_endpoints_are_counted_with_those_that_are_there() {
    let all = |from: usize, count| {
        let ids = (from..).take(count).map(|number| format!("we_{number}"));
        file(ids.map(|id| ImportObject::WebhookEndpoint(endpoint(&id))).collect())
    };
    let before = after(&all(0, 15));
    assert_eq!(outcomes(&all(14, 2), &before), "kept made");
    let refused = "1: there are 16 webhook endpoints already";
    assert_eq!(outcomes(&all(15, 2), &before), refused);
}

#[test]
fn what_a_tax_rate_is_of_an_amount_never_changes() {
    let entry = |import| file(vec![ImportObject::TaxRate(import)]);
    let before = after(&entry(tax_rate("19")));
    assert_eq!(outcomes(&entry(tax_rate("19.000")), &before), "kept");
    let mut renamed = tax_rate("19");
    renamed.command.display_name = "MwSt.".to_owned();
    assert_eq!(outcomes(&entry(renamed), &before), "changed");
    let refused = "0: tax rate txr_vat is there and differs";
    assert_eq!(outcomes(&entry(tax_rate("20")), &before), refused);
    let mut on_top = tax_rate("19");
    on_top.command.inclusive = false;
    assert_eq!(outcomes(&entry(on_top), &before), refused);
}

#[test]
fn what_shipping_costs_in_a_currency_never_changes() {
    use TaxBehavior::{Exclusive, Inclusive, Unspecified};
    let entry = |import| file(vec![ImportObject::ShippingRate(import)]);
    let ground = |others| entry(shipping_rate(500, others));
    let before = after(&ground(&[("eur", 450, Inclusive)]));
    assert_eq!(outcomes(&ground(&[("eur", 450, Inclusive)]), &before), "kept");
    assert_eq!(outcomes(&ground(&[("eur", 450, Unspecified)]), &before), "kept");
    assert_eq!(outcomes(&ground(&[]), &before), "kept");
    assert_eq!(outcomes(&ground(&[("gbp", 400, Unspecified)]), &before), "changed");
    let mut archived = shipping_rate(500, &[]);
    archived.active = false;
    assert_eq!(outcomes(&entry(archived), &before), "changed");

    let dearer = ground(&[("eur", 451, Inclusive)]);
    assert_eq!(outcomes(&dearer, &before), "0: eur: its amount is fixed");
    let on_top = ground(&[("eur", 450, Exclusive)]);
    assert_eq!(outcomes(&on_top, &before), "0: eur: its tax behavior is fixed");
    let refused = "0: shipping rate shr_ground is there and differs";
    assert_eq!(outcomes(&entry(shipping_rate(501, &[])), &before), refused);
    let mut renamed = shipping_rate(500, &[]);
    renamed.command.display_name = "Air".to_owned();
    assert_eq!(outcomes(&entry(renamed), &before), refused);
}
