//! What holds for every file and every catalog, whatever is in it.

use paydesk_domain::address::Country;
use paydesk_domain::catalog::{
    Amount, CurrencyOption, CustomUnitAmount, Interval, PackageDimensions, Price, PriceTerms,
    Product, ProductDetails, ProductKind, ProductTaxDetails, Recurring, TaxBehavior, Tier, Tiers,
    TiersMode, TransformQuantity, TransformRounding, Usage,
};
use paydesk_domain::coupon::{AmountOff, Coupon, CouponDuration, Off, PercentOff};
use paydesk_domain::id::{
    CouponId, Ordinal, PriceId, ProductId, ShippingRateId, TaxRateId, WebhookEndpointId,
};
use paydesk_domain::import::{self, ExistingObjects, Imported};
use paydesk_domain::metadata::Metadata;
use paydesk_domain::money::{Currency, Money, UnitAmount};
use paydesk_domain::shipping_rate::{
    DeliveryEstimate, DeliveryTime, DeliveryUnit, FixedAmount, ShippingCurrencyOption, ShippingRate,
};
use paydesk_domain::tax_rate::{Percentage, TaxRate, TaxType};
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::{SigningSecret, WebhookEndpoint};
use paydesk_testing::SeededIds;
use paydesk_wire::catalog_file::{self, Source};
use paydesk_wire::objects::ExportObject;
use proptest::option;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_seconds(1_900_000_000);

/// A few objects of each kind, with ids that are each once.
#[derive(Clone, Debug, Default)]
struct Shop {
    products: Vec<Product>,
    prices: Vec<Price>,
    coupons: Vec<Coupon>,
    shipping_rates: Vec<ShippingRate>,
    tax_rates: Vec<TaxRate>,
    endpoints: Vec<WebhookEndpoint>,
}

fn text() -> impl Strategy<Value = String> {
    // With what JSON escapes and what other formats would take for something else.
    "[a-z~\"\\\\é☕: #{}\\[\\]-]{1,12}"
}

fn metadata() -> impl Strategy<Value = Metadata> {
    prop::collection::btree_map("[a-z]{1,4}", text(), 0..3)
        .prop_map(|pairs| Metadata::from_pairs(pairs.into_iter().collect()))
}

fn currency() -> impl Strategy<Value = Currency> {
    let codes = prop::sample::select(vec!["usd", "eur", "jpy", "kwd"]);
    codes.prop_map(|code| Currency::from_code(code).expect("a currency"))
}

fn time() -> impl Strategy<Value = Timestamp> {
    (1_700_000_000i64..1_800_000_000).prop_map(Timestamp::from_seconds)
}

fn details() -> impl Strategy<Value = ProductDetails> {
    let url = || "[a-z]{1,8}".prop_map(|path| format!("https://shop.example/{path}"));
    (
        text(),
        option::of(text()),
        prop::collection::vec(url(), 0..3),
        option::of(any::<bool>()),
        [option::of("[A-Z]{1,9}"), option::of("txcd_[0-9]{8}"), option::of("[a-z]{1,9}")],
        option::of(url()),
        (prop::collection::vec(text(), 0..3), option::of(package()), option::of(tax_details())),
    )
        .prop_map(
            |(name, description, images, shippable, texts, url, (features, package, tax))| {
                let [statement_descriptor, tax_code, unit_label] = texts;
                ProductDetails {
                    name,
                    description,
                    images,
                    shippable,
                    statement_descriptor,
                    tax_code,
                    unit_label,
                    url,
                    marketing_features: features,
                    package_dimensions: package,
                    tax_details: tax,
                }
            },
        )
}

fn package() -> impl Strategy<Value = PackageDimensions> {
    let side = || 0u64..=99_999_999_999;
    (side(), side(), side(), side()).prop_map(|(height, length, weight, width)| PackageDimensions {
        height,
        length,
        weight,
        width,
    })
}

fn tax_details() -> impl Strategy<Value = ProductTaxDetails> {
    (option::of("taxloc_[a-z]{1,4}"), "txcd_[0-9]{8}").prop_map(|(location, code)| {
        ProductTaxDetails { performance_location: location, tax_code: Some(code) }
    })
}

