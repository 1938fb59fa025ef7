//! Objects to store, made by the domain's own decisions.

use std::num::NonZeroU64;

use paydesk_domain::address::{Address, Country};
use paydesk_domain::api_key::{ApiKey, CreateApiKey, KeyHash, KeyRights};
use paydesk_domain::catalog::{
    Amount, Catalog, CreatePrice, CreateProduct, CurrencyOptionChange, CustomUnitAmount, Interval,
    NewPriceProduct, PackageDimensions, Price, PriceTerms, Product, ProductDetails, ProductKind,
    ProductTaxDetails, Recurring, TaxBehavior, Tier, Tiers, TiersMode, TransformQuantity,
    TransformRounding, Usage,
};
use paydesk_domain::checkout_session::{
    Actor, AdjustableQuantity, AutomaticTax, AutomaticTaxStatus, CheckoutSession,
    CreateCheckoutSession, CreateCollection, DiscountChoice, MissingPaymentMethod, Mode,
    NewLineItem, PermissionGeneration, Permissions, PriceChoice, ProrationBehavior,
    RedirectOnCompletion, ShippingChoice, ShippingDetails, SubscriptionTerms, Trial, UiMode, Urls,
};
use paydesk_domain::coupon::Coupon;
use paydesk_domain::customer::Customer;
use paydesk_domain::event::{Event, EventData, EventRequest};
use paydesk_domain::id::{AccountId, IdSource, Ordinal};
use paydesk_domain::metadata::MetadataChange;
use paydesk_domain::money::{Currency, Money, UnitAmount};
use paydesk_domain::promotion_code::{
    CreatePromotionCode, MinimumAmount, PromotionCode, Restrictions,
};
use paydesk_domain::sandbox::{Sandbox, SandboxId};
use paydesk_domain::shipping_rate::{FixedAmount, NewShippingRate};
use paydesk_domain::tax_rate::{CreateTaxRate, Percentage, TaxRate};
use paydesk_domain::time::Timestamp;

/// When objects are made unless a case says otherwise.
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

/// Counts up; its "random" words are the count too.
#[derive(Default)]
pub(super) struct CountingIds(u64);

impl CountingIds {
    /// Goes on where a source that follows the clock would be at a moment of wall time.
    pub(super) fn follow(&mut self, wall: Timestamp) {
        let milliseconds = u64::try_from(wall.as_seconds()).unwrap() * 1000;
        self.0 = self.0.max(Ordinal::first_of_millisecond(milliseconds).get());
    }
}

impl IdSource for CountingIds {
    fn next_ordinal(&mut self) -> Ordinal {
        self.0 += 1;
        Ordinal::new(self.0)
    }

    fn random(&mut self) -> u64 {
        self.0
    }
}

/// Makes objects, each with an ordinal of its own.
pub(super) struct Maker {
    pub(super) ids: CountingIds,
    /// When the next object is made.
    pub(super) now: Timestamp,
}

impl Maker {
    pub(super) fn new() -> Self {
        Self { ids: CountingIds::default(), now: NOW }
    }

    /// The worlds of a new account.
    pub(super) fn account(
        &mut self,
        parent: Option<&AccountId>,
        display_name: Option<&str>,
    ) -> [Sandbox; 2] {
        Sandbox::for_account(parent, display_name, self.now, &mut self.ids)
    }

    /// A key of a sandbox, with a hash of its own.
    pub(super) fn api_key(&mut self, sandbox: SandboxId, rights: KeyRights) -> ApiKey {
        let mut hash = [0x5a; 32];
        hash[..8].copy_from_slice(&self.ids.next_ordinal().get().to_be_bytes());
        let name = (rights == KeyRights::Secret).then(|| "of the till".to_owned());
        let create = CreateApiKey { sandbox, livemode: name.is_none(), rights, name };
        create.decide(self.now, &mut self.ids, |_| KeyHash(hash)).0
    }

    /// A Product with a name and nothing else.
    pub(super) fn product(&mut self, name: &str) -> Product {
        let create = CreateProduct {
            id: None,
            active: true,
            kind: ProductKind::Service,
            details: ProductDetails { name: name.to_owned(), ..ProductDetails::default() },
            metadata: None,
            default_price_data: None,
        };
        create.decide(None, self.now, &mut self.ids).unwrap().product
    }

