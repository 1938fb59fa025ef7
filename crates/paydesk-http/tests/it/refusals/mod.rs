//! Every refusal of the rules, as clients read it.

mod checkout_sessions;

use std::fmt::Write;

use insta::assert_snapshot;
use paydesk_domain::Refusal;
use paydesk_domain::address::Country;
use paydesk_domain::catalog::{
    Amount, CreatePrice, CurrencyOptionRefusal, InlineProduct, NewPriceProduct, Price,
    PriceRefusal, PriceTerms, ProductDetails, ProductRefusal, TaxBehavior, TermsRefusal,
};
use paydesk_domain::checkout_session::SessionRefusal;
use paydesk_domain::coupon::{
    Coupon, CouponDuration, CouponRefusal, CouponUnusable, CreateCoupon, Off, PercentOff,
};
use paydesk_domain::customer::{CustomerRefusal, TaxIdType};
use paydesk_domain::id::{
    CouponId, CustomerId, LineItemId, ObjectId, PriceId, ProductId, PromotionCodeId,
    ShippingRateId, TaxRateId, WebhookEndpointId,
};
use paydesk_domain::import::{ImportRefusal, ImportRefused, RefusedEntry};
use paydesk_domain::metadata::MetadataRefusal;
use paydesk_domain::money::{Currency, Money, UnitAmount};
use paydesk_domain::promotion_code::{Code, PromotionCodeRefusal, PromotionCodeUnusable};
use paydesk_domain::sandbox::{ClockRefusal, SandboxRefusal};
use paydesk_domain::shipping_rate::{
    FixedAmount, NewShippingRate, ShippingCurrencyReason, ShippingCurrencyRefusal, ShippingRate,
    ShippingRateRefusal,
};
use paydesk_domain::tax_rate::{CreateTaxRate, Percentage, TaxRate, TaxRateRefusal};
use paydesk_domain::time::Timestamp;
use paydesk_domain::webhook_endpoint::WebhookEndpointRefusal;
use paydesk_testing::SeededIds;
use paydesk_wire::StripeError;

use crate::support::example_of_each;

const AT: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn currency(code: &str) -> Currency {
    Currency::from_code(code).expect("a test names a currency")
}

fn usd(minor_units: i64) -> Money {
    Money::new(minor_units, currency("usd"))
}

fn price() -> PriceId {
    PriceId::from("price_1")
}

fn product() -> ProductId {
    ProductId::from("prod_1")
}

fn line() -> LineItemId {
    LineItemId::from("li_1")
}

fn metadata_refusals() -> Vec<MetadataRefusal> {
    use MetadataRefusal as M;
    example_of_each!(MetadataRefusal {
        M::TooManyKeys(_) => M::TooManyKeys(51),
        M::KeyTooLong(_) => M::KeyTooLong("k".repeat(41)),
        M::KeyWithBracket(_) => M::KeyWithBracket("a[b".to_owned()),
        M::ValueTooLong { .. } => M::ValueTooLong { key: "a".to_owned(), chars: 501 },
    })
}

fn too_long() -> MetadataRefusal {
    MetadataRefusal::ValueTooLong { key: "a".to_owned(), chars: 501 }
}

fn product_refusals() -> Vec<ProductRefusal> {
    use ProductRefusal as P;
    example_of_each!(ProductRefusal {
        P::Metadata(_) => P::Metadata(too_long()),
        P::DefaultPriceMetadata(_) => P::DefaultPriceMetadata(too_long()),
        P::IdTaken(_) => P::IdTaken(product()),
        P::NoSuchPrice(_) => P::NoSuchPrice(price()),
        P::PriceOfAnotherProduct { .. } =>
            P::PriceOfAnotherProduct { price: price(), owner: product() },
        P::DefaultPriceInactive(_) => P::DefaultPriceInactive(price()),
        P::DefaultPriceTerms(_) => P::DefaultPriceTerms(TermsRefusal::CustomAmountRecurring),
        P::ActivatesInlineProduct(_) => P::ActivatesInlineProduct(product()),
        P::HasPrices(_) => P::HasPrices(product()),
    })
}

fn price_refusals() -> Vec<PriceRefusal> {
    use PriceRefusal as P;
    example_of_each!(PriceRefusal {
        P::Metadata(_) => P::Metadata(too_long()),
        P::ProductMetadata(_) => P::ProductMetadata(too_long()),
        P::Terms(_) => P::Terms(TermsRefusal::TransformNotPerUnit),
        P::NoSuchProduct(_) => P::NoSuchProduct(product()),
        P::ProductIdTaken(_) => P::ProductIdTaken(product()),
        P::LookupKeyTaken { .. } =>
            P::LookupKeyTaken { key: "standard".to_owned(), holder: price() },
        P::ArchivesDefaultPrice(_) => P::ArchivesDefaultPrice(price()),
        P::ActivatesInlinePrice(_) => P::ActivatesInlinePrice(price()),
        P::TaxBehaviorFixed => P::TaxBehaviorFixed,
    })
}

