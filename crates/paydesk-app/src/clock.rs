//! `POST /paydesk/v1/clock`: a sandbox's time is moved.

use std::sync::Arc;

use paydesk_domain::Refusal;
use paydesk_domain::id::IdSource;
use paydesk_domain::sandbox::{ClockChange, Sandbox, SandboxClock};
use paydesk_domain::time::Timestamp;

use crate::answer::{Answer, Rendered};
use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::run::{Decision, Operation};

/// Timers done within the request that moves the clock; the rest follow in the background.
const DUE_MAX: usize = 10_000;

/// A clock after it was moved.
pub struct ClockChanged {
    /// The clock.
    pub clock: SandboxClock,
    /// The wall clock's present.
    pub wall: Timestamp,
    /// Whether more falls due than is done within the request.
    pub is_behind: bool,
}

struct Change {
    change: ClockChange,
    wall: Timestamp,
}

struct Loaded {
    sandbox: Sandbox,
    due: usize,
}

impl App {
    /// A sandbox's clock.
    ///
    /// # Errors
    /// When it has none of its own.
    pub fn retrieve_clock(&self, call: &Call) -> Result<SandboxClock, AppError> {
        let sandbox = call.sandbox.stored().value;
        sandbox.check_own_clock().map_err(Refusal::from)?;
        Ok(sandbox.clock)
    }

    /// Moves a sandbox's clock and does what falls due by it, each thing at its own time.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn change_clock(
        self: &Arc<Self>,
        call: &Call,
        change: ClockChange,
        render: impl Fn(&ClockChanged) -> Rendered + Send,
    ) -> Result<Answer, AppError> {
        let sandbox = &call.sandbox;
        let answer = {
            let _changing = sandbox.changing.lock().await;
            let operation = Change { change, wall: self.wall.now() };
            let answer = self.run(call, &operation, render).await?;
            if let Some(stored) = self.store.find_sandbox(sandbox.id()).await? {
                sandbox.remember(stored);
            }
            answer
        };
        self.clocks_changed.notify_one();
        let mut done = 0;
        while done < DUE_MAX {
            match self.run_due_of(sandbox.id(), call.now(self)).await? {
                0 => break,
                batch => done += batch,
            }
        }
        Ok(answer)
    }
}

impl Operation for Change {
    type Loaded = Loaded;
    type Output = ClockChanged;

    async fn load(&self, app: &App, call: &Call) -> Result<Loaded, AppError> {
        let sandbox = call.sandbox.stored().value;
        sandbox.check_own_clock().map_err(Refusal::from)?;
        let clock = sandbox.clock.changed(self.change, self.wall).map_err(Refusal::from)?;
        let now = clock.now(self.wall);
        let due = app.store.due_timers_of(sandbox.id, now, DUE_MAX + 1).await?.len();
        Ok(Loaded { sandbox, due })
    }

    fn decide(
        &self,
        loaded: Loaded,
        call: &Call,
        _now: Timestamp,
        _ids: &mut dyn IdSource,
    ) -> Result<Decision<ClockChanged>, Refusal> {
        let clock = loaded.sandbox.clock.changed(self.change, self.wall)?;
        let changeset = call.sandbox.change_to(Sandbox { clock, ..loaded.sandbox });
        let output = ClockChanged { clock, wall: self.wall, is_behind: loaded.due > DUE_MAX };
        Ok(Decision { output, changeset, events: Vec::new() })
    }
}