    /// A Product with something in every field.
    pub(super) fn full_product(&mut self) -> Product {
        let bare = self.product("Tea, black");
        let price = self.price(&bare, 500);
        Product {
            updated: bare.created.plus_seconds(5),
            active: false,
            is_inline: true,
            kind: ProductKind::Good,
            default_price: Some(price.id),
            details: ProductDetails {
                name: "Tëa, black ☕".to_owned(),
                description: Some("From the second harvest".to_owned()),
                images: vec!["https://shop.example/1.png".to_owned(), String::new()],
                shippable: Some(false),
                statement_descriptor: Some("TEA".to_owned()),
                tax_code: Some("txcd_10000000".to_owned()),
                unit_label: Some("tin".to_owned()),
                url: Some("https://shop.example/tea".to_owned()),
                marketing_features: vec!["Organic".to_owned(), String::new()],
                package_dimensions: Some(PackageDimensions {
                    height: 1,
                    length: 1_050,
                    weight: 0,
                    width: u64::MAX,
                }),
                tax_details: Some(ProductTaxDetails {
                    performance_location: Some("taxloc_1".to_owned()),
                    tax_code: Some("txcd_10000000".to_owned()),
                }),
            },
            metadata: bare.metadata.changed(Some(&metadata())).unwrap(),
            ..bare
        }
    }

    /// A Price in US dollars, in cents, charged once.
    pub(super) fn price(&mut self, product: &Product, cents: i64) -> Price {
        self.price_of(product, create_price(product, cents))
    }

    /// A Price that is charged once a month.
    pub(super) fn monthly_price(&mut self, product: &Product, cents: i64) -> Price {
        let create = CreatePrice {
            recurring: Some(Recurring { interval: Interval::Month, interval_count: 1 }),
            ..create_price(product, cents)
        };
        self.price_of(product, create)
    }

    /// A Price with something in every field.
    pub(super) fn full_price(&mut self, product: &Product, recurring: Recurring) -> Price {
        let create = CreatePrice {
            active: false,
            currency: Currency::from_code("jpy").unwrap(),
            amount: Amount::PerUnit(UnitAmount::parse("99.000000000001").unwrap()),
            recurring: Some(recurring),
            terms: PriceTerms {
                transform_quantity: Some(TransformQuantity {
                    divide_by: 12,
                    round: TransformRounding::Down,
                }),
                usage: Usage::Metered { meter: "mtr_1".to_owned() },
                trial_period_days: Some(14),
                ..PriceTerms::default()
            },
            currency_options: vec![CurrencyOptionChange {
                currency: Currency::from_code("eur").unwrap(),
                amount: Some(Amount::PerUnit(UnitAmount::parse("0.5").unwrap())),
                tax_behavior: Some(TaxBehavior::Exclusive),
            }],
            tax_behavior: TaxBehavior::Inclusive,
            lookup_key: Some("tea-monthly".to_owned()),
            nickname: Some("Tea, by the month".to_owned()),
            metadata: Some(metadata()),
            ..create_price(product, 0)
        };
        self.price_of(product, create)
    }

    /// A Price in tiers, and in tiers of another currency.
    pub(super) fn tiered_price(&mut self, product: &Product, mode: TiersMode) -> Price {
        let tiers = |first: &str| {
            let amount = |text: &str| Some(UnitAmount::parse(text).unwrap());
            let first = Tier { up_to: Some(10), unit_amount: amount(first), flat_amount: None };
            let rest = Tier {
                up_to: None,
                unit_amount: amount("0.000000000001"),
                flat_amount: amount("300"),
            };
            Amount::Tiered(Tiers::new(vec![first, rest]).unwrap())
        };
        let create = CreatePrice {
            amount: tiers("500"),
            terms: PriceTerms { tiers_mode: Some(mode), ..PriceTerms::default() },
            currency_options: vec![CurrencyOptionChange {
                currency: Currency::from_code("eur").unwrap(),
                amount: Some(tiers("450.5")),
                tax_behavior: None,
            }],
            ..create_price(product, 0)
        };
        self.price_of(product, create)
    }

    /// A Price that the buyer chooses.
    pub(super) fn custom_price(&mut self, product: &Product, custom: CustomUnitAmount) -> Price {
        let create = CreatePrice { amount: Amount::Custom(custom), ..create_price(product, 0) };
        self.price_of(product, create)
    }

    /// A session with one line for each Price, in payment mode, shown as a hosted page.
    pub(super) fn session(&mut self, prices: &[&Price]) -> CheckoutSession {
        self.session_of(create_session(prices), prices)
    }

    /// A session for an address.
    pub(super) fn session_for(&mut self, email: &str, prices: &[&Price]) -> CheckoutSession {
        let create = CreateCheckoutSession {
            customer_email: Some(email.to_owned()),
            ..create_session(prices)
        };
        self.session_of(create, prices)
    }

