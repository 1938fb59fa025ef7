//! Shipping rates: written, found, replaced and listed.

use std::sync::Arc;

use paydesk_domain::catalog::TaxBehavior;
use paydesk_domain::money::{Currency, Money};
use paydesk_domain::shipping_rate::{
    DeliveryEstimate, DeliveryTime, DeliveryUnit, FixedAmount, NewShippingRate,
    ShippingCurrencyOption, ShippingRate,
};

use super::lists::all;
use super::objects::{Maker, NOW, metadata};
use super::revisions::assert_moved;
use super::shop::{Shop, ids};
use crate::changeset::{Record, RowVersion};
use crate::query::{CreatedRange, ShippingRateFilter};
use crate::store::{Store, Stored};

pub(super) async fn a_shipping_rate_with_every_field_comes_back_as_it_was<S: Store>(
    store: &Arc<S>,
) {
    use DeliveryUnit as U;
    let mut shop = Shop::new(store);
    let mut rates = vec![shop.make.shipping_rate("usd"), shop.make.full_shipping_rate()];
    let times = [U::BusinessDay, U::Day, U::Hour, U::Month, U::Week]
        .map(|unit| DeliveryTime { unit, value: 3 });
    let bounds = times.map(|time| (Some(time), None)).into_iter();
    for (minimum, maximum) in bounds.chain([(None, Some(times[0])), (None, None)]) {
        let delivery_estimate = Some(DeliveryEstimate::new(minimum, maximum).unwrap());
        rates.push(ShippingRate { delivery_estimate, ..shop.make.shipping_rate("usd") });
    }
    for rate in rates {
        assert_eq!(store.find_shipping_rate(shop.sandbox, &rate.id).await, Ok(None));
        shop.insert(Record::ShippingRate(rate.clone())).await.unwrap();
        let found = store.find_shipping_rate(shop.sandbox, &rate.id).await;
        let stored = Stored { value: rate, version: RowVersion::FIRST };
        assert_eq!(found, Ok(Some(stored)));
    }
}

pub(super) async fn a_shipping_rate_is_replaced_at_its_version<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let rate = shop.saved_shipping_rate("usd").await;
    let archived = ShippingRate { active: false, ..rate.clone() };
    shop.replace(Record::ShippingRate(archived.clone()), RowVersion::FIRST).await.unwrap();
    let found = store.find_shipping_rate(shop.sandbox, &rate.id).await.unwrap().unwrap();
    assert_eq!(found, Stored { value: archived, version: RowVersion::FIRST.next() });
    assert_moved(&shop.replace(Record::ShippingRate(rate), RowVersion::FIRST).await);
}

pub(super) async fn shipping_rates_are_filtered_by_state_currency_and_creation<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let mut made = Vec::new();
    for (second, code) in [(0, "usd"), (0, "eur"), (1, "usd")] {
        shop.make.now = NOW.plus_seconds(second);
        made.insert(0, shop.saved_shipping_rate(code).await);
    }
    let archived = ShippingRate { active: false, ..made[0].clone() };
    shop.replace(Record::ShippingRate(archived), RowVersion::FIRST).await.unwrap();
    let any = ShippingRateFilter::default();
    let until_first = CreatedRange { from: None, to: Some(NOW) };
    for (filter, expected) in [
        (any, vec![0, 1, 2]),
        (ShippingRateFilter { active: Some(false), ..any }, vec![0]),
        (ShippingRateFilter { active: Some(true), ..any }, vec![1, 2]),
        (ShippingRateFilter { currency: Currency::from_code("usd"), ..any }, vec![0, 2]),
        (ShippingRateFilter { currency: Currency::from_code("jpy"), ..any }, vec![]),
        (ShippingRateFilter { created: until_first, ..any }, vec![1, 2]),
    ] {
        let expected: Vec<String> =
            expected.into_iter().map(|index: usize| made[index].id.to_string()).collect();
        assert_eq!(listed(&shop, filter).await, expected, "{filter:?}");
    }
}

pub(super) async fn no_sandbox_has_the_shipping_rates_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let rate = shop.saved_shipping_rate("usd").await;
    let other = shop.in_sandbox(8);
    assert_eq!(store.find_shipping_rate(other.sandbox, &rate.id).await, Ok(None));
    assert_eq!(listed(&other, ShippingRateFilter::default()).await, [""; 0]);
    assert_moved(&other.replace(Record::ShippingRate(rate.clone()), RowVersion::FIRST).await);
    assert_eq!(store.last_ordinal().await, Ok(Some(rate.ordinal)));
}

fn money(minor_units: i64, code: &str) -> Money {
    Money::new(minor_units, Currency::from_code(code).unwrap())
}

impl Maker {
    /// A shipping rate that says no more than it must.
    fn shipping_rate(&mut self, code: &str) -> ShippingRate {
        let new = NewShippingRate {
            delivery_estimate: None,
            display_name: "Pick up".to_owned(),
            fixed_amount: FixedAmount { amount: money(0, code), others: Vec::new() },
            metadata: None,
            tax_behavior: TaxBehavior::Unspecified,
            tax_code: None,
        };
        new.into_rate(self.now, &mut self.ids).unwrap()
    }

    /// A shipping rate with something in every field.
    fn full_shipping_rate(&mut self) -> ShippingRate {
        let days = |value| Some(DeliveryTime { unit: DeliveryUnit::BusinessDay, value });
        let option = |amount, tax_behavior| ShippingCurrencyOption { amount, tax_behavior };
        let new = NewShippingRate {
            delivery_estimate: Some(DeliveryEstimate::new(days(5), days(7)).unwrap()),
            display_name: "Ground".to_owned(),
            fixed_amount: FixedAmount {
                amount: money(500, "usd"),
                others: vec![
                    option(money(450, "eur"), TaxBehavior::Inclusive),
                    option(money(70_000, "jpy"), TaxBehavior::Unspecified),
                ],
            },
            metadata: Some(metadata()),
            tax_behavior: TaxBehavior::Exclusive,
            tax_code: Some("txcd_92010001".to_owned()),
        };
        let rate = new.into_rate(self.now, &mut self.ids).unwrap();
        ShippingRate { active: false, ..rate }
    }
}

impl<S: Store> Shop<'_, S> {
    async fn saved_shipping_rate(&mut self, code: &str) -> ShippingRate {
        let rate = self.make.shipping_rate(code);
        self.insert(Record::ShippingRate(rate.clone())).await.unwrap();
        rate
    }
}

async fn listed<S: Store>(shop: &Shop<'_, S>, filter: ShippingRateFilter) -> Vec<String> {
    let page = shop.store.list_shipping_rates(shop.sandbox, &filter, all()).await;
    ids(&page.unwrap().data, |rate| rate.id.to_string())
}
