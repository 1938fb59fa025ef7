//! What every change has in common.
//!
//! An idempotency key is claimed in the commit it belongs to, together with its answer. A
//! repetition is noticed there, or by being refused on its way; only then is the first answer
//! looked up, so that the others, nearly all, don't pay for it. Changes of one session wait for
//! each other. Deciding is synchronous and happens with everything loaded; the commit is the only
//! write. When somebody else was faster, the operation is loaded and decided again, a few times at
//! most.

use std::future::Future;

use paydesk_domain::Refusal;
use paydesk_domain::event::{Event, EventData};
use paydesk_domain::id::{CheckoutSessionId, IdSource};
use paydesk_domain::time::Timestamp;
use paydesk_store::{Changeset, Idempotency, IdempotencyRecord, StoreError, StoredAnswer};

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::{Call, IdempotencyKey};
use crate::error::AppError;

/// How often an operation is decided before it gives up.
const ATTEMPTS_MAX: usize = 8;

/// An operation that changes something.
pub(crate) trait Operation: Send + Sync {
    /// What the decision needs to know.
    type Loaded: Send;
    /// What the answer shows.
    type Output: Send;

    /// The session it changes, whose other changes it waits for.
    fn session(&self) -> Option<&CheckoutSessionId> {
        None
    }

    /// Reads everything the decision needs.
    fn load(
        &self,
        app: &App,
        call: &Call,
    ) -> impl Future<Output = Result<Self::Loaded, AppError>> + Send;

    /// Decides. Nothing is awaited and nothing is read here.
    fn decide(
        &self,
        loaded: Self::Loaded,
        call: &Call,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Decision<Self::Output>, Refusal>;
}

/// What was decided.
pub(crate) struct Decision<T> {
    /// What the answer shows.
    pub(crate) output: T,
    /// What to write.
    pub(crate) changeset: Changeset,
    /// What to tell, in order.
    pub(crate) events: Vec<EventData>,
}

impl App {
    /// Carries out an operation that changes something, and answers with what `render` makes of it.
    pub(crate) async fn run<O: Operation>(
        &self,
        call: &Call,
        operation: &O,
        render: impl Fn(&O::Output) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        let _in_flight = match &call.idempotency {
            None => None,
            Some(IdempotencyKey { key, .. }) => Some(
                self.in_flight
                    .enter(call.sandbox_id(), key)
                    .ok_or_else(|| AppError::IdempotencyInUse { key: key.clone() })?,
            ),
        };
        let _turn = match operation.session() {
            None => None,
            Some(session) => {
                Some(self.session_queue.enter(session).await.ok_or(AppError::LockTimeout)?)
            }
        };
        for _attempt in 0..ATTEMPTS_MAX {
            let (changeset, rendered) = match self.prepare(call, operation, &render).await {
                Ok(prepared) => prepared,
                // A repetition may find a state in which the first request would be refused too; it
                // gets the first answer all the same.
                Err(refused) => return self.find_replay(call).await?.ok_or(refused),
            };
            if changeset.is_empty() {
                return Ok(Answer::fresh(rendered));
            }
            match self.store.commit(changeset).await {
                Ok(()) => return Ok(Answer::fresh(rendered)),
                Err(StoreError::RevisionMoved { .. } | StoreError::UniqueKeyTaken { .. }) => {}
                Err(StoreError::IdempotencyKeyTaken) => {
                    return self.find_replay(call).await?.ok_or(AppError::LockTimeout);
                }
                Err(
                    error @ (StoreError::Busy
                    | StoreError::Unavailable(_)
                    | StoreError::Inconsistent { .. }),
                ) => return Err(error.into()),
            }
        }
        Err(AppError::LockTimeout)
    }

    /// Loads and decides.
    async fn prepare<O: Operation>(
        &self,
        call: &Call,
        operation: &O,
        render: &(impl Fn(&O::Output) -> Rendered + Send),
    ) -> Result<(Changeset, Rendered), AppError> {
        let loaded = operation.load(self, call).await?;
        self.decide(call, operation, loaded, render)
    }

    /// The whole changeset of a decision, and the answer that will go out once it is written.
    fn decide<O: Operation>(
        &self,
        call: &Call,
        operation: &O,
        loaded: O::Loaded,
        render: &(impl Fn(&O::Output) -> Rendered + Send),
    ) -> Result<(Changeset, Rendered), AppError> {
        let now = call.now(self);
        let (decision, mut changeset) = {
            let mut ids = self.ids();
            let mut decision = operation.decide(loaded, call, now, &mut **ids)?;
            let mut changeset =
                std::mem::replace(&mut decision.changeset, Changeset::new(call.sandbox_id()));
            for data in std::mem::take(&mut decision.events) {
                let version = self.event_api_version(call);
                let request = Some(call.event_request());
                changeset.events.push(Event::new(data, now, version, request, &mut **ids));
            }
            (decision, changeset)
        };
        let rendered = render(&decision.output);
        changeset.idempotency = call.idempotency.as_ref().map(|idempotency| Idempotency {
            key: idempotency.key.clone(),
            record: IdempotencyRecord {
                fingerprint: idempotency.fingerprint,
                endpoint: idempotency.endpoint.clone(),
                answer: StoredAnswer {
                    status: rendered.status,
                    request_id: call.request_id.clone(),
                    revision: rendered.revision,
                    api_version: rendered.api_version.clone(),
                    body: rendered.body.clone(),
                },
            },
            created_wall: self.wall.now(),
        });
        Ok((changeset, rendered))
    }

    fn event_api_version(&self, call: &Call) -> Option<String> {
        let pinned = call.sandbox.api_version();
        Some(pinned.unwrap_or_else(|| self.default_api_version.to_owned()))
    }

    /// The stored answer of an earlier request with the same key.
    pub(crate) async fn find_replay(&self, call: &Call) -> Result<Option<Answer>, AppError> {
        let Some(idempotency) = &call.idempotency else {
            return Ok(None);
        };
        let found = self.store.find_idempotency(call.sandbox_id(), &idempotency.key).await?;
        let Some(record) = found else {
            return Ok(None);
        };
        if record.endpoint != idempotency.endpoint {
            return Err(AppError::IdempotencyEndpointMismatch {
                key: idempotency.key.clone(),
                first: record.endpoint,
                now: idempotency.endpoint.clone(),
            });
        }
        if record.fingerprint != idempotency.fingerprint {
            return Err(AppError::IdempotencyMismatch { key: idempotency.key.clone() });
        }
        Ok(Some(Answer::from(record.answer)))
    }
}
