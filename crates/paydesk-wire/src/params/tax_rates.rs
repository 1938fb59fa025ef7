//! Parameters of tax rates.

use paydesk_domain::address::Country;
use paydesk_domain::tax_rate::{CreateTaxRate, Percentage, TaxType, UpdateTaxRate};

use crate::form::{Fields, ParamProblem};

const DISPLAY_NAME_CHARS_MAX: usize = 50;
const JURISDICTION_CHARS_MAX: usize = 50;
const TEXT_CHARS_MAX: usize = 5000;

/// Reads a new tax rate.
pub fn create_tax_rate(fields: &mut Fields<'_>) -> Option<CreateTaxRate> {
    let was_sent = fields.is_sent("inclusive");
    let inclusive = fields.boolean("inclusive");
    let inclusive = fields.required("inclusive", inclusive, was_sent);
    let was_sent = fields.is_sent("percentage");
    let percentage = percentage(fields);
    let percentage = fields.required("percentage", percentage, was_sent);
    let display_name = fields.required_text("display_name", DISPLAY_NAME_CHARS_MAX);
    Some(CreateTaxRate {
        active: fields.boolean("active").unwrap_or(true),
        country: country(fields),
        description: fields.text_up_to("description", TEXT_CHARS_MAX),
        jurisdiction: fields.text_up_to("jurisdiction", JURISDICTION_CHARS_MAX),
        metadata: fields.metadata("metadata"),
        state: fields.text_up_to("state", TEXT_CHARS_MAX),
        tax_type: tax_type(fields),
        display_name: display_name?,
        inclusive: inclusive?,
        percentage: percentage?,
    })
}

/// Reads changes of a tax rate.
pub fn update_tax_rate(fields: &mut Fields<'_>) -> Option<UpdateTaxRate> {
    Some(UpdateTaxRate {
        active: fields.boolean("active"),
        country: country(fields),
        description: fields.text_up_to("description", TEXT_CHARS_MAX),
        display_name: fields.text_up_to("display_name", DISPLAY_NAME_CHARS_MAX),
        jurisdiction: fields.text_up_to("jurisdiction", JURISDICTION_CHARS_MAX),
        metadata: fields.metadata("metadata"),
        state: fields.text_up_to("state", TEXT_CHARS_MAX),
        tax_type: tax_type(fields),
    })
}

fn percentage(fields: &mut Fields<'_>) -> Option<Percentage> {
    let text = fields.digits("percentage")?;
    match Percentage::parse(&text) {
        Ok(percentage) => Some(percentage),
        Err(reason) => {
            let param = fields.param("percentage");
            fields.report(ParamProblem::Percentage { param, value: text, reason });
            None
        }
    }
}

fn country(fields: &mut Fields<'_>) -> Option<Country> {
    fields.parsed("country", Country::from_code, |param, value| ParamProblem::Country {
        param,
        value,
    })
}

fn tax_type(fields: &mut Fields<'_>) -> Option<TaxType> {
    fields.word("tax_type", TaxType::names(), TaxType::from_name)
}