fn shipping_rate_refusals() -> Vec<ShippingRateRefusal> {
    use {ShippingCurrencyReason as C, ShippingRateRefusal as S};
    let reasons = example_of_each!(ShippingCurrencyReason {
        C::OwnCurrency => C::OwnCurrency,
        C::AmountMissing => C::AmountMissing,
        C::AmountFixed => C::AmountFixed,
        C::TaxBehaviorFixed => C::TaxBehaviorFixed,
    });
    let refusal = |reason| ShippingCurrencyRefusal { currency: currency("eur"), reason };
    let mut refusals = example_of_each!(ShippingRateRefusal {
        S::Metadata(_) => S::Metadata(too_long()),
        S::CurrencyOption(_) => S::CurrencyOption(refusal(reasons[0])),
        S::TaxBehaviorFixed => S::TaxBehaviorFixed,
    });
    refusals.extend(reasons.iter().skip(1).copied().map(refusal).map(S::CurrencyOption));
    refusals
}

fn refusals_of_tax_rates() -> Vec<TaxRateRefusal> {
    use TaxRateRefusal as T;
    example_of_each!(TaxRateRefusal {
        T::Metadata(_) => T::Metadata(too_long()),
    })
}

fn coupon_refusals() -> Vec<CouponRefusal> {
    use CouponRefusal as C;
    example_of_each!(CouponRefusal {
        C::Metadata(_) => C::Metadata(too_long()),
        C::IdTaken(_) => C::IdTaken(CouponId::from("SPRING")),
        C::NoSuchProduct { .. } => C::NoSuchProduct { index: 1, product: product() },
        C::RedeemByPassed => C::RedeemByPassed,
        C::RedeemByTooFar => C::RedeemByTooFar,
        C::CurrencyOptionsOfPercent => C::CurrencyOptionsOfPercent,
        C::OwnCurrencyFixed(_) => C::OwnCurrencyFixed(currency("usd")),
    })
}

fn promotion_code_refusals() -> Vec<PromotionCodeRefusal> {
    use PromotionCodeRefusal as P;
    let coupon = || CouponId::from("SPRING");
    let unusable = |reason| P::CouponUnusable { coupon: coupon(), reason };
    let mut refusals = example_of_each!(PromotionCodeRefusal {
        P::Metadata(_) => P::Metadata(too_long()),
        P::NoSuchCoupon(_) => P::NoSuchCoupon(coupon()),
        P::CouponUnusable { .. } => unusable(CouponUnusable::Expired),
        P::NoSuchCustomer(_) => P::NoSuchCustomer(CustomerId::from("cus_1")),
        P::ExpiresAtPassed => P::ExpiresAtPassed,
        P::ExpiresAfterCoupon { .. } => P::ExpiresAfterCoupon { redeem_by: AT },
        P::MoreRedemptionsThanCoupon { .. } => P::MoreRedemptionsThanCoupon { max: 10 },
        P::MinimumInOwnCurrency(_) => P::MinimumInOwnCurrency(currency("usd")),
        P::NoMinimumAmount => P::NoMinimumAmount,
        P::CodeTaken(_) => P::CodeTaken(Code::parse("SPRING").expect("a code")),
        P::NotRedeemable(_) => P::NotRedeemable(PromotionCodeUnusable::Expired),
    });
    refusals.push(unusable(CouponUnusable::Exhausted));
    refusals.push(P::NotRedeemable(PromotionCodeUnusable::Exhausted));
    refusals.push(P::NotRedeemable(CouponUnusable::Deleted.into()));
    refusals
}

fn customer_refusals() -> Vec<CustomerRefusal> {
    use CustomerRefusal as C;
    let kind = |name| TaxIdType::from_name(name).expect("a test names a type");
    let invalid = |index, name| {
        let value = "?".to_owned();
        C::TaxIdInvalid { index, kind: kind(name), value }
    };
    let mut refusals = example_of_each!(CustomerRefusal {
        C::Metadata(_) => C::Metadata(too_long()),
        C::TaxLocationUnknown => C::TaxLocationUnknown,
        C::TooManyTaxIds(_) => C::TooManyTaxIds(51),
        C::TaxIdInvalid { .. } => invalid(Some(1), "us_ein"),
    });
    refusals.push(invalid(None, "eu_vat"));
    refusals
}