/// An amount per unit, tiers, or what the buyer chooses; all of a Price's are of one kind.
#[derive(Clone, Copy, Debug)]
enum Kind {
    PerUnit,
    Custom,
    Tiered,
}

fn unit_amount() -> impl Strategy<Value = UnitAmount> {
    (0u64..999_999_999, option::of(0u64..1_000_000)).prop_map(|(whole, fraction)| {
        let text = match fraction {
            None => whole.to_string(),
            Some(fraction) => format!("{whole}.{fraction:06}"),
        };
        UnitAmount::parse(&text).expect("a decimal")
    })
}

fn amount(kind: Kind) -> BoxedStrategy<Amount> {
    let bound = || option::of(0i64..1_000);
    match kind {
        Kind::PerUnit => unit_amount().prop_map(Amount::PerUnit).boxed(),
        Kind::Custom => (bound(), bound(), bound())
            .prop_map(|(minimum, preset, maximum)| {
                let (preset, maximum) =
                    (preset.map(|preset| preset + 1_000), maximum.map(|maximum| maximum + 2_000));
                Amount::Custom(CustomUnitAmount { minimum, maximum, preset })
            })
            .boxed(),
        Kind::Tiered => {
            prop::collection::vec((1u64..100, unit_amount(), option::of(unit_amount())), 1..4)
                .prop_map(|steps| {
                    let mut end = 0;
                    let last = steps.len() - 1;
                    let tiers = steps.into_iter().enumerate().map(|(index, (step, unit, flat))| {
                        end += step;
                        let up_to = (index != last).then_some(end);
                        Tier { up_to, unit_amount: Some(unit), flat_amount: flat }
                    });
                    Amount::Tiered(Tiers::new(tiers.collect()).expect("they go up"))
                })
                .boxed()
        }
    }
}

/// What a Price charges, how it recurs, and what else it says of both.
fn charges() -> impl Strategy<Value = (Amount, Option<Recurring>, PriceTerms)> {
    let kind = prop::sample::select(vec![Kind::PerUnit, Kind::PerUnit, Kind::Custom, Kind::Tiered]);
    kind.prop_flat_map(|kind| {
        let interval = prop::sample::select(vec![Interval::Day, Interval::Week, Interval::Month]);
        let recurring = (interval, 1u32..30)
            .prop_map(|(interval, interval_count)| Recurring { interval, interval_count });
        let transform = (1u64..99, any::<bool>()).prop_map(|(divide_by, up)| TransformQuantity {
            divide_by,
            round: if up { TransformRounding::Up } else { TransformRounding::Down },
        });
        let chf = Currency::from_code("chf").expect("a currency");
        let other = amount(kind).prop_map(move |amount| CurrencyOption {
            currency: chf,
            amount,
            tax_behavior: TaxBehavior::Exclusive,
        });
        let terms = (
            option::of(transform),
            option::of("mtr_[a-z]{1,4}"),
            option::of(1u32..=730),
            option::of(other),
            any::<bool>(),
        );
        (amount(kind), option::of(recurring), terms).prop_map(move |(amount, recurring, terms)| {
            let (transform_quantity, meter, trial_period_days, other, is_volume) = terms;
            let recurring = recurring.filter(|_| !matches!(kind, Kind::Custom));
            let meter = meter.filter(|_| recurring.is_some());
            let mode = if is_volume { TiersMode::Volume } else { TiersMode::Graduated };
            let terms = PriceTerms {
                tiers_mode: matches!(kind, Kind::Tiered).then_some(mode),
                transform_quantity: transform_quantity.filter(|_| matches!(kind, Kind::PerUnit)),
                usage: meter.map_or(Usage::Licensed, |meter| Usage::Metered { meter }),
                trial_period_days: trial_period_days.filter(|_| recurring.is_some()),
                currency_options: other.into_iter().collect(),
            };
            (amount, recurring, terms)
        })
    })
}

