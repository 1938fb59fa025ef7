//! Sandboxes as wholes: listed, and closed with everything in them.

use std::sync::Arc;

use paydesk_domain::api_key::KeyRights;
use paydesk_domain::id::Ordinal;
use paydesk_domain::sandbox::{Sandbox, SandboxClock, SandboxId};

use super::objects::NOW;
use super::revisions::assert_moved;
use super::shop::Shop;
use crate::changeset::{Changeset, Delete, Record, RowVersion};
use crate::query::{Bound, Cursor, PageRequest, SandboxFilter};
use crate::store::{Perishable, Store};

pub(super) async fn sandboxes_are_listed_by_what_opens_them_newest_first<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let [own, own_live] = shop.make.account(None, None);
    let [below, below_live] = shop.make.account(Some(&own.account), None);
    for world in [&own, &own_live, &below, &below_live] {
        shop.insert(Record::Sandbox(world.clone())).await.unwrap();
    }
    let mut open = Vec::new();
    for id in 8..11 {
        shop = shop.in_sandbox(id);
        open.push(shop.open_sandbox(SandboxClock::REAL).await);
    }
    open.reverse();
    let newest = Bound::Newest;
    assert_eq!(listed(store, &SandboxFilter::Open, newest, 2).await, (open[..2].to_vec(), true));
    let second = Bound::After(Cursor { created: NOW, ordinal: Ordinal::new(open[1].id.0) });
    assert_eq!(listed(store, &SandboxFilter::Open, second, 2).await, (open[2..].to_vec(), false));
    let first = Bound::Before(Cursor { created: NOW, ordinal: Ordinal::new(open[2].id.0) });
    assert_eq!(listed(store, &SandboxFilter::Open, first, 1).await, (open[1..2].to_vec(), true));
    let of_own = SandboxFilter::Of(own.account.clone());
    assert_eq!(listed(store, &of_own, newest, 10).await, (vec![below, own], false));
}

pub(super) async fn a_sandbox_expires_by_the_wall_clock_when_it_is_not_used<S: Store>(
    store: &Arc<S>,
) {
    let shop = Shop::new(store);
    let lasting = shop.open_sandbox(SandboxClock::REAL).await;
    let shop = shop.in_sandbox(8);
    let opened = shop.sandbox_opened_by_name();
    let passing = Sandbox { time_to_live: Some(60), ..opened };
    shop.insert(Record::Sandbox(passing.clone())).await.unwrap();
    let expired = async |seconds| {
        let filter = SandboxFilter::Expired(NOW.plus_seconds(seconds));
        listed(store, &filter, Bound::Newest, 10).await.0
    };
    assert!(expired(59).await.is_empty());
    assert_eq!(expired(60).await, std::slice::from_ref(&passing));
    let used = Sandbox { used: NOW.plus_seconds(10), ..passing };
    shop.replace(Record::Sandbox(used.clone()), RowVersion::FIRST).await.unwrap();
    assert!(expired(69).await.is_empty());
    assert_eq!(expired(70).await, [used]);
    assert!(store.find_sandbox(lasting.id).await.unwrap().is_some());
}

pub(super) async fn a_closed_sandbox_is_found_nowhere<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    let mut stale = shop.changeset();
    stale.deletes.push(closing(sandbox.id, RowVersion(9), None));
    assert_moved(&store.commit(stale).await);
    assert!(store.find_sandbox(sandbox.id).await.unwrap().is_some());

    let mut changeset = shop.changeset();
    changeset.deletes.push(closing(sandbox.id, RowVersion::FIRST, None));
    store.commit(changeset).await.unwrap();
    assert_eq!(store.find_sandbox(sandbox.id).await, Ok(None));
    assert_eq!(store.find_open_sandbox(shop.name()).await, Ok(None));
    assert_eq!(store.find_account(&sandbox.account, false).await, Ok(None));
    let open = listed(store, &SandboxFilter::Open, Bound::Newest, 10).await;
    assert_eq!(open, (Vec::new(), false));
}

pub(super) async fn a_sandbox_takes_the_place_of_another_with_its_keys<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let [before, live] = shop.make.account(None, None);
    for world in [&before, &live] {
        shop.insert(Record::Sandbox(world.clone())).await.unwrap();
    }
    shop = shop.in_sandbox(before.id.0);
    let key = shop.saved_api_key(KeyRights::Secret).await;
    let after = Sandbox { id: SandboxId(before.id.0 + 1000), ..before.clone() };
    let mut changeset = Changeset::new(after.id);
    changeset.deletes.push(closing(before.id, RowVersion::FIRST, Some(after.id)));
    changeset.insert(Record::Sandbox(after.clone()));
    store.commit(changeset).await.unwrap();
    let found = store.find_account(&before.account, false).await.unwrap().unwrap();
    assert_eq!(found.value, after);
    let found = store.find_api_key(key.hash).await.unwrap().unwrap();
    assert_eq!(found.value.sandbox, after.id);

    let mut changeset = Changeset::new(after.id);
    changeset.deletes.push(closing(after.id, RowVersion::FIRST, None));
    store.commit(changeset).await.unwrap();
    assert_eq!(store.find_api_key(key.hash).await, Ok(None));
}

pub(super) async fn what_was_in_a_closed_sandbox_is_forgotten<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    let session = shop.saved_session().await;
    shop.set_timer(session.id.as_str(), NOW).await;
    let mut other = shop.in_sandbox(8);
    other.open_sandbox(SandboxClock::REAL).await;
    let kept = other.saved_session().await;
    other.set_timer(kept.id.as_str(), NOW).await;

    let mut changeset = Changeset::new(sandbox.id);
    changeset.deletes.push(closing(sandbox.id, RowVersion::FIRST, None));
    store.commit(changeset).await.unwrap();
    let forget = async |seconds| {
        let before = NOW.plus_seconds(seconds);
        store.prune(Perishable::ClosedSandboxes, before, 2).await.unwrap()
    };
    assert_eq!(forget(0).await, 0, "it was closed only now");
    // A Product, a Price, a session and its timer.
    assert_eq!([forget(1).await, forget(1).await, forget(1).await], [2, 2, 0]);
    let shop = other.in_sandbox(sandbox.id.0);
    assert_eq!(shop.session(&session.id).await, None);
    let other = shop.in_sandbox(8);
    assert!(other.session(&kept.id).await.is_some());
    let due = store.due_timers(NOW, 10).await.unwrap();
    assert_eq!(due.iter().map(|timer| &timer.session).collect::<Vec<_>>(), [&kept.id]);
}

fn closing(id: SandboxId, read_at: RowVersion, successor: Option<SandboxId>) -> Delete {
    Delete::Sandbox { id, read_at, successor, closed: NOW }
}

async fn listed<S: Store>(
    store: &Arc<S>,
    filter: &SandboxFilter,
    bound: Bound,
    limit: usize,
) -> (Vec<Sandbox>, bool) {
    let page = store.list_sandboxes(filter, PageRequest { limit, bound }).await.unwrap();
    (page.data.into_iter().map(|stored| stored.value).collect(), page.has_more)
}
