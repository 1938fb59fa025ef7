//! What a cart has come to, as rows write it.

use std::fmt::Write as _;

use super::*;

pub(super) fn show_cart(session: &CheckoutSession, catalog: &Catalog) -> String {
    let mut shown = String::new();
    for line in &session.lines {
        let is_inline = line.price.as_str().starts_with("price_");
        let price = if is_inline { "new" } else { line.price.as_str() };
        assert!(catalog.price(&line.price).is_some());
        let subtotal = line.amounts.subtotal.minor_units();
        let quantity = line.quantity.map_or("?".to_owned(), |quantity| quantity.to_string());
        write!(shown, "{} {price}*{quantity}={subtotal}", letter_of(line)).unwrap();
        if !line.amounts.discount.is_zero() {
            write!(shown, "-{}", line.amounts.discount.minor_units()).unwrap();
        }
        for tax in &line.amounts.taxes {
            let amount = tax.amount.minor_units();
            let text = if tax.inclusive { format!("({amount})") } else { format!("+{amount}") };
            shown.push_str(&text);
        }
        if let Some(AdjustableQuantity::Enabled { minimum, maximum }) = line.adjustable_quantity {
            write!(shown, "[{minimum}..{maximum}]").unwrap();
        }
        if !line.metadata.is_empty() {
            let pairs: Vec<String> =
                line.metadata.iter().map(|(key, value)| format!("{key}:{value}")).collect();
            write!(shown, "{{{}}}", pairs.join(";")).unwrap();
        }
        shown.push_str(" | ");
    }
    let total = session.totals.amount_total;
    write!(shown, "total {total} | revision {}", session.revision.get()).unwrap();
    shown
}

pub(super) fn show_totals(session: &CheckoutSession) -> String {
    let totals = &session.totals;
    let [subtotal, discount, shipping, tax, total] = [
        totals.amount_subtotal,
        totals.amount_discount,
        totals.amount_shipping,
        totals.amount_tax,
        totals.amount_total,
    ]
    .map(Money::minor_units);
    format!("{subtotal} -{discount} ship {shipping} tax {tax} = {total}")
}

pub(super) fn expect(answer: &str, expected: &str) -> Result<(), String> {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if squeeze(answer) == squeeze(expected) { Ok(()) } else { Err(squeeze(answer)) }
}
