//! The same carts computed a second time, in fractions, by the definitions and nothing else.
//!
//! It shares no code with the rules: an amount is a fraction until the rule says that it is
//! rounded, and shares are handed out unit by unit.

use std::fmt::Write as _;

use num_rational::BigRational;
use proptest::prelude::*;

use super::*;

/// A line as the oracle sees it.
#[derive(Clone, Debug)]
struct Line {
    /// Unit amounts of tiers and their bounds; one without a bound where there are no tiers.
    tiers: Vec<(Option<u64>, u64, u64)>,
    is_volume: bool,
    quantity: u64,
    is_discounted: bool,
    /// Ten-thousandths of a percent, and whether it is inside.
    rates: Vec<(u32, bool)>,
}

/// What the oracle makes of a line: subtotal, discount, taxes and total.
type Amounts = (i64, i64, Vec<i64>, i64);

/// Trillionths of a minor unit.
fn unit(scaled: u64) -> BigRational {
    ratio(i64::try_from(scaled).unwrap(), 1_000_000_000_000)
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

fn rounded(exact: &BigRational) -> i64 {
    (exact + ratio(1, 2)).floor().to_integer().try_into().unwrap()
}

fn subtotal(line: &Line) -> i64 {
    let in_all = |count: u64| ratio(i64::try_from(count).unwrap(), 1);
    if line.is_volume {
        let reached =
            line.tiers.iter().find(|(end, ..)| end.is_none_or(|end| line.quantity <= end));
        let (_, amount, flat) = reached.unwrap();
        return rounded(&(unit(*amount) * in_all(line.quantity) + unit(*flat)));
    }
    // Unit by unit: which tier does the n-th belong to?
    let mut sum = ratio(0, 1);
    let mut entered = None;
    for n in 1..=line.quantity {
        let belongs = |(end, ..): &(Option<u64>, u64, u64)| end.is_none_or(|end| n <= end);
        let place = line.tiers.iter().position(belongs).unwrap();
        let (_, amount, flat) = line.tiers[place];
        sum += unit(amount);
        if entered != Some(place) {
            sum += unit(flat);
            entered = Some(place);
        }
    }
    rounded(&sum)
}

/// Shares in proportion, each unit that is left over given to whom it is owed most.
fn shares(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i64 = weights.iter().sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<BigRational> =
        weights.iter().map(|weight| ratio(total, whole) * ratio(*weight, 1)).collect();
    let mut given: Vec<i64> =
        exact.iter().map(|share| share.floor().to_integer().try_into().unwrap()).collect();
    let mut has_extra = vec![false; weights.len()];
    while given.iter().sum::<i64>() < total {
        let owed = |place: usize| &exact[place] - ratio(given[place], 1);
        let free = (0..weights.len()).filter(|place| !has_extra[*place]);
        let next = free.reduce(|best, place| if owed(place) > owed(best) { place } else { best });
        let next = next.unwrap();
        given[next] += 1;
        has_extra[next] = true;
    }
    given
}

fn taxes(base: i64, rates: &[(u32, bool)]) -> (Vec<i64>, i64) {
    let percent = |ten_thousandths: u32| ratio(i64::from(ten_thousandths), 1_000_000);
    let inside: BigRational =
        rates.iter().filter(|(_, inclusive)| *inclusive).map(|(rate, _)| percent(*rate)).sum();
    let mut left = base;
    let mut taken = Vec::new();
    for (rate, _) in rates.iter().filter(|(_, inclusive)| *inclusive) {
        let tax = rounded(&(ratio(base, 1) * percent(*rate) / (ratio(1, 1) + &inside))).min(left);
        left -= tax;
        taken.push(tax);
    }
    let mut taken = taken.into_iter();
    let mut on_top = 0;
    let amounts = rates.iter().map(|(rate, inclusive)| {
        if *inclusive {
            return taken.next().unwrap();
        }
        let tax = rounded(&(ratio(left, 1) * percent(*rate)));
        on_top += tax;
        tax
    });
    (amounts.collect(), on_top)
}

fn amounts(lines: &[Line], hundredths: Option<u16>, amount_off: i64) -> Vec<Amounts> {
    let subtotals: Vec<i64> = lines.iter().map(subtotal).collect();
    let weight = |(line, subtotal): (&Line, &i64)| if line.is_discounted { *subtotal } else { 0 };
    let weights: Vec<i64> = lines.iter().zip(&subtotals).map(weight).collect();
    let base: i64 = weights.iter().sum();
    let off = match hundredths {
        Some(hundredths) => rounded(&(ratio(base, 1) * ratio(i64::from(hundredths), 10_000))),
        None => amount_off.min(base),
    };
    let discounts = shares(off, &weights);
    lines
        .iter()
        .zip(subtotals.iter().zip(discounts))
        .map(|(line, (subtotal, discount))| {
            let base = subtotal - discount;
            let (taxes, on_top) = taxes(base, &line.rates);
            (*subtotal, discount, taxes, base + on_top)
        })
        .collect()
}

/// Few different lines of few different amounts, so that there are halves and ties to decide, and
/// some of any.
fn line() -> impl Strategy<Value = Line> {
    let amount = prop_oneof![
        (0u64..8).prop_map(|halves| halves * 500_000_000_000),
        (0u64..100_000).prop_map(|cents| cents * 1_000_000_000_000),
        0u64..100_000_000_000_000_000,
    ];
    let tier = (1u64..20, amount.clone(), prop_oneof![Just(0u64), amount]);
    let rate = prop_oneof![Just(50_000u32), Just(500_000), 0u32..=300_000];
    let rate = (rate, any::<bool>());
    (
        prop::collection::vec(tier, 1..4),
        any::<bool>(),
        prop_oneof![1u64..4, 1u64..60],
        any::<bool>(),
        prop::collection::vec(rate, 0..4),
    )
        .prop_map(|(widths, is_volume, quantity, is_discounted, rates)| {
            let last = widths.len() - 1;
            let mut end = 0;
            let tiers = widths.into_iter().enumerate().map(|(place, (width, amount, flat))| {
                end += width;
                ((place != last).then_some(end), amount, flat)
            });
            Line { tiers: tiers.collect(), is_volume, quantity, is_discounted, rates }
        })
}

/// The same cart for the rules to compute: each line has a Price and rates of its own.
fn shop_of(lines: &[Line], coupon: Option<&str>) -> Shop {
    let mut shop = Shop::default();
    let mut cart = Vec::new();
    let mut discounted = String::new();
    for (place, line) in lines.iter().enumerate() {
        let decimal = |scaled: u64| {
            format!("{}.{:012}", scaled / 1_000_000_000_000, scaled % 1_000_000_000_000)
        };
        let tier = |(end, amount, flat): &(Option<u64>, u64, u64)| {
            let end = end.map_or("inf".to_owned(), |end| end.to_string());
            format!("{end}:{}+{}", decimal(*amount), decimal(*flat))
        };
        let tiers: Vec<String> = line.tiers.iter().map(tier).collect();
        let mode = if line.is_volume { "volume" } else { "graduated" };
        shop.add_price(&format!("p{place} {} usd {mode}", tiers.join(",")));
        let mut rates = Vec::new();
        for (index, (rate, inclusive)) in line.rates.iter().enumerate() {
            let name = format!("r{place}_{index}");
            let percent = format!("{}.{:04}", rate / 10_000, rate % 10_000);
            let kind = if *inclusive { "inclusive" } else { "" };
            shop.catalog.add_tax_rates([tax_rate(&format!("{name} {percent} {kind}"))]);
            rates.push(name);
        }
        cart.push(format!("p{place}*{}({})", line.quantity, rates.join(";")));
        if line.is_discounted {
            write!(discounted, " of-p{place}").unwrap();
        }
    }
    let options = coupon.filter(|_| !discounted.is_empty()).map_or(String::new(), |off| {
        shop.catalog.add_coupons([super::coupon(&format!("off {off}{discounted}"))]);
        ":off-off".to_owned()
    });
    shop.create(&format!("payment{options} {}", cart.join(", ")));
    shop
}

proptest! {
    #[test]
    fn carts_come_to_what_fractions_come_to(
        lines in prop::collection::vec(line(), 1..8),
        hundredths in prop::option::of(prop_oneof![Just(2_500), Just(5_000), 1u16..=10_000]),
        amount_off in 1i64..2_000_000,
    ) {
        let coupon = match hundredths {
            Some(hundredths) => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
            None => format!("{amount_off}usd"),
        };
        let shop = shop_of(&lines, Some(&coupon));
        // A total below the smallest or above the largest charge is refused, as tables say.
        prop_assume!(shop.unchecked_refusal.is_none());
        let session = shop.session();
        let expected = amounts(&lines, hundredths, amount_off);
        for (line, (subtotal, discount, taxes, total)) in session.lines.iter().zip(&expected) {
            let amounts = &line.amounts;
            let computed: Vec<i64> =
                amounts.taxes.iter().map(|tax| tax.amount.minor_units()).collect();
            prop_assert_eq!(amounts.subtotal.minor_units(), *subtotal);
            prop_assert_eq!(amounts.discount.minor_units(), *discount);
            prop_assert_eq!(&computed, taxes);
            prop_assert_eq!(amounts.total.minor_units(), *total);
        }
        let sum = |of: fn(&Amounts) -> i64| expected.iter().map(of).sum::<i64>();
        let totals = &session.totals;
        prop_assert_eq!(totals.amount_subtotal.minor_units(), sum(|line| line.0));
        prop_assert_eq!(totals.amount_discount.minor_units(), sum(|line| line.1));
        prop_assert_eq!(totals.amount_tax.minor_units(), sum(|line| line.2.iter().sum()));
        prop_assert_eq!(totals.amount_total.minor_units(), sum(|line| line.3));
    }

    /// The steps of an explanation lead to the amounts that are stored.
    #[test]
    fn explanations_lead_to_what_is_stored(
        lines in prop::collection::vec(line(), 1..6),
        hundredths in 1u16..=10_000,
    ) {
        let coupon = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
        let shop = shop_of(&lines, Some(&coupon));
        prop_assume!(shop.unchecked_refusal.is_none());
        let session = shop.session();
        let explanation = session.explain(&shop.catalog).unwrap();
        for (line, steps) in session.lines.iter().zip(&explanation.lines) {
            let exact = steps.charge.as_ref().unwrap().exact;
            prop_assert_eq!(exact.rounded(session.currency), Ok(line.amounts.subtotal));
            let share = steps.share.map_or(0, Share::amount);
            prop_assert_eq!(share, line.amounts.discount.minor_units());
        }
        let discount = explanation.discount.map(|discount| discount.amount);
        let total = session.totals.amount_discount;
        prop_assert_eq!(discount.unwrap_or(Money::zero(session.currency)), total);
    }

    /// Adding a line and taking it away again leaves every amount as it was.
    #[test]
    fn adding_and_removing_a_line_comes_back_to_the_same_totals(
        lines in prop::collection::vec(line(), 1..6),
        quantity in 1u64..1000,
    ) {
        let mut shop = shop_of(&lines, Some("12.5%"));
        prop_assume!(shop.unchecked_refusal.is_none());
        shop.add_price("extra 0.125 usd");
        let before = shop.session().clone();
        let kept: Vec<String> = before.lines.iter().map(letter_of).collect();
        shop.play(&format!("update extra*{quantity}, {}", kept.join(", "))).unwrap();
        prop_assume!(shop.unchecked_refusal.is_none());
        shop.play(&format!("update {}", kept.join(", "))).unwrap();
        let after = shop.session();
        prop_assert_eq!(after.totals, before.totals);
        prop_assert_eq!(&after.lines, &before.lines);
    }

    /// Another order of the lines that are there moves no cent of any of them.
    #[test]
    fn another_order_moves_no_cent_of_discounts_and_taxes(
        line in line(),
        others in prop::collection::vec(line(), 1..5),
        seed in prop::collection::vec(any::<u32>(), 8),
    ) {
        // Three lines that are alike tie for what is left over.
        let lines = [vec![line; 3], others].concat();
        let mut shop = shop_of(&lines, Some("33.33%"));
        prop_assume!(shop.unchecked_refusal.is_none());
        let before = shop.session().clone();
        let mut order: Vec<(u32, String)> =
            seed.into_iter().zip(before.lines.iter().map(letter_of)).collect();
        order.sort();
        let order: Vec<String> = order.into_iter().map(|(_, letter)| letter).collect();
        shop.play(&format!("update {}", order.join(", "))).unwrap();
        prop_assert_eq!(&shop.unchecked_refusal, &None);
        let after = shop.session();
        prop_assert_eq!(after.totals, before.totals);
        for line in &after.lines {
            prop_assert!(before.lines.contains(line));
        }
    }
}
