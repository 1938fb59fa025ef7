//! Timers: due by the wall clock, due by their sandbox's, moved with it.

use std::sync::Arc;

use paydesk_domain::id::CheckoutSessionId;
use paydesk_domain::sandbox::{Sandbox, SandboxClock};
use paydesk_domain::time::Timestamp;

use super::objects::NOW;
use super::shop::{Shop, ids};
use crate::changeset::{Record, RowVersion, TimerChange};
use crate::store::{DueTimer, Store, TimerKind};

pub(super) async fn timers_are_due_by_the_wall_clock_longest_overdue_first<S: Store>(
    store: &Arc<S>,
) {
    let shop = Shop::new(store);
    assert_eq!(store.next_due().await, Ok(None));
    shop.set_timer("cs_1", at(30)).await;
    shop.set_timer("cs_2", at(10)).await;
    let here = shop.sandbox;
    let shop = shop.in_sandbox(8);
    shop.open_sandbox(SandboxClock::Offset { seconds: 980 }).await;
    shop.set_timer("cs_3", at(1_000)).await;

    assert_eq!(store.next_due().await, Ok(Some(at(10))));
    assert_eq!(due(store, at(9), 10).await, NONE);
    assert_eq!(due(store, at(10), 10).await, ["cs_2"]);
    assert_eq!(due(store, at(30), 10).await, ["cs_2", "cs_3", "cs_1"]);
    assert_eq!(due(store, at(30), 2).await, ["cs_2", "cs_3"]);
    let all = store.due_timers(at(30), 10).await.unwrap();
    let expected = |sandbox, session: &str, due_at| DueTimer {
        sandbox,
        kind: TimerKind::SessionExpiry,
        session: CheckoutSessionId::from(session),
        due_at,
    };
    assert_eq!(all[0], expected(here, "cs_2", at(10)));
    assert_eq!(all[1], expected(shop.sandbox, "cs_3", at(1_000)));
}

pub(super) async fn a_timer_is_due_by_the_clock_of_its_sandbox<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    shop.set_timer("cs_1", at(30)).await;
    shop.set_timer("cs_2", at(10)).await;
    shop.set_timer("cs_3", at(20)).await;
    assert_eq!(due_of(&shop, at(9), 10).await, NONE);
    assert_eq!(due_of(&shop, at(20), 10).await, ["cs_2", "cs_3"]);
    assert_eq!(due_of(&shop, at(99), 10).await, ["cs_2", "cs_3", "cs_1"]);
    assert_eq!(due_of(&shop, at(99), 1).await, ["cs_2"]);
}

pub(super) async fn a_timer_set_again_replaces_the_one_before<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    shop.set_timer("cs_1", at(10)).await;
    shop.set_timer("cs_1", at(20)).await;
    assert_eq!(store.next_due().await, Ok(Some(at(20))));
    assert_eq!(due(store, at(99), 10).await, ["cs_1"]);
    assert_eq!(due_of(&shop, at(19), 10).await, NONE);
}

pub(super) async fn a_cancelled_timer_is_never_due<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    shop.set_timer("cs_1", at(10)).await;
    shop.set_timer("cs_2", at(20)).await;
    // Cancelling what is not set is no error: the timer may have been recorded meanwhile.
    for _ in 0..2 {
        shop.change_timer(TimerChange::Cancel {
            kind: TimerKind::SessionExpiry,
            session: CheckoutSessionId::from("cs_1"),
        })
        .await;
    }
    assert_eq!(store.next_due().await, Ok(Some(at(20))));
    assert_eq!(due(store, at(99), 10).await, ["cs_2"]);
    assert_eq!(due_of(&shop, at(99), 10).await, ["cs_2"]);
}

pub(super) async fn a_timer_of_a_frozen_clock_is_never_due_by_the_wall<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    shop.open_sandbox(SandboxClock::Frozen { at: at(0) }).await;
    shop.set_timer("cs_1", at(10)).await;
    assert_eq!(store.next_due().await, Ok(None));
    assert_eq!(due(store, at(1_000_000_000), 10).await, NONE);
}

pub(super) async fn a_moved_clock_moves_the_timers_of_its_sandbox_only<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    shop.set_timer("cs_1", at(100)).await;
    shop.set_timer("cs_2", at(200)).await;
    let shop = shop.in_sandbox(8);
    shop.set_timer("cs_other", at(150)).await;
    let shop = shop.in_sandbox(sandbox.id.0);

    let mut version = RowVersion::FIRST;
    let mut moves = async |clock| {
        move_clock(&shop, &sandbox, clock, version).await;
        version = version.next();
    };
    moves(SandboxClock::Offset { seconds: 60 }).await;
    assert_eq!(store.next_due().await, Ok(Some(at(40))));
    assert_eq!(due(store, at(140), 10).await, ["cs_1", "cs_2"]);
    let own_time = store.due_timers(at(40), 10).await.unwrap()[0].due_at;
    assert_eq!(own_time, at(100));

    moves(SandboxClock::Frozen { at: at(99) }).await;
    assert_eq!(due(store, at(1_000), 10).await, ["cs_other"]);

    moves(SandboxClock::Frozen { at: at(100) }).await;
    assert_eq!(due(store, at(0), 10).await, ["cs_1"]);

    moves(SandboxClock::Offset { seconds: 150 }).await;
    assert_eq!(due(store, at(50), 10).await, ["cs_1", "cs_2"]);
    assert_eq!(due_of(&shop, at(100), 10).await, ["cs_1"]);
}

pub(super) async fn a_timer_follows_the_clock_as_it_is_when_it_is_set<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    move_clock(&shop, &sandbox, SandboxClock::Offset { seconds: 60 }, RowVersion::FIRST).await;
    shop.set_timer("cs_1", at(100)).await;
    assert_eq!(store.next_due().await, Ok(Some(at(40))));
}

pub(super) async fn timers_of_one_jump_are_due_in_their_own_order<S: Store>(store: &Arc<S>) {
    let shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::Frozen { at: at(0) }).await;
    for (session, second) in [("cs_1", 30), ("cs_2", 10), ("cs_3", 20), ("cs_4", 40)] {
        shop.set_timer(session, at(second)).await;
    }
    let jump = SandboxClock::Frozen { at: at(30) };
    move_clock(&shop, &sandbox, jump, RowVersion::FIRST).await;
    assert_eq!(due(store, at(0), 10).await, ["cs_2", "cs_3", "cs_1"]);
}

const NONE: [&str; 0] = [];

const fn at(second: i64) -> Timestamp {
    NOW.plus_seconds(second)
}

async fn due<S: Store>(store: &Arc<S>, wall: Timestamp, limit: usize) -> Vec<String> {
    let timers = store.due_timers(wall, limit).await.unwrap();
    ids(&timers, |timer| timer.session.to_string())
}

async fn due_of<S: Store>(shop: &Shop<'_, S>, now: Timestamp, limit: usize) -> Vec<String> {
    let timers = shop.store.due_timers_of(shop.sandbox, now, limit).await;
    ids(&timers.unwrap(), |timer| timer.session.to_string())
}

async fn move_clock<S: Store>(
    shop: &Shop<'_, S>,
    sandbox: &Sandbox,
    clock: SandboxClock,
    read_at: RowVersion,
) {
    let moved = Record::Sandbox(Sandbox { clock, ..sandbox.clone() });
    shop.replace(moved, read_at).await.unwrap();
}
