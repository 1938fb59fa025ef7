//! The number of the line that a record of CSV begins on.

use super::COMMENT;

/// A text that is walked through once. The reader of CSV counts the lines of what it skipped to the
/// record behind them, and not all of them; people look for the line that an editor shows.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    /// How far it was walked.
    byte: usize,
    /// The line there, counted from one.
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), byte: 0, line: 1 }
    }

    /// The line of the record that the reader found from this byte on: not before the last one.
    pub(super) fn at(&mut self, byte: usize) -> usize {
        self.walk(byte.max(self.byte));
        // What the reader skips: the second half of a line's end, empty lines, and comments.
        while let [b'\r' | b'\n' | COMMENT, ..] = self.rest() {
            let end = self.rest().iter().position(|byte| *byte == b'\n');
            let skipped = end.map_or(self.rest().len(), |end| end + 1);
            self.walk(self.byte + skipped);
        }
        self.line
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.byte..).unwrap_or_default()
    }

    fn walk(&mut self, to: usize) {
        let to = to.min(self.text.len());
        let passed = self.text.get(self.byte..to).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.byte = to;
    }
}
