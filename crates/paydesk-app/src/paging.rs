//! Lists: from ids at the edges of a page to places in the order.

use std::future::Future;

use paydesk_domain::id::Ordinal;
use paydesk_domain::time::Timestamp;
use paydesk_store::{Bound, Cursor, Page, PageRequest, StoreError};

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

    /// The page of a list that is at hand as a whole, in its order.
    pub(crate) fn of<T>(
        self,
        list: Vec<T>,
        object: &'static str,
        id_of: impl Fn(&T) -> &str,
    ) -> Result<Page<T>, AppError> {
        let position_of = |id: String, param: &'static str| {
            let position = list.iter().position(|item| id_of(item) == id);
            position.ok_or(AppError::NoSuchCursor { object, id, param })
        };
        let (start, end, has_more) = match (self.starting_after, self.ending_before) {
            (None, Some(id)) => {
                let end = position_of(id, "ending_before")?;
                let start = end.saturating_sub(self.limit);
                (start, end, start > 0)
            }
            (starting_after, _) => {
                let start = match starting_after {
                    Some(id) => position_of(id, "starting_after")? + 1,
                    None => 0,
                };
                let end = list.len().min(start + self.limit);
                (start, end, end < list.len())
            }
        };
        let data = list.into_iter().skip(start).take(end - start).collect();
        Ok(Page { data, has_more })
    }
}
