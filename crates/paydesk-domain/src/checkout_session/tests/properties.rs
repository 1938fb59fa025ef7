//! What holds for every cart, however it came about.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

proptest! {
    /// Whatever an update asks for: either the session is refused and nothing happened, or the new
    /// cart is the array, its totals are the sums, ids of kept lines stay and no line is there
    /// twice.
    #[test]
    fn an_update_is_the_array_or_nothing(
        quantities in prop::collection::vec(1u64..2000, 1..8),
        entries in prop::collection::vec((0usize..10, prop::option::of(1u64..2000)), 0..12),
    ) {
        let mut shop = Shop::default();
        shop.add_price("coffee 350 usd");
        let lines: Vec<String> = quantities.iter().map(|q| format!("coffee*{q}")).collect();
        shop.create(&format!("payment {}", lines.join(",")));
        let before = shop.session().clone();
        let entries: Vec<LineItemEntry> = entries.iter().map(|(line, quantity)| LineItemEntry {
            id: before.lines.get(*line).map(|line| line.id.clone()),
            price: (*line >= before.lines.len()).then(|| {
                PriceChoice::Existing(PriceId::from("coffee"))
            }),
            quantity: quantity.and_then(Quantity::new),
            tax_rates: None,
            adjustable_quantity: None,
            metadata: None,
        }).collect();
        let command = UpdateCheckoutSession {
            line_items: Some(entries.clone()),
            ..UpdateCheckoutSession::default()
        };
        if let Ok(decision) = command.decide(&before, &shop.catalog, START, &mut shop.ids) {
            let after = decision.session;
            prop_assert!(after.is_consistent());
            prop_assert_eq!(after.lines.len(), entries.len());
            let mut by_id = BTreeMap::new();
            for (line, entry) in after.lines.iter().zip(&entries) {
                prop_assert!(by_id.insert(line.id.clone(), ()).is_none());
                if let Some(id) = &entry.id {
                    prop_assert_eq!(&line.id, id);
                }
                if let Some(quantity) = entry.quantity {
                    prop_assert_eq!(line.quantity, Some(quantity));
                }
            }
        }
    }

    /// Reordering a cart changes no amount.
    #[test]
    fn reordering_moves_no_cent(order in Just((0usize..6).collect::<Vec<_>>()).prop_shuffle()) {
        let mut shop = Shop::default();
        shop.add_price("thread 0.125 usd");
        shop.create("payment thread*1001, thread*3, thread*7, thread*20, thread*4000, thread*9");
        let before = shop.session().clone();
        let entries =
            order.iter().map(|position| LineItemEntry::keeping(before.lines[*position].id.clone()));
        let command = UpdateCheckoutSession {
            line_items: Some(entries.collect()),
            ..UpdateCheckoutSession::default()
        };
        let after = command.decide(&before, &shop.catalog, START, &mut shop.ids).unwrap().session;
        prop_assert_eq!(after.totals, before.totals);
        for (position, line) in order.iter().zip(&after.lines) {
            prop_assert_eq!(line, &before.lines[*position]);
        }
    }
}
