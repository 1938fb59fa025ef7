//! From what an object shows to what is sent to create it, where these differ.

use indexmap::IndexMap;

use super::layout::Kind;
use super::tree::{Fields, Tree};
use crate::form::{Node, Params};

/// Brings the fields that an object of a kind shows to the parameters that create it. What is
/// written by hand in the form of parameters stays as it is.
pub(super) fn as_created(kind: Kind, params: &mut Params) {
    match kind {
        Kind::Product => {
            // What it is unless somebody says otherwise.
            if is_text(params, "type", "service") {
                params.shift_remove("type");
            }
        }
        Kind::Price => price(params),
        Kind::ShippingRate => shipping_rate(params),
        Kind::Coupon | Kind::TaxRate | Kind::WebhookEndpoint => {}
    }
}

/// A Price has `custom_unit_amount` only while it is enabled, often with nothing but nulls in it,
/// which parameters would leave out.
pub(super) fn enable_custom_amounts(price: &mut Fields) {
    if let Some(Tree::Map(custom)) = price.get_mut("custom_unit_amount") {
        custom.entry("enabled".to_owned()).or_insert_with(|| Tree::Text("true".to_owned()));
    }
    if let Some(Tree::Map(options)) = price.get_mut("currency_options") {
        for option in options.values_mut() {
            if let Tree::Map(option) = option {
                enable_custom_amounts(option);
            }
        }
    }
}

fn price(params: &mut Params) {
    amounts(params);
    let Some(Node::Map(mut options)) = params.shift_remove("currency_options") else { return };
    for option in options.values_mut() {
        if let Node::Map(option) = option {
            amounts(option);
        }
    }
    // Stripe shows the price's own currency among the others. Where it says the same as the price
    // does, it says nothing.
    if let Some(Node::Text(currency)) = params.get("currency")
        && let Some(Node::Map(own)) = options.get(&currency.to_ascii_lowercase())
        && own.iter().all(|(name, value)| params.get(name) == Some(value))
    {
        options.shift_remove(&currency.to_ascii_lowercase());
    }
    if !options.is_empty() {
        params.insert("currency_options".to_owned(), Node::Map(options));
    }
}

/// What a shipping rate costs in its own currency stands in `fixed_amount`, what it says of tax
/// beside that.
fn shipping_rate(params: &mut Params) {
    let tax_behavior = params.get("tax_behavior").cloned();
    let Some(Node::Map(fixed_amount)) = params.get_mut("fixed_amount") else { return };
    let Some(Node::Map(mut options)) = fixed_amount.shift_remove("currency_options") else {
        return;
    };
    if let Some(Node::Text(currency)) = fixed_amount.get("currency")
        && let Some(Node::Map(own)) = options.get(&currency.to_ascii_lowercase())
        && own.iter().all(|(name, value)| match name.as_str() {
            "tax_behavior" => tax_behavior.as_ref() == Some(value),
            _ => fixed_amount.get(name) == Some(value),
        })
    {
        options.shift_remove(&currency.to_ascii_lowercase());
    }
    if !options.is_empty() {
        fixed_amount.insert("currency_options".to_owned(), Node::Map(options));
    }
}

/// The amounts of a Price, or of it in one currency.
fn amounts(params: &mut IndexMap<String, Node>) {
    one_of_both(params, "unit_amount");
    if let Some(Node::Appended(tiers)) = params.get_mut("tiers") {
        for tier in tiers {
            let Node::Map(tier) = tier else { continue };
            one_of_both(tier, "unit_amount");
            one_of_both(tier, "flat_amount");
            // The last tier has no end: null where it is shown, a word where it is sent.
            tier.entry("up_to".to_owned()).or_insert_with(|| Node::Text("inf".to_owned()));
        }
    }
}

/// An amount is shown twice, as an integer and as a decimal, and sent once. Two that differ stay,
/// for the reader to refuse.
fn one_of_both(params: &mut IndexMap<String, Node>, name: &str) {
    let decimal = format!("{name}_decimal");
    if params.contains_key(name) && params.get(name) == params.get(&decimal) {
        params.shift_remove(&decimal);
    }
}

