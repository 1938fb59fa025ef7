//! Every refusal of Checkout Sessions and their lines.

use paydesk_domain::checkout_session::{
    AutomaticTaxRefusal, CollectionParameter, CollectionRefusal, CustomFieldRefusal,
    DiscountRefusal, LineRefusal, MetadataOf, Mode, QuantityRefusal, Revision, SessionRefusal,
    ShippingRefusal, Status, SubscriptionRefusal, TaxRateUnusable, TaxRatesRefusal, UiMode,
    UrlParameter, WrittenKind,
};

use super::*;

/// Every one; each that is inside another stands once in every place it can be in.
pub(super) fn refusals() -> Vec<SessionRefusal> {
    let metadata = metadata_refusals().into_iter().map(SessionRefusal::Metadata);
    let quantities = quantity_refusals().into_iter().map(LineRefusal::Quantity);
    let lines = line_refusals().into_iter().chain(quantities);
    let lines = lines.chain(tax_rate_refusals().into_iter().map(LineRefusal::TaxRates));
    let lines = lines.map(|reason| SessionRefusal::Line { index: 0, reason });
    let discounts = discount_refusals().into_iter().map(SessionRefusal::Discount);
    let automatic = automatic_tax_refusals().into_iter().map(SessionRefusal::AutomaticTax);
    let shipping = shipping_refusals().into_iter().map(SessionRefusal::Shipping);
    let subscriptions = subscription_refusals().into_iter().map(SessionRefusal::Subscription);
    let collection = collection_refusals().into_iter().chain(custom_field_refusals());
    let collection = collection.map(SessionRefusal::Collection);
    let sessions = session_refusals().into_iter().chain(metadata).chain(collection);
    sessions
        .chain(discounts)
        .chain(automatic)
        .chain(shipping)
        .chain(subscriptions)
        .chain(lines)
        .collect()
}

fn line_refusals() -> Vec<LineRefusal> {
    use LineRefusal as L;
    example_of_each!(LineRefusal {
        L::UnknownId(_) => L::UnknownId(line()),
        L::DuplicateId(_) => L::DuplicateId(line()),
        L::PriceMissing => L::PriceMissing,
        L::Quantity(_) => L::Quantity(QuantityRefusal::Missing),
        L::NoSuchPrice(_) => L::NoSuchPrice(price()),
        L::PriceInactive(_) => L::PriceInactive(price()),
        L::CustomAmountNotAlone => L::CustomAmountNotAlone,
        L::NoSuchProduct(_) => L::NoSuchProduct(product()),
        L::ProductInactive(_) => L::ProductInactive(product()),
        L::InlineProductInactive(_) => L::InlineProductInactive(product()),
        L::TaxRatesByAddressWithDefault => L::TaxRatesByAddressWithDefault,
        L::TaxRates(_) => L::TaxRates(TaxRatesRefusal::TooMany),
        L::Metadata(_) => L::Metadata(too_long()),
        L::ProductMetadata(_) => L::ProductMetadata(too_long()),
        L::CurrencyMismatch { .. } =>
            L::CurrencyMismatch { expected: currency("usd"), actual: currency("eur") },
        L::RecurringInPaymentMode => L::RecurringInPaymentMode,
        L::MixedIntervals => L::MixedIntervals,
    })
}

fn tax_rate_refusals() -> Vec<TaxRatesRefusal> {
    use TaxRateUnusable as U;
    use TaxRatesRefusal as T;
    let unusable = |kind| T::Unusable { index: 1, id: TaxRateId::from("txr_1"), kind };
    let kinds = example_of_each!(TaxRateUnusable {
        U::Missing => U::Missing,
        U::Inactive => U::Inactive,
        U::Twice => U::Twice,
    });
    let mut refusals = example_of_each!(TaxRatesRefusal {
        T::TooMany => T::TooMany,
        T::Unusable { .. } => unusable(U::Missing),
    });
    refusals.truncate(1);
    refusals.extend(kinds.into_iter().map(unusable));
    refusals
}

fn automatic_tax_refusals() -> Vec<AutomaticTaxRefusal> {
    use AutomaticTaxRefusal as A;
    let mut refusals = example_of_each!(AutomaticTaxRefusal {
        A::NoTable => A::NoTable,
        A::WithRates { .. } => A::WithRates { index: 1 },
        A::WithDefaultRates => A::WithDefaultRates,
        A::CustomerLocation { .. } => A::CustomerLocation { asks_shipping: false },
    });
    refusals.push(A::CustomerLocation { asks_shipping: true });
    refusals
}

