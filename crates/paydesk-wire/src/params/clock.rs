//! Parameters of a sandbox's clock.

use paydesk_domain::sandbox::ClockChange;

use crate::form::Fields;

/// A hundred years, in seconds.
const ADVANCE_MAX: i64 = 100 * 366 * 86_400;

/// Reads `advance`, in seconds, or `now`, at which the clock then stands still.
pub fn change_clock(fields: &mut Fields<'_>) -> Option<ClockChange> {
    fields.exactly_one(&["advance", "now"]);
    let advance = fields.integer("advance", 0, ADVANCE_MAX);
    let now = fields.timestamp("now");
    advance
        .map(|seconds| ClockChange::Advance { seconds })
        .or_else(|| now.map(|at| ClockChange::Freeze { at }))
}
