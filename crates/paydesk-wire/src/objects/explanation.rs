//! `checkout.session.explanation`: how each amount of a session came about. Our own.

use paydesk_domain::catalog::{Catalog, Charge, ChargeStep};
use paydesk_domain::checkout_session::{
    CheckoutSession, Due, ExplainedLine, Explanation, LineItem, NextCharge, Quantity, Share,
    TaxAmount, Totals,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::receipt::receipt;
use super::tax_amount::reason_name;

/// How each amount came about. Unit amounts and percentages are decimals as text, all other amounts
/// integers in minor units.
#[derive(JsonSchema, Serialize)]
pub struct ExplanationObject<'a> {
    object: &'static str,
    session: &'a str,
    revision: u64,
    currency: &'static str,
    lines: Vec<LineObject<'a>>,
    discount: Option<DiscountObject<'a>>,
    shipping: Option<ShippingObject<'a>>,
    totals: TotalsObject,
    /// What is charged when the first whole period begins that is not paid yet.
    next: Option<NextObject<'a>>,
    /// The same as a till receipt, in plain text.
    text: String,
}

#[derive(JsonSchema, Serialize)]
struct LineObject<'a> {
    id: &'a str,
    description: Option<&'a str>,
    price: &'a str,
    quantity: Option<u64>,
    /// Null where the price has other amounts by now than when the line was priced.
    charge: Option<ChargeObject>,
    due: DueObject,
    amount_subtotal: i64,
    discount: Option<ShareObject>,
    taxes: Vec<TaxObject<'a>>,
    amount_total: i64,
}

#[derive(JsonSchema, Serialize)]
struct ChargeObject {
    /// After `transform_quantity`, where the price has it.
    billed_units: Option<u64>,
    steps: Vec<StepObject>,
    /// The sum of the steps, before it is rounded once.
    exact: String,
}

#[derive(JsonSchema, Serialize)]
struct StepObject {
    units: u64,
    unit_amount: Option<String>,
    flat_amount: Option<String>,
}

/// `whole`, `nothing`, or a part of the period in seconds.
#[derive(JsonSchema, Serialize)]
struct DueObject {
    of_period: &'static str,
    seconds: Option<u64>,
    period_seconds: Option<u64>,
}

/// A part in proportion to the line's subtotal, rounded down, and a unit of what that left over.
#[derive(JsonSchema, Serialize)]
struct ShareObject {
    rounded_down: i64,
    extra: i64,
    amount: i64,
}

#[derive(JsonSchema, Serialize)]
struct TaxObject<'a> {
    rate: &'a str,
    percentage: String,
    inclusive: bool,
    taxable_amount: i64,
    amount: i64,
    taxability_reason: Option<&'static str>,
}

#[derive(JsonSchema, Serialize)]
struct DiscountObject<'a> {
    coupon: &'a str,
    /// What the lines that it counts for come to.
    base: i64,
    amount: i64,
}

#[derive(JsonSchema, Serialize)]
struct ShippingObject<'a> {
    shipping_rate: &'a str,
    amount_subtotal: i64,
    taxes: Vec<TaxObject<'a>>,
    amount_total: i64,
}

#[derive(JsonSchema, Serialize)]
struct TotalsObject {
    amount_subtotal: i64,
    amount_discount: i64,
    amount_shipping: i64,
    amount_tax: i64,
    amount_total: i64,
}

#[derive(JsonSchema, Serialize)]
struct NextObject<'a> {
    at: i64,
    lines: Vec<NextLineObject<'a>>,
    totals: TotalsObject,
}

#[derive(JsonSchema, Serialize)]
struct NextLineObject<'a> {
    id: &'a str,
    amount_subtotal: i64,
    amount_discount: i64,
    amount_tax: i64,
    amount_total: i64,
}

