//! Pages of lists.

use paydesk_app::{CursorIds, ListRequest};
use paydesk_wire::params::{ListQuery, PageQuery};

/// A query as the application takes it.
pub(super) fn request<F>(query: ListQuery<F>) -> ListRequest<F> {
    ListRequest { filter: query.filter, page: cursors(query.page) }
}

/// The edges of a page as the application takes them.
pub(crate) fn cursors(page: PageQuery) -> CursorIds {
    CursorIds {
        limit: page.limit,
        starting_after: page.starting_after,
        ending_before: page.ending_before,
    }
}
