//! Questions about many objects: pages and cursors.

use paydesk_domain::id::AccountId;
pub use paydesk_domain::listing::{
    CheckoutSessionFilter, CouponFilter, CreatedRange, Cursor, CustomerFilter, EventFilter,
    PriceFilter, ProductFilter, PromotionCodeFilter, ShippingRateFilter, TaxRateFilter,
};
use paydesk_domain::time::Timestamp;

/// Which sandboxes. All are of test mode, but for those that have expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxFilter {
    /// Those that keys open by their name.
    Open,
    /// An account's, and those of the accounts right below it.
    Of(AccountId),
    /// Those whose time to live is over by the wall clock.
    Expired(Timestamp),
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many objects at most, 1 to 100.
    pub limit: usize,
    /// From where.
    pub bound: Bound,
}

/// From where a page is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// From the newest object on.
    Newest,
    /// Older objects than the one here: Stripe's `starting_after`.
    After(Cursor),
    /// Newer objects than the one here, the nearest ones: Stripe's `ending_before`.
    Before(Cursor),
}

/// A part of a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The objects.
    pub data: Vec<T>,
    /// Whether there are more in the direction of travel.
    pub has_more: bool,
}

impl<T> Page<T> {
    /// A page from rows read in the direction of travel, one more than wanted where there are more.
    #[must_use]
    pub fn from_rows(mut rows: Vec<T>, request: PageRequest) -> Self {
        let has_more = rows.len() > request.limit;
        rows.truncate(request.limit);
        if matches!(request.bound, Bound::Before(_)) {
            rows.reverse();
        }
        Self { data: rows, has_more }
    }

    /// The same page of something else.
    pub fn map<U>(self, map: impl FnMut(T) -> U) -> Page<U> {
        Page { data: self.data.into_iter().map(map).collect(), has_more: self.has_more }
    }
}

/// Which part of what a search finds is wanted, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// How many objects at most, 1 to 100.
    pub limit: usize,
    /// Only older objects than the one here.
    pub after: Option<Cursor>,
    /// Whether to count all that match, wherever they stand.
    pub counts: bool,
}

impl SearchRequest {
    /// What is counted at most: Stripe's `total_count` is accurate up to here.
    pub const COUNT_MAX: usize = 10_000;
}

/// What a search finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The part that was wanted.
    pub page: Page<T>,
    /// How many match in all, up to [`SearchRequest::COUNT_MAX`], where that was asked for.
    pub total_count: Option<usize>,
}
