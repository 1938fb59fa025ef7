//! Webhook endpoints: written, found, counted, listed and deleted.

use std::sync::Arc;

use paydesk_domain::id::WebhookEndpointId;
use paydesk_domain::webhook_endpoint::{CreateWebhookEndpoint, WebhookEndpoint};

use super::lists::all;
use super::objects::Maker;
use super::revisions::{assert_moved, commit_at_once};
use super::shop::{Shop, ids};
use crate::changeset::{Changeset, Check, Delete, Record, RowVersion};
use crate::query::{Bound, PageRequest};
use crate::store::{Store, Stored};

pub(super) async fn an_endpoint_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for endpoint in [shop.make.endpoint(), shop.make.full_endpoint()] {
        let found = store.find_webhook_endpoint(shop.sandbox, &endpoint.id).await;
        assert_eq!(found, Ok(None));
        shop.insert(Record::WebhookEndpoint(endpoint.clone())).await.unwrap();
        let found = store.find_webhook_endpoint(shop.sandbox, &endpoint.id).await;
        let stored = Stored { value: endpoint, version: RowVersion::FIRST };
        assert_eq!(found, Ok(Some(stored)));
    }
}

pub(super) async fn an_endpoint_is_replaced_and_deleted_at_its_version<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let endpoint = shop.saved_endpoint().await;
    let disabled = WebhookEndpoint { is_enabled: false, ..endpoint.clone() };
    shop.replace(Record::WebhookEndpoint(disabled.clone()), RowVersion::FIRST).await.unwrap();
    let found = store.find_webhook_endpoint(shop.sandbox, &endpoint.id).await.unwrap().unwrap();
    assert_eq!(found.value, disabled);

    let delete = |id: &WebhookEndpointId, read_at| {
        let mut changeset = shop.changeset();
        changeset.deletes.push(Delete::WebhookEndpoint { id: id.clone(), read_at });
        store.commit(changeset)
    };
    assert_moved(&delete(&endpoint.id, RowVersion::FIRST).await);
    assert_moved(&delete(&WebhookEndpointId::from("we_nobody"), RowVersion::FIRST).await);
    assert_eq!(listed(&shop, all()).await, [endpoint.id.to_string()]);
    delete(&endpoint.id, found.version).await.unwrap();
    assert_eq!(store.find_webhook_endpoint(shop.sandbox, &endpoint.id).await, Ok(None));
    assert_eq!(listed(&shop, all()).await, [""; 0]);
}

pub(super) async fn endpoints_are_listed_newest_first<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut made = Vec::new();
    for _ in 0..3 {
        made.insert(0, shop.saved_endpoint().await);
    }
    let expected = ids(&made, |endpoint| endpoint.id.to_string());
    assert_eq!(listed(&shop, all()).await, expected);
    let newest = PageRequest { limit: 2, bound: Bound::Newest };
    assert_eq!(listed(&shop, newest).await, expected[..2]);
    assert_eq!(store.last_ordinal().await, Ok(Some(made[0].ordinal)));

    let other = shop.in_sandbox(8);
    assert_eq!(listed(&other, all()).await, [""; 0]);
    assert_eq!(store.find_webhook_endpoint(other.sandbox, &made[0].id).await, Ok(None));
}

pub(super) async fn of_many_who_take_the_last_place_one_gets_it<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    shop.saved_endpoint().await;
    let changesets: Vec<Changeset> = (0..16)
        .map(|_| {
            let mut changeset = shop.changeset();
            changeset.checks.push(Check::WebhookEndpointsAtMost(1));
            changeset.insert(Record::WebhookEndpoint(shop.make.endpoint()));
            changeset
        })
        .collect();
    let outcomes = commit_at_once(store, changesets).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(listed(&shop, all()).await.len(), 2);
}

impl Maker {
    /// An endpoint that wants to hear of everything.
    fn endpoint(&mut self) -> WebhookEndpoint {
        let create = CreateWebhookEndpoint {
            url: "https://shop.example/hooks".to_owned(),
            enabled_events: vec!["*".to_owned()],
            api_version: None,
            description: None,
            metadata: None,
        };
        create.decide(0, self.now, &mut self.ids).unwrap()
    }

    /// An endpoint with something in every field.
    fn full_endpoint(&mut self) -> WebhookEndpoint {
        let metadata = self.full_product().metadata;
        WebhookEndpoint {
            enabled_events: ["price.created", "coupon.deleted"].map(str::to_owned).to_vec(),
            api_version: Some("2026-03-25.dahlia".to_owned()),
            description: Some("Für Bestellungen".to_owned()),
            is_enabled: false,
            metadata,
            ..self.endpoint()
        }
    }
}

impl<S: Store> Shop<'_, S> {
    async fn saved_endpoint(&mut self) -> WebhookEndpoint {
        let endpoint = self.make.endpoint();
        self.insert(Record::WebhookEndpoint(endpoint.clone())).await.unwrap();
        endpoint
    }
}

async fn listed<S: Store>(shop: &Shop<'_, S>, page: PageRequest) -> Vec<String> {
    let page = shop.store.list_webhook_endpoints(shop.sandbox, page).await;
    ids(&page.unwrap().data, |endpoint| endpoint.id.to_string())
}
