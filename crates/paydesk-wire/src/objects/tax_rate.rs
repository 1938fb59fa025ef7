//! `tax_rate`

use paydesk_domain::address::Country;
use paydesk_domain::metadata::Metadata;
use paydesk_domain::tax_rate::{Percentage, TaxRate, TaxType};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::Null;

/// A tax rate. Fields are in Stripe's order: the id, then by name. Those that are null say what
/// only the rates have that Stripe works out itself, and not those that shops define.
#[derive(JsonSchema, Serialize)]
pub struct TaxRateObject<'a> {
    id: &'a str,
    object: &'static str,
    active: bool,
    country: Option<&'static str>,
    created: i64,
    description: Option<&'a str>,
    display_name: &'a str,
    effective_percentage: Null,
    flat_amount: Null,
    inclusive: bool,
    jurisdiction: Option<&'a str>,
    jurisdiction_level: Null,
    livemode: bool,
    #[serde(serialize_with = "super::metadata")]
    #[schemars(with = "super::MetadataObject")]
    metadata: &'a Metadata,
    percentage: Number,
    rate_type: Null,
    state: Option<&'a str>,
    tax_type: Option<&'static str>,
}

impl<'a> TaxRateObject<'a> {
    /// A tax rate.
    #[must_use]
    pub fn new(tax_rate: &'a TaxRate) -> Self {
        Self {
            id: tax_rate.id.as_str(),
            object: "tax_rate",
            active: tax_rate.active,
            country: tax_rate.country.map(Country::code),
            created: tax_rate.created.as_seconds(),
            description: tax_rate.description.as_deref(),
            display_name: &tax_rate.display_name,
            effective_percentage: (),
            flat_amount: (),
            inclusive: tax_rate.inclusive,
            jurisdiction: tax_rate.jurisdiction.as_deref(),
            jurisdiction_level: (),
            livemode: false,
            metadata: &tax_rate.metadata,
            percentage: number(tax_rate.percentage),
            rate_type: (),
            state: tax_rate.state.as_deref(),
            tax_type: tax_rate.tax_type.map(TaxType::name),
        }
    }
}

/// A percentage as a JSON number with the same digits.
fn number(percentage: Percentage) -> Number {
    percentage.to_string().parse().expect("a decimal of up to seven digits is a JSON number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_percentage_is_a_number_of_the_same_digits() {
        for ten_thousandths in 0..=1_000_000 {
            let percentage = Percentage::from_ten_thousandths(ten_thousandths).unwrap();
            assert_eq!(number(percentage).to_string(), percentage.to_string());
        }
    }
}
