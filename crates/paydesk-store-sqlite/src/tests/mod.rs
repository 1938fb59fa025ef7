//! Tests of what the outside can't bring about: failing disks, full queues, logs without end.

mod failed_commits;
mod log_bounds;
mod queue;
mod space;

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use paydesk_domain::catalog::{CreateProduct, Product, ProductDetails, ProductKind};
use paydesk_domain::id::{IdSource, Ordinal};
use paydesk_domain::sandbox::SandboxId;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Record, Store, StoreError};

use crate::SqliteStore;
use crate::connection::Durability;
use crate::opened::Settings;

const SANDBOX: SandboxId = SandboxId(1);

/// The settings of a store on a file.
fn durable() -> Settings {
    Settings::new(Durability::Durable)
}

fn open(folder: &Path, settings: Settings) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open_with(&folder.join("paydesk.db"), settings).unwrap())
}

struct Ids(u64);

impl IdSource for Ids {
    fn next_ordinal(&mut self) -> Ordinal {
        self.0 += 1;
        Ordinal::new(self.0)
    }

    fn random(&mut self) -> u64 {
        self.0
    }
}

/// A Product whose row has about so many bytes.
fn product(number: u64, bytes: usize) -> Product {
    let create = CreateProduct {
        id: None,
        active: true,
        kind: ProductKind::Service,
        details: ProductDetails {
            name: format!("Tea {number}"),
            description: Some("x".repeat(bytes)),
            ..ProductDetails::default()
        },
        metadata: None,
        default_price_data: None,
    };
    let now = Timestamp::from_seconds(1_800_000_000);
    create.decide(None, now, &mut Ids(number)).unwrap().product
}

fn inserting(product: &Product) -> Changeset {
    let mut changeset = Changeset::new(SANDBOX);
    changeset.insert(Record::Product(product.clone()));
    changeset
}

/// A commit that has its place in the queue, or was told at once that there is none.
enum Queued<'a> {
    Waiting(Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>),
    Told(Outcome),
}

type Outcome = Result<(), StoreError>;

/// Queues changesets in their order, without waiting for what becomes of them.
fn queue_up<'a>(
    store: &'a SqliteStore,
    changesets: impl IntoIterator<Item = Changeset>,
) -> Vec<Queued<'a>> {
    let mut context = Context::from_waker(Waker::noop());
    let queue = |changeset| {
        let mut commit = store.commit(changeset);
        match commit.as_mut().poll(&mut context) {
            Poll::Ready(outcome) => Queued::Told(outcome),
            Poll::Pending => Queued::Waiting(commit),
        }
    };
    changesets.into_iter().map(queue).collect()
}

/// Waits for what becomes of them.
async fn outcomes(queued: Vec<Queued<'_>>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for queued in queued {
        outcomes.push(match queued {
            Queued::Waiting(commit) => commit.await,
            Queued::Told(outcome) => outcome,
        });
    }
    outcomes
}

async fn is_stored(store: &SqliteStore, product: &Product) -> bool {
    let found = store.find_product(SANDBOX, &product.id).await.unwrap();
    found.is_some_and(|found| found.value == *product)
}