impl<'a> ExplanationObject<'a> {
    /// The explanation of a session; descriptions are the names of the catalog's Products.
    #[must_use]
    pub fn new(
        session: &'a CheckoutSession,
        explanation: &'a Explanation,
        catalog: &'a Catalog,
    ) -> Self {
        let lines = session.lines.iter().zip(&explanation.lines);
        Self {
            object: "checkout.session.explanation",
            session: session.id.as_str(),
            revision: session.revision.get(),
            currency: session.currency.code(),
            lines: lines.map(|(line, steps)| LineObject::new(line, steps, catalog)).collect(),
            discount: session.discount.as_ref().zip(explanation.discount).map(
                |(discount, explained)| DiscountObject {
                    coupon: discount.coupon.id.as_str(),
                    base: explained.base.minor_units(),
                    amount: explained.amount.minor_units(),
                },
            ),
            shipping: session.shipping.cost.as_ref().map(|cost| ShippingObject {
                shipping_rate: cost.rate.as_str(),
                amount_subtotal: cost.subtotal.minor_units(),
                taxes: cost.taxes.iter().map(TaxObject::from).collect(),
                amount_total: cost.total.minor_units(),
            }),
            totals: TotalsObject::from(session.totals),
            next: explanation.next.as_ref().map(NextObject::from),
            text: receipt(session, explanation, catalog),
        }
    }
}

/// What a line is called: its Product's name.
pub(super) fn description<'a>(line: &LineItem, catalog: &'a Catalog) -> Option<&'a str> {
    let price = catalog.price(&line.price)?;
    let product = catalog.product(&price.product)?;
    Some(product.details.name.as_str())
}

impl<'a> LineObject<'a> {
    fn new(line: &'a LineItem, steps: &ExplainedLine, catalog: &'a Catalog) -> Self {
        Self {
            id: line.id.as_str(),
            description: description(line, catalog),
            price: line.price.as_str(),
            quantity: line.quantity.map(Quantity::get),
            charge: steps.charge.as_ref().map(ChargeObject::from),
            due: DueObject::from(steps.due),
            amount_subtotal: line.amounts.subtotal.minor_units(),
            discount: steps.share.map(ShareObject::from),
            taxes: line.amounts.taxes.iter().map(TaxObject::from).collect(),
            amount_total: line.amounts.total.minor_units(),
        }
    }
}

impl From<&Charge> for ChargeObject {
    fn from(charge: &Charge) -> Self {
        let step = |step: &ChargeStep| StepObject {
            units: step.units,
            unit_amount: step.unit_amount.map(|amount| amount.to_string()),
            flat_amount: step.flat_amount.map(|amount| amount.to_string()),
        };
        Self {
            billed_units: charge.billed_units,
            steps: charge.steps.iter().map(step).collect(),
            exact: charge.exact.to_string(),
        }
    }
}

impl From<Due> for DueObject {
    fn from(due: Due) -> Self {
        let (of_period, seconds, period_seconds) = match due {
            Due::Whole => ("whole", None, None),
            Due::Nothing => ("nothing", None, None),
            Due::Part { seconds, of } => ("part", Some(seconds), Some(of)),
        };
        Self { of_period, seconds, period_seconds }
    }
}

impl From<Share> for ShareObject {
    fn from(share: Share) -> Self {
        let extra = i64::from(share.has_extra);
        Self { rounded_down: share.floor, extra, amount: share.amount() }
    }
}

impl<'a> From<&'a TaxAmount> for TaxObject<'a> {
    fn from(tax: &'a TaxAmount) -> Self {
        Self {
            rate: tax.rate.as_str(),
            percentage: tax.percentage.to_string(),
            inclusive: tax.inclusive,
            taxable_amount: tax.taxable.minor_units(),
            amount: tax.amount.minor_units(),
            taxability_reason: tax.reason.map(reason_name),
        }
    }
}

impl From<Totals> for TotalsObject {
    fn from(totals: Totals) -> Self {
        Self {
            amount_subtotal: totals.amount_subtotal.minor_units(),
            amount_discount: totals.amount_discount.minor_units(),
            amount_shipping: totals.amount_shipping.minor_units(),
            amount_tax: totals.amount_tax.minor_units(),
            amount_total: totals.amount_total.minor_units(),
        }
    }
}

impl<'a> From<&'a NextCharge> for NextObject<'a> {
    fn from(next: &'a NextCharge) -> Self {
        let line = |line: &'a LineItem| NextLineObject {
            id: line.id.as_str(),
            amount_subtotal: line.amounts.subtotal.minor_units(),
            amount_discount: line.amounts.discount.minor_units(),
            amount_tax: line.amounts.tax().minor_units(),
            amount_total: line.amounts.total.minor_units(),
        };
        Self {
            at: next.at.as_seconds(),
            lines: next.lines.iter().map(line).collect(),
            totals: TotalsObject::from(next.totals),
        }
    }
}
