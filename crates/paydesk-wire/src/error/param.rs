//! Problems with parameters, in Stripe's words.

use paydesk_domain::Refusal;

use paydesk_domain::catalog::TiersRefusal;

use super::StripeError;
use super::refusal::shipping_currency;
use crate::form::{DEPTH_MAX, KEYS_MAX, ParamProblem};
use crate::versions::ApiVersion;

impl From<ParamProblem> for StripeError {
    #[expect(clippy::too_many_lines, reason = "one arm a problem; it reads as a table")]
    fn from(problem: ParamProblem) -> Self {
        match problem {
            ParamProblem::NotUtf8 => {
                Self::invalid("The parameters of a request must be percent-encoded UTF-8.")
            }
            ParamProblem::TooManyKeys => {
                Self::invalid(format!("A request can have at most {KEYS_MAX} parameters."))
            }
            ParamProblem::TooDeep { param } => Self::invalid(format!(
                "The parameter `{param}` is nested too deeply: at most {DEPTH_MAX} levels are \
                 allowed."
            ))
            .param(param),
            ParamProblem::MixedKinds { param } => Self::invalid(format!(
                "The parameter `{param}` is sent as a single value and as a list or an object. \
                 Send it in one form."
            ))
            .param(param),
            ParamProblem::Unknown { params } => unknown(&params),
            ParamProblem::Unsupported { params } => unsupported(&params),
            ParamProblem::UnsupportedValue { param, value } => {
                Self::invalid(format!("Paydesk does not support `{value}` for `{param}` yet."))
                    .code("parameter_unsupported")
                    .param(param)
            }
            ParamProblem::Missing { param } => missing(&param),
            ParamProblem::MissingOneOf { param, names } => {
                let name = names.first().copied().unwrap_or_default();
                let first =
                    if param.is_empty() { name.to_owned() } else { format!("{param}[{name}]") };
                Self::invalid(format!(
                    "Missing required param: {first}. Exactly one of these must be sent: {}.",
                    names.join(", ")
                ))
                .code("parameter_missing")
                .param(first)
            }
            ParamProblem::Exclusive { param, names } => Self::invalid(format!(
                "You may only specify one of these parameters: {}.",
                names.join(", ")
            ))
            .code("parameters_exclusive")
            .param(param),
            ParamProblem::Empty { param } => empty(&param),
            ParamProblem::Integer { param, value } => {
                Self::invalid(format!("Invalid integer: {value}"))
                    .code("parameter_invalid_integer")
                    .param(param)
            }
            ParamProblem::TooSmall { param, minimum } => {
                Self::invalid(format!("This value must be greater than or equal to {minimum}."))
                    .code("parameter_invalid_integer")
                    .param(param)
            }
            ParamProblem::TooLarge { param, maximum } => {
                Self::invalid(format!("This value must be less than or equal to {maximum}."))
                    .code("parameter_invalid_integer")
                    .param(param)
            }
            ParamProblem::Boolean { param, value } => {
                Self::invalid(format!("Invalid boolean: {value}")).param(param)
            }
            ParamProblem::Timestamp { param, value } => Self::invalid(format!(
                "Invalid timestamp: {value}; must be an integer Unix timestamp in seconds"
            ))
            .param(param),
            ParamProblem::Decimal { param, value, reason } => decimal(param, &value, reason),
            ParamProblem::PercentOff { param, value, reason } => percent_off(param, &value, reason),
            ParamProblem::Percentage { param, value, reason } => percentage(param, &value, reason),
            ParamProblem::ShippingCurrency { param, refusal } => shipping_currency(refusal, param),
            ParamProblem::DeliveryBounds { param } => Self::invalid(
                "The minimum of a delivery estimate cannot be longer than its maximum.",
            )
            .param(param),
            ParamProblem::Coupon { refusal } => Self::from(&Refusal::from(refusal)),
            ParamProblem::PromotionCodeText { param, value } => Self::invalid(format!(
                "Invalid promotion code: {value}; must be letters (a-z, A-Z), digits and dashes \
                 only."
            ))
            .param(param),
            ParamProblem::PromotionCode { refusal } => Self::from(&Refusal::from(refusal)),
            ParamProblem::OnlyWith { param, other, value } => Self::invalid(format!(
                "You may only specify `{param}` when `{other}` is `{value}`."
            ))
            .param(param),
            ParamProblem::NotInFile { param } => Self::invalid(format!(
                "`{param}` asks for something to be done and says nothing of an object. Leave it \
                 out of the file."
            ))
            .param(param),
            ParamProblem::SigningSecret { param } => Self::invalid(
                "Invalid secret: it must begin with whsec_ and have at most 255 printable ASCII \
                 characters.",
            )
            .param(param),
            ParamProblem::EventType { param, value } => Self::invalid(format!(
                "Invalid event type: {value}; must be one that Stripe has, such as \
                 checkout.session.completed, or * for all of them"
            ))
            .param(param),
            ParamProblem::ApiVersion { param, value } => Self::invalid(format!(
                "Invalid API version: {value}; must be one such as {}",
                ApiVersion::NEWEST
            ))
            .param(param),
            ParamProblem::Currency { param, value } => Self::invalid(format!(
                "Invalid currency: {value}; must be a three-letter ISO code that Stripe supports, \
                 such as usd or eur"
            ))
            .param(param),
            ParamProblem::Choice { param, choices } => {
                Self::invalid(format!("Invalid {param}: must be one of {}", one_of(&choices)))
                    .param(param)
            }
            ParamProblem::TooLong { param, value, chars_max } => Self::invalid(format!(
                "Invalid string: {}…; must be at most {chars_max} characters",
                value.chars().take(40).collect::<String>()
            ))
            .param(param),
            ParamProblem::TooMany { param, limit } => {
                Self::invalid(format!("Invalid array: `{param}` can have at most {limit} elements"))
                    .param(param)
            }
            ParamProblem::NotText { param } => {
                Self::invalid(format!("Invalid string: `{param}` must be a single value"))
                    .param(param)
            }
            ParamProblem::NotArray { param } => Self::invalid("Invalid array").param(param),
            ParamProblem::NotObject { param } => Self::invalid("Invalid object").param(param),
            ParamProblem::Url { param } => {
                Self::invalid("Not a valid URL").code("url_invalid").param(param)
            }
            ParamProblem::Email { param, value } => {
                Self::invalid(format!("Invalid email address: {value}"))
                    .code("email_invalid")
                    .param(param)
            }
            ParamProblem::Hundredths { param, value } => Self::invalid(format!(
                "Invalid decimal: {value}; must be from 0 to 999999999.99, with at maximum two \
                 decimal places."
            ))
            .param(param),
            ParamProblem::StatementDescriptor { param } => Self::invalid(
                "A statement descriptor must contain at least one letter, and none of `<`, `>`, \
                 `\\`, `\"` and `'`.",
            )
            .param(param),
            ParamProblem::Tiers { param, reason } => tiers(&param, reason),
            ParamProblem::NotEnabled { param } => Self::invalid(
                "`enabled` can only be true. Leave the whole object out to have it not enabled.",
            )
            .param(param),
            ParamProblem::CustomBounds { param } => Self::invalid(
                "`minimum` must not be above `maximum`, and `preset` must lie between them.",
            )
            .param(param),
            ParamProblem::Search { param, reason } => {
                Self::invalid(reason.to_string()).param(param)
            }
            ParamProblem::PageToken { param } => Self::invalid(format!(
                "Invalid {param}: send the `next_page` of the page before, as it is, or leave \
                 {param} out for the first page."
            ))
            .param(param),
            ParamProblem::Color { param, value } => Self::invalid(format!(
                "Invalid color: {value}; must be # and six hexadecimal digits, such as #0074d4"
            ))
            .param(param),
            ParamProblem::Country { param, value } => Self::invalid(format!(
                "Country '{value}' is unknown. Try using a 2-character alphanumeric country code \
                 instead, such as 'US', 'EG', or 'GB'."
            ))
            .code("country_code_invalid")
            .param(param),
            ParamProblem::IpAddress { param, value } => Self::invalid(format!(
                "Invalid IP address: {value}; must be one such as 192.0.2.1 or 2001:db8::1"
            ))
            .param(param),
            ParamProblem::InvoicePrefix { param, value } => Self::invalid(format!(
                "Invalid invoice prefix: {value}; must be 1 to 12 uppercase letters or numbers"
            ))
            .param(param),
            ParamProblem::NotExpandable { path, is_list } => {
                let hint = if is_list && !path.starts_with("data.") {
                    format!(" You may want to try expanding `data.{path}` instead.")
                } else {
                    String::new()
                };
                Self::invalid(format!("This property cannot be expanded ({path}).{hint}"))
                    .param("expand")
            }

            ParamProblem::ExpandTooDeep { path } => {
                Self::invalid(format!("You cannot expand more than 4 levels of a property: {path}"))
                    .param("expand")
            }
        }
    }
}