fn webhook_endpoint_refusals() -> Vec<WebhookEndpointRefusal> {
    use WebhookEndpointRefusal as W;
    example_of_each!(WebhookEndpointRefusal {
        W::Metadata(_) => W::Metadata(too_long()),
        W::TooMany => W::TooMany,
    })
}

/// A Price of so many cents, as it is after it was created.
fn price_of(cents: i64) -> Box<Price> {
    let create = CreatePrice {
        product: NewPriceProduct::New(InlineProduct {
            id: None,
            active: true,
            is_inline: false,
            details: ProductDetails::default(),
            metadata: None,
        }),
        active: true,
        currency: currency("usd"),
        amount: Amount::PerUnit(UnitAmount::from_minor_units(cents).expect("a price")),
        recurring: None,
        terms: PriceTerms::default(),
        currency_options: Vec::new(),
        tax_behavior: TaxBehavior::Unspecified,
        lookup_key: None,
        transfer_lookup_key: false,
        nickname: None,
        metadata: None,
    };
    let made = create.decide(None, None, AT, &mut SeededIds::after(None));
    Box::new(Price { id: price(), ..made.expect("nothing is wrong with it").price })
}

fn coupon_of(percent: &str) -> Box<Coupon> {
    let create = CreateCoupon {
        id: Some(CouponId::from_text("SPRING".to_owned())),
        name: None,
        off: Off::Percent(PercentOff::parse(percent).expect("a percentage")),
        duration: CouponDuration::Once,
        products: Vec::new(),
        max_redemptions: None,
        redeem_by: None,
        metadata: None,
    };
    let made = create.into_coupon(|_| true, AT, &mut SeededIds::after(None));
    Box::new(made.expect("nothing is wrong with it"))
}

fn shipping_rate_of(cents: i64) -> Box<ShippingRate> {
    let new = NewShippingRate {
        delivery_estimate: None,
        display_name: "Ground".to_owned(),
        fixed_amount: FixedAmount { amount: usd(cents), others: Vec::new() },
        metadata: None,
        tax_behavior: TaxBehavior::Unspecified,
        tax_code: None,
    };
    let made = new.into_rate(AT, &mut SeededIds::after(None));
    Box::new(made.expect("it says nothing that is refused"))
}

fn tax_rate_of(percentage: &str) -> Box<TaxRate> {
    let create = CreateTaxRate {
        active: true,
        country: None,
        description: None,
        display_name: "VAT".to_owned(),
        inclusive: true,
        jurisdiction: None,
        metadata: None,
        percentage: Percentage::parse(percentage).expect("a test names a percentage"),
        state: None,
        tax_type: None,
    };
    let made = create.into_rate(AT, &mut SeededIds::after(None));
    Box::new(made.expect("it says nothing that is refused"))
}

fn import_refusals() -> Vec<ImportRefusal> {
    use ImportRefusal as I;
    let place = || "prices[0]".to_owned();
    example_of_each!(ImportRefusal {
        I::PriceFixed { .. } => I::PriceFixed { before: price_of(350), now: price_of(400) },
        I::CouponFixed { .. } =>
            I::CouponFixed { before: coupon_of("25"), now: coupon_of("33.33") },
        I::ShippingRateFixed { .. } =>
            I::ShippingRateFixed { before: shipping_rate_of(500), now: shipping_rate_of(600) },
        I::TaxRateFixed { .. } =>
            I::TaxRateFixed { before: tax_rate_of("19"), now: tax_rate_of("20") },
        I::ApiVersionFixed(_) => I::ApiVersionFixed(WebhookEndpointId::from("we_1")),
        I::IdTwice { .. } => I::IdTwice { place: place() },
        I::LookupKeyHeld { .. } =>
            I::LookupKeyHeld { key: "tea".to_owned(), holder: price() },
        I::LookupKeyTwice { .. } => I::LookupKeyTwice { place: place() },
    })
}

/// A file with so many objects that are refused.
fn import_of(count: usize) -> ImportRefused {
    let refused = (0..count).map(|index| RefusedEntry {
        place: format!("products[{index}]"),
        refusal: ProductRefusal::NoSuchPrice(price()).into(),
    });
    ImportRefused(refused.collect())
}

fn clock_refusals() -> Vec<ClockRefusal> {
    use ClockRefusal as C;
    let requested = AT.plus_seconds(-1);
    example_of_each!(ClockRefusal {
        C::GoesBack { .. } => C::GoesBack { now: AT, requested },
        C::LiveMode => C::LiveMode,
        C::TooFar { .. } => C::TooFar { requested },
    })
}

fn sandbox_refusals() -> Vec<SandboxRefusal> {
    use SandboxRefusal as S;
    example_of_each!(SandboxRefusal {
        S::LiveMode => S::LiveMode,
        S::HasMadeKeys => S::HasMadeKeys,
    })
}

