//! Pages of lists and of searches.

use paydesk_app::{CursorIds, ListRequest, Page, SearchRequest};
use paydesk_domain::listing::Cursor;
use paydesk_wire::expand::{Expand, TOTAL_COUNT};
use paydesk_wire::params::{ListQuery, PageQuery, Search};

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

/// The part of what a search finds, as the application takes it.
pub(super) fn search_request<T>(search: &Search<T>, expand: &Expand) -> SearchRequest {
    SearchRequest { limit: search.limit, after: search.after, counts: expand.has(TOTAL_COUNT) }
}

/// The place behind which the next page begins, where there is one.
pub(super) fn next_place<T>(page: &Page<T>, place: impl FnOnce(&T) -> Cursor) -> Option<Cursor> {
    page.data.last().filter(|_| page.has_more).map(place)
}
