//! What a cart should be, what it is, and the requests that change it.

use serde_json::Value;

use super::random::Random;
use super::shop::{Article, text};

const LINES_MAX: u64 = 4;
/// Quantities are from one up to this.
const QUANTITY_MAX: u64 = 999;

/// A cart as it was sent: articles and quantities, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cart(Vec<(String, u64)>);

/// A line as the server answers it.
#[derive(Clone, Debug)]
struct Line {
    id: String,
    price: String,
    quantity: u64,
    total: u64,
}

impl Cart {
    /// One piece of one article.
    pub(crate) fn of_one(article: &Article) -> Self {
        Self(vec![(article.price.clone(), 1)])
    }

    /// Expects that a session with its lines holds exactly this cart, with the right amounts.
    pub(crate) fn assert_is_in(&self, session: &Value, articles: &[Article]) {
        let lines = lines_of(session);
        let held = lines.iter().map(|line| (line.price.clone(), line.quantity));
        assert_eq!(&Self(held.collect()), self, "the cart is the one sent");

        let by_line: u64 = lines.iter().map(|line| line.total).sum();
        assert_eq!(amount(&session["amount_total"]), by_line, "{session}");
        assert_eq!(by_line, self.total(articles), "{session}");
    }

    fn total(&self, articles: &[Article]) -> u64 {
        let cents = |price: &String| {
            let article = articles.iter().find(|article| article.price == *price);
            article.expect("a cart holds articles of the shop").cents
        };
        let amounts = self.0.iter().map(|(price, count)| cents(price) * count);
        amounts.sum()
    }
}

/// A change of a session's cart that is always one: keeps, changes, adds, removes and reorders
/// lines. Returns the form to send and the cart that it makes.
pub(crate) fn change(
    session: &Value,
    articles: &[Article],
    random: &mut Random,
) -> (Vec<(String, String)>, Cart) {
    let mut kept = lines_of(session);
    let count = random.below(LINES_MAX) + 1;
    let mut form = vec![("expand[]".to_owned(), "line_items".to_owned())];
    let mut cart = Vec::new();
    for index in 0..count {
        let mut add = |name: &str, value: &str| {
            form.push((format!("line_items[{index}][{name}]"), value.to_owned()));
        };
        let (price, quantity) = if kept.is_empty() || random.once_in(3) {
            let article = &articles[pick(articles.len(), random)];
            add("price", &article.price);
            (article.price.clone(), random.below(QUANTITY_MAX) + 1)
        } else {
            let line = kept.swap_remove(pick(kept.len(), random));
            add("id", &line.id);
            // Never the same quantity, so that every change is one.
            let more = random.below(QUANTITY_MAX - 1);
            (line.price, (line.quantity + more) % QUANTITY_MAX + 1)
        };
        add("quantity", &quantity.to_string());
        cart.push((price, quantity));
    }
    (form, Cart(cart))
}

fn pick(count: usize, random: &mut Random) -> usize {
    let count = u64::try_from(count).expect("a small number");
    usize::try_from(random.below(count)).expect("a smaller one")
}

fn lines_of(session: &Value) -> Vec<Line> {
    let lines = session["line_items"]["data"].as_array();
    let lines = lines.unwrap_or_else(|| panic!("a session with its lines: {session}"));
    lines
        .iter()
        .map(|line| Line {
            id: text(&line["id"]),
            price: text(&line["price"]["id"]),
            quantity: amount(&line["quantity"]),
            total: amount(&line["amount_total"]),
        })
        .collect()
}

fn amount(value: &Value) -> u64 {
    let number = value.as_u64();
    number.unwrap_or_else(|| panic!("a number: {value}"))
}