/// The error for a parameter that must be sent.
pub(super) fn missing(param: &str) -> StripeError {
    StripeError::invalid(format!("Missing required param: {param}."))
        .code("parameter_missing")
        .param(param)
}

/// The error for an empty string where nothing can be unset.
pub(super) fn empty(param: &str) -> StripeError {
    StripeError::invalid(format!(
        "You passed an empty string for '{param}'. We assume empty values are an attempt to unset \
         a parameter; however '{param}' cannot be unset. You should remove '{param}' from your \
         request or supply a non-empty value."
    ))
    .code("parameter_invalid_empty")
    .param(param)
}

fn unknown(params: &[String]) -> StripeError {
    let plural = if params.len() == 1 { "" } else { "s" };
    let names = params.join(", ");
    let error = StripeError::invalid(format!("Received unknown parameter{plural}: {names}"));
    with_first_param(error.code("parameter_unknown"), params)
}

fn unsupported(params: &[String]) -> StripeError {
    let names = params.join("`, `");
    let error = StripeError::invalid(format!(
        "Paydesk does not support `{names}` yet. Stripe does; remove it from the request to \
         continue."
    ));
    with_first_param(error.code("parameter_unsupported"), params)
}

fn with_first_param(error: StripeError, params: &[String]) -> StripeError {
    match params.first() {
        Some(param) => error.param(param),
        None => error,
    }
}