fn product() -> impl Strategy<Value = Product> {
    let kind = prop::sample::select(vec![ProductKind::Good, ProductKind::Service]);
    (time(), time(), any::<bool>(), kind, details(), metadata()).prop_map(
        |(created, updated, active, kind, details, metadata)| Product {
            id: ProductId::from(""),
            ordinal: Ordinal::new(0),
            created,
            updated,
            active,
            is_inline: false,
            kind,
            default_price: None,
            details,
            metadata,
        },
    )
}

fn price() -> impl Strategy<Value = Price> {
    let behaviors = vec![TaxBehavior::Exclusive, TaxBehavior::Inclusive, TaxBehavior::Unspecified];
    (
        (time(), any::<bool>(), currency()),
        charges(),
        prop::sample::select(behaviors),
        (option::of(text()), any::<bool>(), metadata()),
    )
        .prop_map(|(basics, charges, tax_behavior, (nickname, has_key, metadata))| {
            let (created, active, currency) = basics;
            let (amount, recurring, terms) = charges;
            Price {
                id: PriceId::from(""),
                ordinal: Ordinal::new(0),
                created,
                active,
                is_inline: false,
                product: ProductId::from(""),
                currency,
                amount,
                recurring,
                terms,
                tax_behavior,
                // Named after the price, once there are several.
                lookup_key: has_key.then(String::new),
                nickname,
                metadata,
            }
        })
}

fn off() -> impl Strategy<Value = Off> {
    let percent = (1u16..=10_000)
        .prop_map(|hundredths| PercentOff::from_hundredths(hundredths).expect("a percentage"));
    let amount = (1i64..99_999, prop::collection::vec((currency(), 1i64..99_999), 0..3));
    prop_oneof![
        percent.prop_map(Off::Percent),
        amount.prop_map(|(amount, others)| {
            let chf = Currency::from_code("chf").expect("a currency");
            let others = others.into_iter().map(|(currency, amount)| Money::new(amount, currency));
            let amount = AmountOff::new(Money::new(amount, chf), others.collect());
            Off::Amount(amount.expect("none is in the coupon's own currency"))
        }),
    ]
}

fn coupon() -> impl Strategy<Value = Coupon> {
    let duration = prop_oneof![
        Just(CouponDuration::Forever),
        Just(CouponDuration::Once),
        (1u32..99).prop_map(|months| CouponDuration::Repeating { months }),
    ];
    (
        (time(), option::of(text()), off(), duration),
        any::<bool>(),
        (option::of(1u64..99), option::of(time()), 0u64..9, metadata()),
    )
        .prop_map(|((created, name, off, duration), is_of_products, limits)| {
            let (max_redemptions, redeem_by, times_redeemed, metadata) = limits;
            Coupon {
                id: CouponId::from(""),
                ordinal: Ordinal::new(0),
                created,
                name,
                off,
                duration,
                products: if is_of_products { vec![ProductId::from("")] } else { Vec::new() },
                max_redemptions,
                redeem_by,
                times_redeemed,
                metadata,
                is_deleted: false,
            }
        })
}

fn tax_behavior() -> impl Strategy<Value = TaxBehavior> {
    use TaxBehavior::{Exclusive, Inclusive, Unspecified};
    prop::sample::select(vec![Exclusive, Inclusive, Unspecified])
}

fn shipping_rate() -> impl Strategy<Value = ShippingRate> {
    use DeliveryUnit::{BusinessDay, Day, Hour, Month, Week};
    let unit = prop::sample::select(vec![BusinessDay, Day, Hour, Month, Week]);
    // In one unit, so that the bounds are in order.
    let estimate = (unit, option::of(1u32..9), option::of(9u32..99))
        .prop_filter("a file shows no estimate without a bound", |(_, minimum, maximum)| {
            minimum.is_some() || maximum.is_some()
        })
        .prop_map(|(unit, minimum, maximum)| {
            let [minimum, maximum] =
                [minimum, maximum].map(|value| value.map(|value| DeliveryTime { unit, value }));
            DeliveryEstimate::new(minimum, maximum).expect("they are in order")
        });
    let other = (currency(), 0i64..99_999, tax_behavior());
    let fixed_amount = (0i64..99_999, option::of(other)).prop_map(|(amount, other)| {
        let chf = Currency::from_code("chf").expect("a currency");
        let others = other.map(|(currency, amount, tax_behavior)| ShippingCurrencyOption {
            amount: Money::new(amount, currency),
            tax_behavior,
        });
        FixedAmount { amount: Money::new(amount, chf), others: others.into_iter().collect() }
    });
    (
        (time(), any::<bool>(), text(), fixed_amount),
        (option::of(estimate), tax_behavior(), option::of("txcd_[0-9]{8}"), metadata()),
    )
        .prop_map(|((created, active, display_name, fixed_amount), rest)| {
            let (delivery_estimate, tax_behavior, tax_code, metadata) = rest;
            ShippingRate {
                id: ShippingRateId::from(""),
                ordinal: Ordinal::new(0),
                created,
                active,
                delivery_estimate,
                display_name,
                fixed_amount,
                metadata,
                tax_behavior,
                tax_code,
            }
        })
}