fn shipping_refusals() -> Vec<ShippingRefusal> {
    use ShippingRefusal as S;
    let id = || ShippingRateId::from("shr_1");
    let index = 1;
    let reason = ShippingRateRefusal::Metadata(too_long());
    let country = Country::from_code("FR").expect("a country");
    example_of_each!(ShippingRefusal {
        S::NotInMode(_) => S::NotInMode(Mode::Subscription),
        S::NotInUiMode { .. } =>
            S::NotInUiMode { ui_mode: UiMode::HostedPage, parameter: "shipping_options" },
        S::TooManyOptions => S::TooManyOptions,
        S::NoSuchRate { .. } => S::NoSuchRate { index, id: id() },
        S::RateInactive { .. } => S::RateInactive { index, id: id() },
        S::RateTwice { .. } => S::RateTwice { index, id: id() },
        S::RateData { .. } => S::RateData { index, reason: reason.clone() },
        S::OtherCurrency { .. } => S::OtherCurrency { index, currency: currency("eur") },
        S::CountryNotAllowed(_) => S::CountryNotAllowed(country),
    })
}

fn subscription_refusals() -> Vec<SubscriptionRefusal> {
    use SubscriptionRefusal as S;
    let refusals = example_of_each!(SubscriptionRefusal {
        S::NotInMode(_) => S::NotInMode(Mode::Payment),
        S::TrialDays { .. } => S::TrialDays { days: 731 },
        S::TrialEndsTooSoon => S::TrialEndsTooSoon,
        S::TrialWithAnchor => S::TrialWithAnchor,
        S::TrialIsUntil => S::TrialIsUntil,
        S::TrialIsDays => S::TrialIsDays,
        S::AnchorPassed => S::AnchorPassed,
        S::AnchorTooLate { .. } => S::AnchorTooLate { latest: AT },
        S::OneTimeWithoutProration => S::OneTimeWithoutProration,
        S::ProrationWithAmountOff => S::ProrationWithAmountOff,
        S::TaxRates(_) => S::TaxRates(TaxRatesRefusal::TooMany),
    });
    refusals.into_iter().chain(tax_rate_refusals().into_iter().map(S::TaxRates)).collect()
}

fn discount_refusals() -> Vec<DiscountRefusal> {
    use DiscountRefusal as D;
    let coupon = || CouponId::from("SPRING");
    let code = || PromotionCodeId::from("promo_1");
    example_of_each!(DiscountRefusal {
        D::TooMany => D::TooMany,
        D::NoSuchCoupon(_) => D::NoSuchCoupon(coupon()),
        D::CouponUnusable(..) => D::CouponUnusable(coupon(), CouponUnusable::Expired),
        D::CouponData(_) => D::CouponData(CouponRefusal::Metadata(too_long())),
        D::NoSuchPromotionCode(_) => D::NoSuchPromotionCode(code()),
        D::PromotionCodeUnusable(..) =>
            D::PromotionCodeUnusable(code(), PromotionCodeUnusable::BelowMinimum(usd(5000))),
        D::OtherCurrency(_) => D::OtherCurrency(currency("eur")),
        D::AppliesToNothing => D::AppliesToNothing,
        D::OfCustomAmount => D::OfCustomAmount,
        D::PromotionCodesAllowed => D::PromotionCodesAllowed,
        D::ClientOnly => D::ClientOnly,
    })
}

fn quantity_refusals() -> Vec<QuantityRefusal> {
    use QuantityRefusal as Q;
    example_of_each!(QuantityRefusal {
        Q::Missing => Q::Missing,
        Q::OfMetered(_) => Q::OfMetered(price()),
        Q::AdjustableMetered(_) => Q::AdjustableMetered(price()),
        Q::OfCustomAmount => Q::OfCustomAmount,
        Q::MaximumTooLarge { .. } => Q::MaximumTooLarge { maximum: 1_000_000 },
        Q::BoundsCrossed { .. } => Q::BoundsCrossed { minimum: 5, maximum: 4 },
        Q::OutOfBounds { .. } => Q::OutOfBounds { quantity: 13, minimum: 2, maximum: 12 },
    })
}

