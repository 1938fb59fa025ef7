//! Endpoints that Stripe has and Paydesk has not yet. The list only shrinks.

use http::Method;

/// One endpoint a line: its method, its path.
const ENDPOINTS: &str = include_str!("unsupported_endpoints.txt");

/// Every unsupported endpoint, with `{id}` for the parts of its path that vary.
pub fn endpoints() -> impl Iterator<Item = (Method, &'static str)> {
    ENDPOINTS.lines().filter_map(|line| {
        let (method, path) = line.split_once(' ')?;
        Some((method.parse().ok()?, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_endpoint() {
        assert_eq!(endpoints().count(), ENDPOINTS.lines().count());
        assert!(endpoints().all(|(_, path)| path.starts_with("/v")));
    }
}