    /// A session that is shown in one of the places, with all the addresses that place has.
    pub(super) fn session_in(&mut self, ui_mode: UiMode, prices: &[&Price]) -> CheckoutSession {
        let url = |name: &str| Some(format!("https://shop.example/{name}"));
        let urls = match ui_mode {
            UiMode::HostedPage => {
                Urls { success_url: url("success"), cancel_url: url("cancel"), ..Urls::default() }
            }
            UiMode::EmbeddedPage => Urls {
                return_url: url("return"),
                redirect_on_completion: Some(RedirectOnCompletion::IfRequired),
                ..Urls::default()
            },
            UiMode::Elements => Urls { return_url: url("return"), ..Urls::default() },
            UiMode::Form => Urls {
                success_url: url("success"),
                cancel_url: url("cancel"),
                return_url: url("return"),
                redirect_on_completion: None,
            },
        };
        let create = CreateCheckoutSession { ui_mode, urls, ..create_session(prices) };
        self.session_of(create, prices)
    }

    /// A session that collects something, in payment mode; `customer` is there to be named.
    pub(super) fn session_that_collects(
        &mut self,
        collection: CreateCollection,
        customer: &Customer,
        prices: &[&Price],
    ) -> CheckoutSession {
        let create = CreateCheckoutSession { collection, ..create_session(prices) };
        let catalog = Catalog::new(prices.iter().map(|price| (*price).clone()), []);
        let decision = create.decide(&catalog, Some(customer), false, self.now, &mut self.ids);
        decision.unwrap().session
    }

    /// A session with something in every field.
    pub(super) fn full_session(&mut self, monthly: &Price, once: &Price) -> CheckoutSession {
        let prices = [monthly, once];
        let bare = create_session(&prices);
        let tax_rates = self.tax_rates();
        let coupon = Coupon { products: Vec::new(), ..self.full_coupon() };
        let promotion_code = self.minimum_code(&coupon);
        let mut line_items = bare.line_items.clone();
        line_items[0].adjustable_quantity = Some(AdjustableQuantity::Disabled);
        line_items[1] = NewLineItem {
            quantity: NonZeroU64::new(3),
            adjustable_quantity: Some(AdjustableQuantity::Enabled { minimum: 1, maximum: 12 }),
            metadata: Some(metadata()),
            tax_rates: tax_rates.iter().map(|rate| rate.id.clone()).collect(),
            ..line_items[1].clone()
        };
        let create = CreateCheckoutSession {
            mode: Mode::Subscription,
            line_items,
            discounts: vec![DiscountChoice::PromotionCode(promotion_code.id.clone())],
            allow_promotion_codes: Some(false),
            subscription: Some(SubscriptionTerms {
                trial: Some(Trial::Days(14)),
                missing_payment_method: Some(MissingPaymentMethod::Pause),
                billing_cycle_anchor: None,
                proration_behavior: Some(ProrationBehavior::CreateProrations),
                default_tax_rates: vec![tax_rates[1].id.clone()],
            }),
            permissions: Some(Permissions {
                generation: PermissionGeneration::Nested,
                update_line_items: Some(Actor::ServerOnly),
                update_shipping_details: None,
                update_discounts: Some(Actor::ClientOnly),
            }),
            expires_at: Some(self.now.plus_seconds(3_600)),
            metadata: Some(metadata()),
            client_reference_id: Some("cart 17".to_owned()),
            customer_email: Some("jenny@example.com".to_owned()),
            locale: Some("de".to_owned()),
            ..bare
        };
        let mut catalog = Catalog::new(prices.into_iter().cloned(), []);
        catalog.add_tax_rates(tax_rates);
        catalog.add_coupons([coupon]);
        catalog.add_promotion_codes([promotion_code]);
        self.session_from(create, &catalog)
    }

    /// A session whose first period is shorter.
    pub(super) fn anchored_session(&mut self, monthly: &Price) -> CheckoutSession {
        let create = CreateCheckoutSession {
            mode: Mode::Subscription,
            subscription: Some(SubscriptionTerms {
                billing_cycle_anchor: Some(self.now.plus_seconds(864_000)),
                proration_behavior: Some(ProrationBehavior::None),
                missing_payment_method: Some(MissingPaymentMethod::Cancel),
                ..SubscriptionTerms::default()
            }),
            ..create_session(&[monthly])
        };
        self.session_of(create, &[monthly])
    }