fn tax_rate() -> impl Strategy<Value = TaxRate> {
    let percentage = (0u32..=1_000_000)
        .prop_map(|number| Percentage::from_ten_thousandths(number).expect("a percentage"));
    let country = prop::sample::select(vec!["DE", "US"]).prop_map(Country::from_code);
    let tax_type = prop::sample::select(TaxType::names()).prop_map(TaxType::from_name);
    (
        (time(), any::<bool>(), any::<bool>(), percentage, text()),
        (country, option::of(text()), option::of(text()), option::of("[A-Z]{2}")),
        (tax_type, metadata()),
    )
        .prop_map(|(basics, place, (tax_type, metadata))| {
            let (created, active, inclusive, percentage, display_name) = basics;
            let (country, description, jurisdiction, state) = place;
            TaxRate {
                id: TaxRateId::from(""),
                ordinal: Ordinal::new(0),
                created,
                active,
                country,
                description,
                display_name,
                inclusive,
                jurisdiction,
                metadata,
                percentage,
                state,
                tax_type,
            }
        })
}

fn endpoint() -> impl Strategy<Value = WebhookEndpoint> {
    let types = prop::sample::subsequence(vec!["*", "price.created", "coupon.deleted"], 1..3);
    let version = prop::sample::select(vec!["2025-03-31.basil", "2026-10-28.endive"]);
    let parts = (time(), types, option::of(version), option::of(text()), any::<bool>());
    (parts, "[a-zA-Z0-9]{1,40}", metadata()).prop_map(|(parts, secret, metadata)| {
        let (created, types, api_version, description, is_enabled) = parts;
        WebhookEndpoint {
            id: WebhookEndpointId::from(""),
            ordinal: Ordinal::new(0),
            created,
            url: "https://shop.example/hooks".to_owned(),
            enabled_events: types.into_iter().map(str::to_owned).collect(),
            api_version: api_version.map(str::to_owned),
            description,
            is_enabled,
            secret: SigningSecret::from_text(format!("whsec_{secret}")),
            metadata,
        }
    })
}

/// Objects that refer to one another, as those of a sandbox do.
fn shop() -> impl Strategy<Value = Shop> {
    let some = 1..4;
    (
        prop::collection::vec(product(), some.clone()),
        prop::collection::vec(price(), some),
        prop::collection::vec(coupon(), 0..3),
        prop::collection::vec(shipping_rate(), 0..3),
        prop::collection::vec(tax_rate(), 0..3),
        prop::collection::vec(endpoint(), 0..3),
    )
        .prop_map(|shop| {
            let (mut products, mut prices, mut coupons, shipping_rates, tax_rates, mut endpoints) =
                shop;
            for (index, product) in products.iter_mut().enumerate() {
                product.id = ProductId::from(format!("prod_{index}").as_str());
            }
            for (index, price) in prices.iter_mut().enumerate() {
                price.id = PriceId::from(format!("price_{index}").as_str());
                let owner = index % products.len();
                price.product = products[owner].id.clone();
                if price.active {
                    products[owner].default_price = Some(price.id.clone());
                }
                price.lookup_key = price.lookup_key.take().map(|_| format!("key {index}"));
            }
            for (index, coupon) in coupons.iter_mut().enumerate() {
                coupon.id = CouponId::from(format!("CODE{index}").as_str());
                coupon.products.iter_mut().for_each(|id| *id = products[0].id.clone());
            }
            for (index, endpoint) in endpoints.iter_mut().enumerate() {
                endpoint.id = WebhookEndpointId::from(format!("we_{index}").as_str());
            }
            let shipping_rates = shipping_rates.into_iter().enumerate().map(|(index, rate)| {
                ShippingRate { id: ShippingRateId::from(format!("shr_{index}").as_str()), ..rate }
            });
            let tax_rates = tax_rates.into_iter().enumerate().map(|(index, rate)| TaxRate {
                id: TaxRateId::from(format!("txr_{index}").as_str()),
                ..rate
            });
            Shop {
                products,
                prices,
                coupons,
                shipping_rates: shipping_rates.collect(),
                tax_rates: tax_rates.collect(),
                endpoints,
            }
        })
}