fn is_text(params: &Params, name: &str, value: &str) -> bool {
    matches!(params.get(name), Some(Node::Text(text)) if text == value)
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::super::tree::into_params;
    use super::*;

    fn params(json: &str) -> Params {
        match json::parse(json).unwrap() {
            Tree::Map(mut fields) => {
                enable_custom_amounts(&mut fields);
                into_params(fields)
            }
            other => panic!("{other:?}"),
        }
    }

    /// That a Price shown so is created by these parameters.
    #[track_caller]
    fn assert_created(shown: &str, sent: &str) {
        assert_created_as(Kind::Price, shown, sent);
    }

    #[track_caller]
    fn assert_created_as(kind: Kind, shown: &str, sent: &str) {
        let mut shown = params(shown);
        as_created(kind, &mut shown);
        assert_eq!(shown, params(sent));
    }

    #[test]
    fn what_shipping_costs_in_its_own_currency_is_no_option_where_it_is_the_same() {
        let shown = |usd: u32| {
            format!(
                r#"{{"tax_behavior": "exclusive", "fixed_amount": {{
                    "amount": 500, "currency": "usd", "currency_options": {{
                        "usd": {{"amount": {usd}, "tax_behavior": "exclusive"}}
                    }}
                }}}}"#
            )
        };
        assert_created_as(
            Kind::ShippingRate,
            &shown(500),
            r#"{"tax_behavior": "exclusive", "fixed_amount": {"amount": 500, "currency": "usd"}}"#,
        );
        assert_created_as(Kind::ShippingRate, &shown(501), &shown(501));
    }

    #[test]
    fn an_amount_that_is_shown_twice_is_sent_once() {
        assert_created(
            r#"{"unit_amount": 350, "unit_amount_decimal": "350"}"#,
            r#"{"unit_amount": 350}"#,
        );
        assert_created(
            r#"{"unit_amount": null, "unit_amount_decimal": "12.5"}"#,
            r#"{"unit_amount_decimal": "12.5"}"#,
        );
        let both = r#"{"unit_amount": 350, "unit_amount_decimal": "351"}"#;
        assert_created(both, both);
    }

    #[test]
    fn the_last_tier_ends_at_infinity() {
        assert_created(
            r#"{"tiers": [
                {"flat_amount": null, "unit_amount": 7, "unit_amount_decimal": "7", "up_to": 5},
                {"flat_amount": 9, "flat_amount_decimal": "9", "up_to": null}
            ]}"#,
            r#"{"tiers": [{"unit_amount": 7, "up_to": 5}, {"flat_amount": 9, "up_to": "inf"}]}"#,
        );
    }

    #[test]
    fn an_amount_of_the_buyers_is_enabled() {
        assert_created(
            r#"{"custom_unit_amount": {"minimum": 5, "maximum": null, "preset": null}}"#,
            r#"{"custom_unit_amount": {"minimum": 5, "enabled": true}}"#,
        );
        assert_created(
            r#"{"custom_unit_amount": {"minimum": null, "maximum": null, "preset": null}}"#,
            r#"{"custom_unit_amount": {"enabled": true}}"#,
        );
    }

    #[test]
    fn the_prices_own_currency_is_no_option_where_it_says_the_same() {
        let shown = |usd: u32| {
            format!(
                r#"{{"currency": "usd", "unit_amount": 5, "tax_behavior": "exclusive",
                "currency_options": {{
                    "usd": {{"unit_amount": {usd}, "tax_behavior": "exclusive"}},
                    "eur": {{"unit_amount": 4, "unit_amount_decimal": "4"}}
                }}}}"#
            )
        };
        let rest = r#""currency": "usd", "unit_amount": 5, "tax_behavior": "exclusive""#;
        assert_created(
            &shown(5),
            &format!(r#"{{{rest}, "currency_options": {{"eur": {{"unit_amount": 4}}}}}}"#),
        );
        assert_created(
            &shown(6),
            &format!(
                r#"{{{rest}, "currency_options": {{
                    "usd": {{"unit_amount": 6, "tax_behavior": "exclusive"}},
                    "eur": {{"unit_amount": 4}}
                }}}}"#
            ),
        );
    }
}
