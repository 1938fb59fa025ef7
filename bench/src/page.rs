//! The report's page, whose sections are written by different runs.

/// Puts a section, with its heading, in the place of the one with the same heading, or at the end.
pub fn with_section(page: &str, section: &str) -> String {
    let heading = section.lines().next().unwrap_or_default();
    let place = place_of(page, heading);
    let (before, after) = place.map_or((page, ""), |(start, end)| (&page[..start], &page[end..]));
    let parts = [before.trim_end(), section.trim_end(), after.trim_end()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n") + "\n"
}

/// A section of a page, with its heading.
pub fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    place_of(page, heading).map(|(start, end)| page[start..end].trim_end())
}

/// From where to where a section goes: from its heading to the next of the same level.
fn place_of(page: &str, heading: &str) -> Option<(usize, usize)> {
    let line = format!("{heading}\n");
    let start = if page.starts_with(&line) { 0 } else { page.find(&format!("\n{line}"))? + 1 };
    let behind = start + line.len();
    let next = page[behind..].find("\n## ").map_or(page.len(), |at| behind + at + 1);
    Some((start, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_replaces_the_one_of_its_heading_and_leaves_the_others() {
        let page = "# Page\n\nHello.\n\n## One\n\n1\n\n## Two\n\n2\n";
        let changed = with_section(page, "## One\n\nuno\n");
        assert_eq!(changed, "# Page\n\nHello.\n\n## One\n\nuno\n\n## Two\n\n2\n");
        assert_eq!(section(&changed, "## One"), Some("## One\n\nuno"));
        assert_eq!(section(&changed, "## Two"), Some("## Two\n\n2"));
    }

    #[test]
    fn a_section_that_was_not_there_comes_last() {
        assert_eq!(section("# Page\n", "## One"), None);
        assert_eq!(with_section("# Page\n", "## One\n\n1\n"), "# Page\n\n## One\n\n1\n");
        assert_eq!(with_section("", "## One\n\n1\n"), "## One\n\n1\n");
    }
}