fn session_refusals() -> Vec<SessionRefusal> {
    use SessionRefusal as S;
    let (parameter, ui_mode) = (UrlParameter::SuccessUrl, UiMode::HostedPage);
    let too_many = |mode, recurring, limit| S::TooManyLines { mode, recurring, limit };
    let mut refusals = example_of_each!(SessionRefusal {
        S::RevisionMoved { .. } => S::RevisionMoved { current: Revision::new(3) },
        S::NotUpdatable(_) => S::NotUpdatable(Status::Expired),
        S::NotExpirable(_) => S::NotExpirable(Status::Complete),
        S::LineItemsClientOnly => S::LineItemsClientOnly,
        S::UrlMissing { .. } => S::UrlMissing { parameter, ui_mode },
        S::UrlNotAllowed { .. } => S::UrlNotAllowed { parameter, ui_mode: UiMode::Elements },
        S::ShippingPermissionNotAllowed(_) => S::ShippingPermissionNotAllowed(UiMode::Form),
        S::Collection(_) => S::Collection(CollectionRefusal::UpdateWithoutCustomer),
        S::ExpiresTooSoon { .. } => S::ExpiresTooSoon { earliest: AT },
        S::ExpiresTooLate { .. } => S::ExpiresTooLate { latest: AT },
        S::Metadata(_) => S::Metadata(too_long()),
        S::NoLines => S::NoLines,
        S::AutomaticTax(_) => S::AutomaticTax(AutomaticTaxRefusal::NoTable),
        S::Shipping(_) => S::Shipping(ShippingRefusal::TooManyOptions),
        S::Subscription(_) => S::Subscription(SubscriptionRefusal::TrialEndsTooSoon),
        S::Discount(_) => S::Discount(DiscountRefusal::TooMany),
        S::Line { .. } => S::Line { index: 7, reason: LineRefusal::PriceMissing },
        S::TooManyLines { .. } => too_many(Mode::Payment, false, 100),
        S::NoRecurringPrice => S::NoRecurringPrice,
        S::AmountTooSmall { .. } => S::AmountTooSmall { total: usd(49), minimum: usd(50) },
        S::AmountNotChargeable { .. } => S::AmountNotChargeable {
            total: Money::new(1235, currency("kwd")),
            step: Money::new(10, currency("kwd")),
        },
        S::AmountTooLarge { .. } => S::AmountTooLarge { maximum: usd(99_999_999) },
    });
    refusals.push(too_many(Mode::Subscription, true, 20));
    refusals.push(too_many(Mode::Subscription, false, 20));
    refusals
}

fn collection_refusals() -> Vec<CollectionRefusal> {
    use CollectionRefusal as C;
    let parameter = CollectionParameter::CustomerCreation;
    let (mode, ui_mode) = (Mode::Subscription, UiMode::Elements);
    example_of_each!(CollectionRefusal {
        C::NotInMode { .. } => C::NotInMode { parameter, mode },
        C::NotInUiMode { .. } => C::NotInUiMode { parameter, ui_mode },
        C::ReuseAgreementWithoutReuse => C::ReuseAgreementWithoutReuse,
        C::ExcludedFromFixedTypes => C::ExcludedFromFixedTypes,
        C::NoPaymentMethodType => C::NoPaymentMethodType,
        C::Metadata { .. } => C::Metadata { of: MetadataOf::Payment, reason: too_long() },
        C::CustomField { .. } =>
            C::CustomField { index: 1, reason: CustomFieldRefusal::KeyTwice },
        C::PaymentFixed(_) => C::PaymentFixed(UiMode::HostedPage),
        C::UpdateWithoutCustomer => C::UpdateWithoutCustomer,
        C::NoSuchCustomer(_) => C::NoSuchCustomer(CustomerId::from("cus_1")),
        C::TaxIdsNeedName => C::TaxIdsNeedName,
        C::OptionalItem { .. } =>
            C::OptionalItem { index: 1, reason: LineRefusal::NoSuchPrice(price()) },
    })
}

fn custom_field_refusals() -> Vec<CollectionRefusal> {
    use CustomFieldRefusal as C;
    let reasons = example_of_each!(CustomFieldRefusal {
        C::KeyNotAlphanumeric => C::KeyNotAlphanumeric,
        C::KeyTwice => C::KeyTwice,
        C::OptionNotAlphanumeric(_) => C::OptionNotAlphanumeric(3),
        C::OptionTwice(_) => C::OptionTwice(3),
        C::DefaultIsNoOption => C::DefaultIsNoOption,
        C::LengthsCrossed(_) => C::LengthsCrossed(WrittenKind::Text),
        C::DefaultIsNoNumber => C::DefaultIsNoNumber,
        C::DefaultLength(_) => C::DefaultLength(WrittenKind::Numeric),
    });
    let refusal = |reason| CollectionRefusal::CustomField { index: 0, reason };
    reasons.into_iter().map(refusal).collect()
}
