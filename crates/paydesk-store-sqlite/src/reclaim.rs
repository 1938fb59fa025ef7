//! Giving the room of what was deleted back to the file system, a little at a time.
//!
//! A file whose deletes and inserts are in balance uses its free pages again, and moving pages only
//! to need them a moment later would write for nothing. So a part of the file may stay free.

use rusqlite::Connection;

/// Pages that are freed in one commit: a millisecond or two of work.
const STEP_PAGES: u32 = 64;

/// Free pages that are left in any file: four mebibytes.
const FREE_PAGES_KEPT: u32 = 1024;

/// One of so many pages may be free.
const FREE_PART_KEPT: u32 = 10;

/// Frees up to a step of pages within the writer's transaction; returns how many.
pub(crate) fn step(connection: &Connection) -> rusqlite::Result<usize> {
    let free = pages(connection, "PRAGMA freelist_count")?;
    let kept = (pages(connection, "PRAGMA page_count")? / FREE_PART_KEPT).max(FREE_PAGES_KEPT);
    let wanted = free.saturating_sub(kept).min(STEP_PAGES);
    if wanted == 0 {
        return Ok(0);
    }
    // Each step of the statement frees a page.
    connection.execute_batch(&format!("PRAGMA incremental_vacuum({wanted})"))?;
    let freed = free.saturating_sub(pages(connection, "PRAGMA freelist_count")?);
    Ok(usize::try_from(freed).unwrap_or(usize::MAX))
}

fn pages(connection: &Connection, pragma: &str) -> rusqlite::Result<u32> {
    connection.prepare_cached(pragma)?.query_row([], |row| row.get(0))
}