/// What a Price can't be, on its own and as the default of a new Product.
fn terms_refusals() -> Vec<Refusal> {
    use CurrencyOptionRefusal as O;
    let options = example_of_each!(CurrencyOptionRefusal {
        O::OwnCurrency => O::OwnCurrency,
        O::AmountMissing => O::AmountMissing,
        O::OtherKind => O::OtherKind,
        O::TaxBehaviorFixed => O::TaxBehaviorFixed,
    });
    let option = |reason| TermsRefusal::CurrencyOption { currency: currency("eur"), reason };
    let mut refusals = example_of_each!(TermsRefusal {
        TermsRefusal::CustomAmountRecurring => TermsRefusal::CustomAmountRecurring,
        TermsRefusal::TransformNotPerUnit => TermsRefusal::TransformNotPerUnit,
        TermsRefusal::CurrencyOption { .. } => option(O::OwnCurrency),
    });
    refusals.extend(options.into_iter().map(option));
    let of_default = refusals.clone().into_iter().map(ProductRefusal::DefaultPriceTerms);
    let of_price = refusals.into_iter().map(PriceRefusal::Terms);
    of_price.map(Refusal::from).chain(of_default.map(Refusal::from)).collect()
}

/// Every refusal; each that is inside another stands once in every place it can be in.
fn refusals() -> Vec<Refusal> {
    let kinds = example_of_each!(Refusal {
        Refusal::Product(_) => Refusal::Product(ProductRefusal::IdTaken(product())),
        Refusal::Price(_) => Refusal::Price(PriceRefusal::TaxBehaviorFixed),
        Refusal::Coupon(_) => Refusal::Coupon(CouponRefusal::RedeemByPassed),
        Refusal::ShippingRate(_) => Refusal::ShippingRate(ShippingRateRefusal::TaxBehaviorFixed),
        Refusal::TaxRate(_) => Refusal::TaxRate(TaxRateRefusal::Metadata(too_long())),
        Refusal::PromotionCode(_) => Refusal::PromotionCode(PromotionCodeRefusal::NoMinimumAmount),
        Refusal::WebhookEndpoint(_) => Refusal::WebhookEndpoint(WebhookEndpointRefusal::TooMany),
        Refusal::Session(_) => Refusal::Session(SessionRefusal::NoLines),
        Refusal::Customer(_) => Refusal::Customer(CustomerRefusal::TaxLocationUnknown),
        Refusal::Clock(_) => Refusal::Clock(ClockRefusal::TooFar { requested: AT }),
        Refusal::Sandbox(_) => Refusal::Sandbox(SandboxRefusal::LiveMode),
        Refusal::ImportedObject(_) => import_refusals().remove(0).into(),
        Refusal::Import(_) => import_of(1).into(),
    });
    assert_eq!(kinds.len(), 13, "each kind of refusal has its list below");
    product_refusals()
        .into_iter()
        .map(Refusal::from)
        .chain(price_refusals().into_iter().map(Refusal::from))
        .chain(terms_refusals())
        .chain(coupon_refusals().into_iter().map(Refusal::from))
        .chain(shipping_rate_refusals().into_iter().map(Refusal::from))
        .chain(refusals_of_tax_rates().into_iter().map(Refusal::from))
        .chain(promotion_code_refusals().into_iter().map(Refusal::from))
        .chain(webhook_endpoint_refusals().into_iter().map(Refusal::from))
        .chain(customer_refusals().into_iter().map(Refusal::from))
        .chain(checkout_sessions::refusals().into_iter().map(Refusal::from))
        .chain(clock_refusals().into_iter().map(Refusal::from))
        .chain(sandbox_refusals().into_iter().map(Refusal::from))
        .chain(import_refusals().into_iter().map(Refusal::from))
        .chain([1, 2, 7].map(import_of).map(Refusal::from))
        .collect()
}

#[test]
fn every_refusal_names_the_parameter_and_says_what_to_do() {
    let mut table = String::new();
    for refusal in refusals() {
        let error = StripeError::from(&refusal);
        let (code, param) = (error.code.unwrap_or("-"), error.param.as_deref().unwrap_or("-"));
        let StripeError { status, kind, message, .. } = &error;
        let named = match &refusal {
            // Whole objects say nothing more to a reader.
            Refusal::ImportedObject(_) | Refusal::Import(_) => refusal.to_string(),
            _ => format!("{refusal:?}"),
        };
        writeln!(table, "{named}\n  {status} {kind:?} {code} {param}\n  {message}").unwrap();
    }
    assert_snapshot!(table);
}
