//! Operations on Events.

use paydesk_domain::event::Event;
use paydesk_domain::id::EventId;
use paydesk_domain::listing::EventFilter;
use paydesk_store::Page;

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;
use crate::paging::{ListRequest, cursor};

impl App {
    /// An Event.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn retrieve_event(&self, call: &Call, id: &EventId) -> Result<Event, AppError> {
        let found = self.store.find_event(call.sandbox_id(), id).await?;
        found.ok_or_else(|| AppError::NotFound { object: "event", id: id.to_string() })
    }

    /// A page of Events.
    ///
    /// # Errors
    /// [`AppError`]
    pub async fn list_events(
        &self,
        call: &Call,
        request: ListRequest<EventFilter>,
    ) -> Result<Page<Event>, AppError> {
        let sandbox = call.sandbox_id();
        let place_of = |id: String| async move {
            let found = self.store.find_event(sandbox, &EventId::from(id.as_str())).await?;
            Ok(found.map(|event| cursor(event.created, event.ordinal)))
        };
        let page = request.page.resolve("event", place_of).await?;
        Ok(self.store.list_events(sandbox, &request.filter, page).await?)
    }
}