fn decimal(
    param: String,
    value: &str,
    reason: paydesk_domain::money::UnitAmountError,
) -> StripeError {
    use paydesk_domain::money::UnitAmountError;
    let expected = match reason {
        UnitAmountError::NotDecimal => "must be a decimal number such as 10.5",
        UnitAmountError::TooPrecise => "must contain at maximum twelve decimal places",
        UnitAmountError::TooLarge => "must have at most fifteen digits before the decimal point",
        UnitAmountError::Negative => "must be greater than or equal to 0",
    };
    StripeError::invalid(format!("Invalid decimal: {value}; {expected}.")).param(param)
}

fn percent_off(
    param: String,
    value: &str,
    reason: paydesk_domain::coupon::PercentOffError,
) -> StripeError {
    use paydesk_domain::coupon::PercentOffError;
    let expected = match reason {
        PercentOffError::NotDecimal => "must be a decimal number such as 12.5",
        PercentOffError::TooPrecise => "must contain at maximum two decimal places",
        PercentOffError::OutOfRange => "must be greater than 0 and at most 100",
    };
    StripeError::invalid(format!("Invalid decimal: {value}; {expected}.")).param(param)
}

fn percentage(
    param: String,
    value: &str,
    reason: paydesk_domain::tax_rate::PercentageError,
) -> StripeError {
    use paydesk_domain::tax_rate::PercentageError;
    let expected = match reason {
        PercentageError::NotDecimal => "must be a decimal number such as 8.25",
        PercentageError::TooPrecise => "must contain at maximum four decimal places",
        PercentageError::OutOfRange => "must be from 0 to 100",
    };
    StripeError::invalid(format!("Invalid decimal: {value}; {expected}.")).param(param)
}

fn tiers(param: &str, reason: TiersRefusal) -> StripeError {
    let (index, name, message) = match reason {
        TiersRefusal::None => {
            let message = "A tiered price needs at least one tier.";
            return StripeError::invalid(message).param(param);
        }
        TiersRefusal::AmountMissing(index) => (
            index,
            "unit_amount",
            "Each tier needs a `unit_amount`, a `flat_amount`, or both, or their decimals.",
        ),
        TiersRefusal::NotAscending(index) => {
            (index, "up_to", "Each tier must reach further than the one before it.")
        }
        TiersRefusal::LastIsBounded(index) => (
            index,
            "up_to",
            "The last tier must have `up_to=inf`, so that no quantity is left out.",
        ),
        TiersRefusal::UnboundedBeforeLast(index) => {
            (index, "up_to", "Only the last tier can have `up_to=inf`.")
        }
    };
    StripeError::invalid(message).param(format!("{param}[{index}][{name}]"))
}

/// `a`, `a or b`, `a, b, or c`.
fn one_of(choices: &[&str]) -> String {
    match choices {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} or {other}"),
        [others @ .., last] => format!("{}, or {last}", others.join(", ")),
    }
}