    /// A session that is shipped, by rates of its own, and to where.
    pub(super) fn shipped_session(&mut self, price: &Price) -> CheckoutSession {
        let option = |amount| {
            let amount = Money::new(amount, Currency::from_code("usd").unwrap());
            ShippingChoice::Inline(NewShippingRate {
                delivery_estimate: None,
                display_name: "Post".to_owned(),
                fixed_amount: FixedAmount { amount, others: Vec::new() },
                metadata: None,
                tax_behavior: TaxBehavior::Exclusive,
                tax_code: None,
            })
        };
        let create = CreateCheckoutSession {
            shipping_options: vec![option(500), option(0)],
            ..create_session(&[price])
        };
        let mut session = self.session_of(create, &[price]);
        let address = Address {
            city: Some("Berlin".to_owned()),
            country: Country::from_code("DE"),
            line1: Some("Unter den Linden 1".to_owned()),
            line2: None,
            postal_code: Some("10117".to_owned()),
            state: None,
        };
        let name = "Jenny Rosen".to_owned();
        session.lines[0].tax_rates_by_address = true;
        session.automatic_tax = Some(AutomaticTax {
            customer_address: Some(Address { city: None, ..address.clone() }),
            status: AutomaticTaxStatus::Complete,
        });
        session.shipping.details = Some(ShippingDetails { name, address });
        session
    }

    /// An Event that a request caused.
    pub(super) fn event(&mut self, data: EventData) -> Event {
        let request =
            EventRequest { id: "req_1".to_owned(), idempotency_key: Some("key 1".to_owned()) };
        let version = Some("2026-03-25.dahlia".to_owned());
        Event::new(data, self.now, version, Some(request), &mut self.ids)
    }

    fn price_of(&mut self, product: &Product, create: CreatePrice) -> Price {
        let decision = create.decide(Some(product), None, self.now, &mut self.ids);
        decision.unwrap().price
    }

    fn session_of(&mut self, create: CreateCheckoutSession, prices: &[&Price]) -> CheckoutSession {
        let catalog = Catalog::new(prices.iter().map(|price| (*price).clone()), []);
        self.session_from(create, &catalog)
    }

    fn session_from(&mut self, create: CreateCheckoutSession, known: &Catalog) -> CheckoutSession {
        create.decide(known, None, false, self.now, &mut self.ids).unwrap().session
    }

    /// A rate that is inside prices, and one on top.
    fn tax_rates(&mut self) -> [TaxRate; 2] {
        [("19", true), ("8.25", false)].map(|(percentage, inclusive)| {
            let create = CreateTaxRate {
                active: true,
                country: None,
                description: None,
                display_name: "Tax".to_owned(),
                inclusive,
                jurisdiction: None,
                metadata: None,
                percentage: Percentage::parse(percentage).unwrap(),
                state: None,
                tax_type: None,
            };
            create.into_rate(self.now, &mut self.ids).unwrap()
        })
    }

    /// A promotion code that asks for a minimum in two currencies.
    fn minimum_code(&mut self, coupon: &Coupon) -> PromotionCode {
        let amount = |code| Money::new(500, Currency::from_code(code).unwrap());
        let minimum = MinimumAmount { amount: amount("eur"), others: vec![amount("usd")] };
        let create = CreatePromotionCode {
            is_enabled: true,
            code: None,
            coupon: coupon.id.clone(),
            customer: None,
            expires_at: None,
            max_redemptions: None,
            restrictions: Restrictions { is_first_time: true, minimum: Some(minimum) },
            metadata: None,
        };
        let decision = create.decide(Some(coupon), false, false, self.now, &mut self.ids);
        decision.unwrap().promotion_code
    }
}

/// Metadata whose order is not that of its keys.
pub(super) fn metadata() -> MetadataChange {
    let pair = |key: &str, value: &str| (key.to_owned(), Some(value.to_owned()));
    MetadataChange::Merge(vec![pair("order", "6735"), pair("colour", "grün")])
}

fn create_price(product: &Product, cents: i64) -> CreatePrice {
    CreatePrice {
        product: NewPriceProduct::Existing(product.id.clone()),
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
    }
}

fn create_session(prices: &[&Price]) -> CreateCheckoutSession {
    let line = |price: &&Price| NewLineItem {
        price: Some(PriceChoice::Existing(price.id.clone())),
        quantity: NonZeroU64::new(1),
        tax_rates: Vec::new(),
        tax_rates_by_address: false,
        adjustable_quantity: None,
        metadata: None,
    };
    CreateCheckoutSession {
        mode: Mode::Payment,
        ui_mode: UiMode::HostedPage,
        urls: Urls {
            success_url: Some("https://shop.example/success".to_owned()),
            ..Urls::default()
        },
        line_items: prices.iter().map(line).collect(),
        currency: None,
        discounts: Vec::new(),
        allow_promotion_codes: None,
        shipping_options: Vec::new(),
        automatic_tax: false,
        billing_cycle_anchor_config: None,
        subscription: None,
        permissions: None,
        expires_at: None,
        metadata: None,
        client_reference_id: None,
        customer_email: None,
        locale: None,
        collection: CreateCollection::default(),
    }
}
