//! Tax rates: written, found, replaced and listed.

use std::sync::Arc;

use paydesk_domain::address::Country;
use paydesk_domain::event::EventData;
use paydesk_domain::tax_rate::{CreateTaxRate, Percentage, TaxRate, TaxType};

use super::lists::all;
use super::objects::{Maker, NOW, metadata};
use super::revisions::assert_moved;
use super::shop::{Shop, ids};
use crate::changeset::{Record, RowVersion};
use crate::query::{CreatedRange, TaxRateFilter};
use crate::store::{Store, Stored};

pub(super) async fn a_tax_rate_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for tax_rate in [shop.make.tax_rate(), shop.make.full_tax_rate()] {
        assert_eq!(store.find_tax_rate(shop.sandbox, &tax_rate.id).await, Ok(None));
        shop.insert(Record::TaxRate(tax_rate.clone())).await.unwrap();
        let found = store.find_tax_rate(shop.sandbox, &tax_rate.id).await;
        let stored = Stored { value: tax_rate, version: RowVersion::FIRST };
        assert_eq!(found, Ok(Some(stored)));
    }
}

pub(super) async fn a_tax_rate_in_an_event_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let [tax_rate, previous] = [shop.make.full_tax_rate(), shop.make.tax_rate()];
    let happened = [
        EventData::TaxRateCreated(previous.clone()),
        EventData::TaxRateUpdated { tax_rate, previous },
    ];
    for data in happened {
        let event = shop.saved_event(data).await;
        assert_eq!(store.find_event(shop.sandbox, &event.id).await, Ok(Some(event)));
    }
}

pub(super) async fn a_tax_rate_is_replaced_at_its_version<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let tax_rate = shop.saved_tax_rate(true).await;
    let named = TaxRate { display_name: "Sales tax".to_owned(), ..tax_rate.clone() };
    shop.replace(Record::TaxRate(named.clone()), RowVersion::FIRST).await.unwrap();
    let found = store.find_tax_rate(shop.sandbox, &tax_rate.id).await.unwrap().unwrap();
    assert_eq!(found, Stored { value: named, version: RowVersion::FIRST.next() });
    assert_moved(&shop.replace(Record::TaxRate(tax_rate), RowVersion::FIRST).await);
}

pub(super) async fn tax_rates_are_filtered_by_what_may_change_and_what_may_not<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let mut made = Vec::new();
    for (second, inclusive) in [(0, true), (0, false), (1, true)] {
        shop.make.now = NOW.plus_seconds(second);
        made.insert(0, shop.saved_tax_rate(inclusive).await);
    }
    let archived = TaxRate { active: false, ..made[0].clone() };
    shop.replace(Record::TaxRate(archived), RowVersion::FIRST).await.unwrap();
    let any = TaxRateFilter::default();
    let until_first = CreatedRange { from: None, to: Some(NOW) };
    for (filter, expected) in [
        (any, vec![0, 1, 2]),
        (TaxRateFilter { active: Some(false), ..any }, vec![0]),
        (TaxRateFilter { active: Some(true), ..any }, vec![1, 2]),
        (TaxRateFilter { inclusive: Some(true), ..any }, vec![0, 2]),
        (TaxRateFilter { inclusive: Some(false), ..any }, vec![1]),
        (TaxRateFilter { inclusive: Some(true), active: Some(true), ..any }, vec![2]),
        (TaxRateFilter { created: until_first, ..any }, vec![1, 2]),
    ] {
        let expected: Vec<String> =
            expected.into_iter().map(|index: usize| made[index].id.to_string()).collect();
        assert_eq!(listed(&shop, filter).await, expected, "{filter:?}");
    }
}

pub(super) async fn no_sandbox_has_the_tax_rates_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let tax_rate = shop.saved_tax_rate(true).await;
    let other = shop.in_sandbox(8);
    assert_eq!(store.find_tax_rate(other.sandbox, &tax_rate.id).await, Ok(None));
    assert_eq!(listed(&other, TaxRateFilter::default()).await, [""; 0]);
    assert_moved(&other.replace(Record::TaxRate(tax_rate.clone()), RowVersion::FIRST).await);
    assert_eq!(store.last_ordinal().await, Ok(Some(tax_rate.ordinal)));
}

impl Maker {
    /// A tax rate that says no more than it must.
    fn tax_rate(&mut self) -> TaxRate {
        let create = CreateTaxRate {
            active: true,
            country: None,
            description: None,
            display_name: "VAT".to_owned(),
            inclusive: false,
            jurisdiction: None,
            metadata: None,
            percentage: Percentage::parse("0").unwrap(),
            state: None,
            tax_type: None,
        };
        create.into_rate(self.now, &mut self.ids).unwrap()
    }

    /// A tax rate with something in every field.
    fn full_tax_rate(&mut self) -> TaxRate {
        let create = CreateTaxRate {
            active: false,
            country: Country::from_code("US"),
            description: Some("Of Travis county".to_owned()),
            display_name: "Sales tax".to_owned(),
            inclusive: true,
            jurisdiction: Some("US - TX".to_owned()),
            metadata: Some(metadata()),
            percentage: Percentage::parse("8.2501").unwrap(),
            state: Some("TX".to_owned()),
            tax_type: TaxType::from_name("sales_tax"),
        };
        create.into_rate(self.now, &mut self.ids).unwrap()
    }
}

impl<S: Store> Shop<'_, S> {
    async fn saved_tax_rate(&mut self, inclusive: bool) -> TaxRate {
        let tax_rate = TaxRate { inclusive, ..self.make.tax_rate() };
        self.insert(Record::TaxRate(tax_rate.clone())).await.unwrap();
        tax_rate
    }
}

async fn listed<S: Store>(shop: &Shop<'_, S>, filter: TaxRateFilter) -> Vec<String> {
    let page = shop.store.list_tax_rates(shop.sandbox, &filter, all()).await;
    ids(&page.unwrap().data, |tax_rate| tax_rate.id.to_string())
}
