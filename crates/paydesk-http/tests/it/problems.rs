//! Every problem that a parameter can have, as clients read it.

use std::fmt::Write;

use insta::assert_snapshot;
use paydesk_domain::catalog::TiersRefusal;
use paydesk_domain::coupon::{CouponRefusal, PercentOffError};
use paydesk_domain::money::{Currency, UnitAmountError};
use paydesk_domain::promotion_code::PromotionCodeRefusal;
use paydesk_domain::shipping_rate::{ShippingCurrencyReason, ShippingCurrencyRefusal};
use paydesk_domain::tax_rate::PercentageError;
use paydesk_wire::StripeError;
use paydesk_wire::form::ParamProblem;
use paydesk_wire::search::SearchProblem;
use paydesk_wire::versions::VersionProblem;

use crate::support::example_of_each;

fn param() -> String {
    "line_items[0][price]".to_owned()
}

fn value() -> String {
    "x".repeat(60)
}

/// An example of every problem, and a second one where a problem is worded in two ways.
#[expect(clippy::too_many_lines, reason = "one line a problem; it reads as a table")]
fn problems() -> Vec<ParamProblem> {
    use ParamProblem as P;
    let decimal =
        |reason| P::Decimal { param: "unit_amount_decimal".to_owned(), value: value(), reason };
    let percent_off =
        |reason| P::PercentOff { param: "percent_off".to_owned(), value: value(), reason };
    let percentage =
        |reason| P::Percentage { param: "percentage".to_owned(), value: value(), reason };
    let mut problems = example_of_each!(ParamProblem {
        P::NotUtf8 => P::NotUtf8,
        P::TooManyKeys => P::TooManyKeys,
        P::TooDeep { .. } => P::TooDeep { param: param() },
        P::MixedKinds { .. } => P::MixedKinds { param: param() },
        P::Unknown { .. } => P::Unknown { params: vec![param(), "colour".to_owned()] },
        P::Unsupported { .. } => P::Unsupported { params: vec!["discounts".to_owned(), param()] },
        P::UnsupportedValue { .. } =>
            P::UnsupportedValue { param: "mode".to_owned(), value: "setup".to_owned() },
        P::Missing { .. } => P::Missing { param: param() },
        P::MissingOneOf { .. } =>
            P::MissingOneOf { param: "line_items[0]".to_owned(), names: &["price", "price_data"] },
        P::Exclusive { .. } => P::Exclusive { param: param(), names: &["price", "price_data"] },
        P::Empty { .. } => P::Empty { param: param() },
        P::Integer { .. } => P::Integer { param: param(), value: value() },
        P::TooSmall { .. } => P::TooSmall { param: param(), minimum: 1 },
        P::TooLarge { .. } => P::TooLarge { param: param(), maximum: 100 },
        P::Boolean { .. } => P::Boolean { param: param(), value: value() },
        P::Timestamp { .. } => P::Timestamp { param: param(), value: value() },
        P::Decimal { .. } => decimal(UnitAmountError::NotDecimal),
        P::PercentOff { .. } => percent_off(PercentOffError::NotDecimal),
        P::Percentage { .. } => percentage(PercentageError::NotDecimal),
        P::ShippingCurrency { .. } => P::ShippingCurrency {
            param: "shipping_rate_data[fixed_amount][currency_options][eur]".to_owned(),
            refusal: ShippingCurrencyRefusal {
                currency: Currency::from_code("eur").expect("a currency"),
                reason: ShippingCurrencyReason::OwnCurrency,
            },
        },
        P::DeliveryBounds { .. } => P::DeliveryBounds { param: param() },
        P::Coupon { .. } => P::Coupon { refusal: CouponRefusal::CurrencyOptionsOfPercent },
        P::PromotionCodeText { .. } =>
            P::PromotionCodeText { param: "code".to_owned(), value: value() },
        P::PromotionCode { .. } =>
            P::PromotionCode { refusal: PromotionCodeRefusal::NoMinimumAmount },
        P::OnlyWith { .. } =>
            P::OnlyWith { param: param(), other: "duration", value: "repeating" },
        P::NotInFile { .. } => P::NotInFile { param: "transfer_lookup_key".to_owned() },
        P::SigningSecret { .. } => P::SigningSecret { param: "secret".to_owned() },
        P::EventType { .. } => P::EventType { param: param(), value: value() },
        P::ApiVersion { .. } => P::ApiVersion { param: param(), value: value() },
        P::Currency { .. } => P::Currency { param: param(), value: value() },
        P::Choice { .. } => P::Choice { param: "mode".to_owned(), choices: vec!["a", "b", "c"] },
        P::TooLong { .. } => P::TooLong { param: param(), value: value(), chars_max: 50 },
        P::TooMany { .. } => P::TooMany { param: param(), limit: 8 },
        P::NotText { .. } => P::NotText { param: param() },
        P::NotArray { .. } => P::NotArray { param: param() },
        P::NotObject { .. } => P::NotObject { param: param() },
        P::Url { .. } => P::Url { param: param() },
        P::Email { .. } => P::Email { param: param(), value: value() },
        P::Hundredths { .. } => P::Hundredths { param: param(), value: value() },
        P::StatementDescriptor { .. } => P::StatementDescriptor { param: param() },
        P::Tiers { .. } => P::Tiers { param: "tiers".to_owned(), reason: TiersRefusal::None },
        P::NotEnabled { .. } => P::NotEnabled { param: param() },
        P::CustomBounds { .. } => P::CustomBounds { param: param() },
        P::Search { .. } => P::Search {
            param: "query".to_owned(),
            reason: SearchProblem::Mixed { at: 21 },
        },
        P::PageToken { .. } => P::PageToken { param: "page".to_owned() },
        P::Color { .. } => P::Color { param: param(), value: "white".to_owned() },
        P::Country { .. } => P::Country { param: param(), value: value() },
        P::IpAddress { .. } => P::IpAddress { param: param(), value: value() },
        P::InvoicePrefix { .. } => P::InvoicePrefix { param: param(), value: value() },
        P::NotExpandable { .. } =>
            P::NotExpandable { path: "line_items".to_owned(), is_list: true },
        P::ExpandTooDeep { .. } => P::ExpandTooDeep { path: "a.b.c.d.e".to_owned() },
    });
    let reasons = example_of_each!(TiersRefusal {
        TiersRefusal::None => TiersRefusal::None,
        TiersRefusal::AmountMissing(_) => TiersRefusal::AmountMissing(1),
        TiersRefusal::NotAscending(_) => TiersRefusal::NotAscending(1),
        TiersRefusal::LastIsBounded(_) => TiersRefusal::LastIsBounded(1),
        TiersRefusal::UnboundedBeforeLast(_) => TiersRefusal::UnboundedBeforeLast(0),
    });
    let tiers = |reason| P::Tiers { param: "tiers".to_owned(), reason };
    problems.extend(reasons.into_iter().skip(1).map(tiers));
    let reasons = example_of_each!(UnitAmountError {
        UnitAmountError::NotDecimal => UnitAmountError::NotDecimal,
        UnitAmountError::TooPrecise => UnitAmountError::TooPrecise,
        UnitAmountError::TooLarge => UnitAmountError::TooLarge,
        UnitAmountError::Negative => UnitAmountError::Negative,
    });
    problems.extend(reasons.into_iter().map(decimal));
    let reasons = example_of_each!(PercentOffError {
        PercentOffError::NotDecimal => PercentOffError::NotDecimal,
        PercentOffError::TooPrecise => PercentOffError::TooPrecise,
        PercentOffError::OutOfRange => PercentOffError::OutOfRange,
    });
    problems.extend(reasons.into_iter().map(percent_off));
    let reasons = example_of_each!(PercentageError {
        PercentageError::NotDecimal => PercentageError::NotDecimal,
        PercentageError::TooPrecise => PercentageError::TooPrecise,
        PercentageError::OutOfRange => PercentageError::OutOfRange,
    });
    problems.extend(reasons.into_iter().map(percentage));
    problems.extend(worded_otherwise());
    problems
}

