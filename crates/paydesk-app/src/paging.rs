//! Lists: from ids at the edges of a page to places in the order.

use std::future::Future;

use paydesk_domain::id::Ordinal;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Cursor, PageRequest, StoreError};

use crate::error::AppError;

/// Which part of a list, by the ids at its edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorIds {
    /// How many objects at most.
    pub limit: usize,
    /// Older ones than this.
    pub starting_after: Option<String>,
    /// Newer ones than this.
    pub ending_before: Option<String>,
}

/// Which part of which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRequest<F> {
    /// Which objects.
    pub filter: F,
    /// Which of them.
    pub page: CursorIds,
}

/// The place of an object in the order of lists.
pub(crate) const fn cursor(created: Timestamp, ordinal: Ordinal) -> Cursor {
    Cursor { created, ordinal }
}

impl CursorIds {
    /// The page to ask the store for. `place_of` finds the object with an id.
    pub(crate) async fn resolve<F>(
        self,
        object: &'static str,
        place_of: impl FnOnce(String) -> F + Send,
    ) -> Result<PageRequest, AppError>
    where
        F: Future<Output = Result<Option<Cursor>, StoreError>> + Send,
    {
        let limit = self.limit;
        let (id, param) = match (self.starting_after, self.ending_before) {
            (Some(id), _) => (id, "starting_after"),
            (None, Some(id)) => (id, "ending_before"),
            (None, None) => {
                return Ok(PageRequest { limit, bound: Bound::Newest });
            }
        };
        match place_of(id.clone()).await? {
            None => Err(AppError::NoSuchCursor { object, id, param }),
            Some(place) if param == "starting_after" => {
                Ok(PageRequest { limit, bound: Bound::After(place) })
            }
            Some(place) => Ok(PageRequest { limit, bound: Bound::Before(place) }),
        }
    }
}
