//! Tables that read well in a terminal and are Markdown as well.

use std::fmt::Write;

/// A table whose first column is text and whose others stand to the right.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(|cell| (*cell).to_owned()).collect()] }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub fn render(&self) -> String {
        let columns = self.rows[0].len();
        let cells = |column| self.rows.iter().filter_map(move |row| row.get(column));
        let widths: Vec<usize> =
            (0..columns).map(|c| cells(c).map(|cell| width(cell)).max().unwrap_or(0)).collect();
        let mut text = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            for (column, (cell, wide)) in row.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(wide - width(cell));
                let (left, right) = if column == 0 { ("", &*padding) } else { (&*padding, "") };
                // Writing to a string cannot fail.
                let _written = write!(text, "| {left}{cell}{right} ");
            }
            text.push_str("|\n");
            if index == 0 {
                text.push_str(&rule(&widths));
            }
        }
        text
    }
}

/// The line between the heading and the rows.
fn rule(widths: &[usize]) -> String {
    let cell = |(column, wide): (usize, &usize)| {
        let end = if column == 0 { '-' } else { ':' };
        format!("| {}{end} ", "-".repeat(wide - 1))
    };
    widths.iter().enumerate().map(cell).collect::<String>() + "|\n"
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["what", "ms"]);
        table.row(vec!["p50".to_owned(), "0.25".to_owned()]);
        table.row(vec!["the whole".to_owned(), "≥ 3".to_owned()]);
        let expected = "| what      |   ms |\n\
                        | --------- | ---: |\n\
                        | p50       | 0.25 |\n\
                        | the whole |  ≥ 3 |\n";
        assert_eq!(table.render(), expected);
    }
}