/// A file's objects, in the order of its sections, all as if they were made first.
fn imported(file: &[u8]) -> Result<Shop, String> {
    let file = catalog_file::read(&[Source { bytes: file, prefix: "" }]);
    let file = file.map_err(|error| error.message)?;
    let existing = ExistingObjects::default();
    let made = import::decide(&file.entries, &existing, NOW, &mut SeededIds::after(None));
    let mut shop = Shop::default();
    let ordinal = Ordinal::new(0);
    for object in made.map_err(|refused| format!("{refused:?}"))? {
        match object {
            Imported::Product(one) => {
                shop.products.push(Product { ordinal, ..one.object().clone() });
            }
            Imported::Price(one) => shop.prices.push(Price { ordinal, ..one.object().clone() }),
            Imported::Coupon(one) => shop.coupons.push(Coupon { ordinal, ..one.object().clone() }),
            Imported::ShippingRate(one) => {
                shop.shipping_rates.push(ShippingRate { ordinal, ..one.object().clone() });
            }
            Imported::TaxRate(one) => {
                shop.tax_rates.push(TaxRate { ordinal, ..one.object().clone() });
            }
            Imported::WebhookEndpoint(one) => {
                shop.endpoints.push(WebhookEndpoint { ordinal, ..one.object().clone() });
            }
        }
    }
    Ok(shop)
}

proptest! {
    #[test]
    fn an_import_makes_the_objects_that_were_exported(shop in shop()) {
        let rates = (shop.shipping_rates.as_slice(), shop.tax_rates.as_slice());
        let catalog = (shop.products.as_slice(), shop.prices.as_slice());
        let export = ExportObject::new(catalog, &shop.coupons, rates, &shop.endpoints, true, NOW);
        let again = imported(&serde_json::to_vec(&export).unwrap());
        let again = again.map_err(TestCaseError::fail)?;
        prop_assert_eq!(again.products, shop.products);
        prop_assert_eq!(again.prices, shop.prices);
        prop_assert_eq!(again.coupons, shop.coupons);
        prop_assert_eq!(again.shipping_rates, shop.shipping_rates);
        prop_assert_eq!(again.tax_rates, shop.tax_rates);
        prop_assert_eq!(again.endpoints, shop.endpoints);
    }

    #[test]
    fn no_file_breaks_its_reader(
        file in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            "[\\[\\]{}:,\"'a-z0-9 \n&*!|>?-]{0,200}".prop_map(String::into_bytes),
            broken("products:\n  - {id: a, name: 'Tea', metadata: {b: ~}}\nprices: []\n"),
            broken("{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"object\":\"price\"}]}"),
        ],
    ) {
        // Whatever it says; only a panic is wrong.
        let _ = catalog_file::read(&[Source { bytes: &file, prefix: "" }]);
    }
}

/// A file of which a part is replaced by something else.
fn broken(file: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let part = (0..file.len(), 0..file.len(), "[\\[\\]{}:,\"'a-z0-9 \n&*!|>?-]{0,6}");
    part.prop_map(|(one, other, replacement)| {
        let (start, end) = (one.min(other), one.max(other));
        [&file.as_bytes()[..start], replacement.as_bytes(), &file.as_bytes()[end..]].concat()
    })
}
