//! A session as a till receipt: texts at the left, amounts at the right.

use paydesk_domain::catalog::{Catalog, ChargeStep};
use paydesk_domain::checkout_session::{
    CheckoutSession, Due, ExplainedLine, Explanation, LineItem, TaxAmount,
};
use paydesk_domain::coupon::Off;
use paydesk_domain::money::{Currency, Money, UnitAmount};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::explanation::description;

/// Columns of a line.
const WIDTH: usize = 60;
/// Columns of an amount, at the right.
const AMOUNT_WIDTH: usize = 14;

/// The receipt of a session.
pub(super) fn receipt(
    session: &CheckoutSession,
    explanation: &Explanation,
    catalog: &Catalog,
) -> String {
    let mut receipt = Receipt { text: String::new(), currency: session.currency };
    for (line, steps) in session.lines.iter().zip(&explanation.lines) {
        receipt.line(line, steps, catalog);
    }
    receipt.rule();
    receipt.sums(session);
    if let Some(next) = &explanation.next {
        let at = jiff::Timestamp::from_second(next.at.as_seconds());
        let at = at.map_or_else(|_| next.at.to_string(), |at| at.to_string());
        receipt.row(&format!("Next, at {at}"), Some(next.totals.amount_total));
    }
    receipt.text
}

struct Receipt {
    text: String,
    currency: Currency,
}

impl Receipt {
    fn line(&mut self, line: &LineItem, steps: &ExplainedLine, catalog: &Catalog) {
        self.row(description(line, catalog).unwrap_or(line.id.as_str()), None);
        match &steps.charge {
            None => self.row("  (the price has other amounts by now)", None),
            Some(charge) => {
                if let (Some(billed), Some(quantity)) = (charge.billed_units, line.quantity) {
                    self.row(&format!("  {quantity} are billed as {billed}"), None);
                }
                for step in &charge.steps {
                    self.step(step);
                }
                if charge.steps.is_empty() {
                    self.row("  metered, counted later", None);
                }
            }
        }
        match steps.due {
            Due::Whole => {}
            Due::Nothing => self.row("  nothing of it is due yet", None),
            Due::Part { seconds, of } => {
                self.row(&format!("  for {} of the period", part(seconds, of)), None);
            }
        }
        let amounts = &line.amounts;
        let has_more = !amounts.discount.is_zero() || !amounts.taxes.is_empty();
        self.row("  subtotal", Some(amounts.subtotal));
        if let Some(share) = steps.share {
            let extra = if share.has_extra { ", and 1 of what was left over" } else { "" };
            self.row(&format!("  - discount{extra}"), Some(negative(amounts.discount)));
        }
        for tax in &amounts.taxes {
            self.tax(tax);
        }
        if has_more {
            self.row("  total", Some(amounts.total));
        }
    }

    fn step(&mut self, step: &ChargeStep) {
        if let Some(unit_amount) = step.unit_amount {
            let unit = major(unit_amount, self.currency);
            self.row(&format!("  {} x {unit}", step.units), None);
        }
        if let Some(flat_amount) = step.flat_amount {
            self.row(&format!("  + {}", major(flat_amount, self.currency)), None);
        }
    }

    fn tax(&mut self, tax: &TaxAmount) {
        let base = amount(tax.taxable);
        let percentage = tax.percentage;
        if tax.inclusive {
            self.row(&format!("  {percentage} % tax in it: {}", amount(tax.amount)), None);
        } else {
            self.row(&format!("  + {percentage} % tax of {base}"), Some(tax.amount));
        }
    }

    fn sums(&mut self, session: &CheckoutSession) {
        let totals = &session.totals;
        self.row("Subtotal", Some(totals.amount_subtotal));
        if let Some(discount) = &session.discount {
            let off = match &discount.coupon.off {
                Off::Percent(percent) => format!("{percent} %"),
                Off::Amount(_) => "an amount".to_owned(),
            };
            let text = format!("Discount {} ({off})", discount.coupon.id);
            self.row(&text, Some(negative(totals.amount_discount)));
        }
        if session.shipping.cost.is_some() {
            self.row("Shipping", Some(totals.amount_shipping));
        }
        if !totals.amount_tax.is_zero() {
            self.row(&format!("Tax, {} in all", amount(totals.amount_tax)), None);
        }
        let code = session.currency.code().to_uppercase();
        self.row(&format!("Total {code}"), Some(totals.amount_total));
    }

    fn rule(&mut self) {
        self.text.push_str(&"-".repeat(WIDTH));
        self.text.push('\n');
    }

    /// A text, cut where it is too long, and an amount.
    fn row(&mut self, text: &str, money: Option<Money>) {
        let room = if money.is_some() { WIDTH.saturating_sub(AMOUNT_WIDTH) } else { WIDTH };
        let text = cut(text, room);
        self.text.push_str(&text);
        if let Some(money) = money {
            let amount = amount(money);
            let gap = WIDTH.saturating_sub(text.width()).saturating_sub(amount.len());
            self.text.push_str(&" ".repeat(gap));
            self.text.push_str(&amount);
        }
        self.text.push('\n');
    }
}

/// A text that takes no more than so many columns of a terminal. Characters that no receipt shows,
/// such as a line's end, are left out.
fn cut(text: &str, room: usize) -> String {
    let mut shown = String::new();
    let mut taken: usize = 0;
    for char in text.chars() {
        let Some(width) = char.width() else { continue };
        taken = taken.saturating_add(width);
        if taken > room {
            break;
        }
        shown.push(char);
    }
    shown
}

/// `10 of 31 days`, or seconds where they make no whole days.
fn part(seconds: u64, of: u64) -> String {
    const DAY: u64 = 86_400;
    if seconds.is_multiple_of(DAY) && of.is_multiple_of(DAY) {
        format!("{} of {} days", seconds / DAY, of / DAY)
    } else {
        format!("{seconds} of {of} seconds")
    }
}

fn negative(money: Money) -> Money {
    Money::new(money.minor_units().saturating_neg(), money.currency())
}

/// An amount in major units, without its currency.
fn amount(money: Money) -> String {
    let shown = money.to_string();
    shown.split(' ').next().unwrap_or_default().to_owned()
}

/// A unit price in major units, with all its digits.
fn major(unit_amount: UnitAmount, currency: Currency) -> String {
    let minor = unit_amount.to_string();
    let (whole, fraction) = minor.split_once('.').unwrap_or((&minor, ""));
    let places = usize::from(currency.decimal_places());
    let digits = format!("{whole:0>width$}", width = places.saturating_add(1));
    let (whole, cents) = digits.split_at(digits.len().saturating_sub(places));
    match format!("{cents}{fraction}") {
        fraction if fraction.is_empty() => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_prices_are_shown_with_all_their_digits() {
        for (minor, code, expected) in [
            ("1999", "usd", "19.99"),
            ("0.05", "usd", "0.0005"),
            ("5", "usd", "0.05"),
            ("500", "jpy", "500"),
            ("0.5", "jpy", "0.5"),
            ("1230", "kwd", "1.230"),
        ] {
            let currency = Currency::from_code(code).unwrap();
            assert_eq!(major(UnitAmount::parse(minor).unwrap(), currency), expected, "{minor}");
        }
    }

    #[test]
    fn texts_are_cut_by_the_columns_they_take() {
        assert_eq!(cut("coffee", 4), "coff");
        assert_eq!(cut("日本茶", 4), "日本");
        assert_eq!(cut("日本茶", 5), "日本");
        assert_eq!(cut("tea\nand\u{1b}[31m", 20), "teaand[31m");
    }
}
