//! Texts as typed values.

use http::Uri;
use paydesk_domain::money::{Currency, UnitAmount};
use paydesk_domain::time::Timestamp;

use super::problem::ParamProblem;

pub(super) fn integer(param: &str, text: &str) -> Result<i64, ParamProblem> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let problem = || ParamProblem::Integer { param: param.to_owned(), value: text.to_owned() };
    if is_integer { text.parse().map_err(|_| problem()) } else { Err(problem()) }
}

pub(super) fn boolean(param: &str, text: &str) -> Result<bool, ParamProblem> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(ParamProblem::Boolean { param: param.to_owned(), value: text.to_owned() }),
    }
}

/// The last second of the year 9999: a later one was meant in milliseconds.
const TIMESTAMP_MAX: i64 = 253_402_300_799;

pub(super) fn timestamp(param: &str, text: &str) -> Result<Timestamp, ParamProblem> {
    let problem = || ParamProblem::Timestamp { param: param.to_owned(), value: text.to_owned() };
    match integer(param, text) {
        Ok(seconds) if (0..=TIMESTAMP_MAX).contains(&seconds) => {
            Ok(Timestamp::from_seconds(seconds))
        }
        Ok(_) | Err(_) => Err(problem()),
    }
}

pub(super) fn decimal(param: &str, text: &str) -> Result<UnitAmount, ParamProblem> {
    UnitAmount::parse(text).map_err(|reason| ParamProblem::Decimal {
        param: param.to_owned(),
        value: text.to_owned(),
        reason,
    })
}

/// The largest size or weight, in hundredths: eleven digits, which a JSON number holds exactly.
const HUNDREDTHS_MAX: u64 = 99_999_999_999;

pub(super) fn hundredths(param: &str, text: &str) -> Result<u64, ParamProblem> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = if is_digits(fraction) { fraction.trim_end_matches('0') } else { "none" };
    let digits = format!("{whole}{fraction:0<2}");
    let is_size = is_digits(whole) && fraction.len() <= 2;
    let size = digits.parse().ok().filter(|size| is_size && *size <= HUNDREDTHS_MAX);
    size.ok_or_else(|| ParamProblem::Hundredths { param: param.to_owned(), value: text.to_owned() })
}

pub(super) fn currency(param: &str, text: &str) -> Result<Currency, ParamProblem> {
    Currency::from_code(text)
        .ok_or_else(|| ParamProblem::Currency { param: param.to_owned(), value: text.to_owned() })
}

/// Checks a web address. `{CHECKOUT_SESSION_ID}` may stand in it and is kept as written.
pub(super) fn url(param: &str, text: String) -> Result<String, ParamProblem> {
    let plain = text.replace("{CHECKOUT_SESSION_ID}", "cs");
    let uri = plain.parse::<Uri>().ok();
    let is_web = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
    });
    if is_web { Ok(text) } else { Err(ParamProblem::Url { param: param.to_owned() }) }
}

/// Checks an address for mail, loosely: whether it exists only sending can tell.
pub(super) fn email(param: &str, text: String) -> Result<String, ParamProblem> {
    let is_plausible = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !text.chars().any(|char| char.is_whitespace() || char.is_control())
    });
    if is_plausible {
        Ok(text)
    } else {
        Err(ParamProblem::Email { param: param.to_owned(), value: text })
    }
}