/// Problems that have examples, in their other wording.
fn worded_otherwise() -> Vec<ParamProblem> {
    use ParamProblem as P;
    vec![
        P::Unknown { params: vec!["colour".to_owned()] },
        P::Unsupported { params: vec!["discounts".to_owned()] },
        P::MissingOneOf { param: String::new(), names: &["product", "product_data"] },
        P::Choice { param: "type".to_owned(), choices: vec!["a", "b"] },
        P::NotExpandable { path: "mode".to_owned(), is_list: false },
        P::NotExpandable { path: "data.mode".to_owned(), is_list: true },
    ]
}

#[test]
fn every_problem_says_what_was_expected() {
    let mut table = String::new();
    for problem in problems() {
        let named = format!("{problem:?}");
        let error = StripeError::from(problem);
        assert_eq!(error.status, 400);
        let (code, param) = (error.code.unwrap_or("-"), error.param.as_deref().unwrap_or("-"));
        writeln!(table, "{named}\n  {code} {param}\n  {}", error.message).unwrap();
    }
    assert_snapshot!(table);
}

#[test]
fn every_problem_of_a_version_says_what_there_is() {
    let problems = example_of_each!(VersionProblem {
        VersionProblem::Unknown(_) => VersionProblem::Unknown("2025-03-31.fig".to_owned()),
        VersionProblem::UnknownPreview(_) =>
            VersionProblem::UnknownPreview("teleport_beta=v1".to_owned()),
    });
    let messages: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_snapshot!(messages.join("\n"));
}
