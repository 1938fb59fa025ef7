//! Requests that are formatted once and then only patched where each sending differs.

use std::net::SocketAddr;

use crate::random::Random;

/// The date version that the requests are pinned to.
pub const STRIPE_VERSION: &str = "2026-10-28.endive";

/// What a request says, before it becomes bytes.
#[derive(Clone)]
pub struct Draft {
    pub method: &'static str,
    pub path: String,
    pub token: String,
    pub body: String,
    /// Whether each sending carries a fresh `Idempotency-Key`, as the SDKs do for every POST.
    pub keyed: bool,
}

/// A request ready for the wire.
pub struct Request {
    bytes: Vec<u8>,
    /// Where the two digits of each quantity are.
    quantities: Vec<usize>,
    /// Where the 36 bytes of the idempotency key are.
    key: Option<usize>,
    turn: u8,
}

impl Request {
    pub fn new(draft: &Draft, host: SocketAddr) -> Self {
        let Draft { method, path, token, body, keyed } = draft;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: paydesk-bench\r\n\
             Accept: application/json\r\nAuthorization: Bearer {token}\r\n\
             Stripe-Version: {STRIPE_VERSION}\r\n"
        );
        if *method == "POST" {
            head.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let mut key = None;
        if *keyed {
            head.push_str("Idempotency-Key: ");
            key = Some(head.len());
            head.push_str(&"0".repeat(36));
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        let quantities = quantities(body).map(|at| head.len() + at).collect();
        head.push_str(body);
        Self { bytes: head.into_bytes(), quantities, key, turn: 0 }
    }

    /// The bytes of the next sending, with other quantities and another key than the last one.
    pub fn next(&mut self, random: &mut Random) -> &[u8] {
        self.turn = (self.turn + 1) % 90;
        for (line, at) in (0..).zip(&self.quantities) {
            // Quantities have two digits, so the length of the body never changes.
            let quantity = 10 + (self.turn + line) % 90;
            self.bytes[*at] = b'0' + quantity / 10;
            self.bytes[*at + 1] = b'0' + quantity % 10;
        }
        if let Some(at) = self.key {
            random.write_uuid(&mut self.bytes[at..at + 36]);
        }
        &self.bytes
    }
}

/// Offsets of the quantities of two digits in a form body; those of one digit stay as they are.
fn quantities(body: &str) -> impl Iterator<Item = usize> {
    const NAME: &str = "[quantity]=";
    body.match_indices(NAME).map(|(at, _)| at + NAME.len()).filter(|at| {
        let digits = body.as_bytes()[*at..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.count() == 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(body: &str, keyed: bool) -> Draft {
        Draft {
            method: "POST",
            path: "/v1/things".to_owned(),
            token: "sk_test_bench".to_owned(),
            body: body.to_owned(),
            keyed,
        }
    }

    fn sendings(draft: &Draft, count: usize) -> Vec<String> {
        let mut request = Request::new(draft, "127.0.0.1:80".parse().unwrap());
        let mut random = Random::new();
        (0..count).map(|_| String::from_utf8(request.next(&mut random).to_vec()).unwrap()).collect()
    }

    #[test]
    fn every_sending_changes_every_quantity_and_keeps_the_length() {
        let body = "line_items[0][quantity]=10&line_items[1][quantity]=10";
        let all = sendings(&draft(body, false), 200);
        for pair in all.windows(2) {
            assert_eq!(pair[0].len(), pair[1].len());
            let quantity = |text: &str, at: usize| text[text.len() - at..][..2].to_owned();
            assert_ne!(quantity(&pair[0], 2), quantity(&pair[1], 2));
            let first = "10&line_items[1][quantity]=10".len();
            assert_ne!(quantity(&pair[0], first), quantity(&pair[1], first));
        }
    }

    #[test]
    fn a_quantity_of_one_digit_stays() {
        let all = sendings(&draft("line_items[0][quantity]=1&mode=payment", false), 2);
        assert!(all[1].ends_with("line_items[0][quantity]=1&mode=payment"));
    }

    #[test]
    fn a_keyed_request_has_another_key_each_time() {
        let all = sendings(&draft("a=b", true), 2);
        assert!(all[0].contains("\r\nIdempotency-Key: "));
        assert_ne!(all[0], all[1]);
    }

    #[test]
    fn the_head_tells_the_length_of_the_body() {
        let all = sendings(&draft("a=b&c=d", false), 1);
        assert!(all[0].contains("\r\nContent-Length: 7\r\n"));
        assert!(all[0].ends_with("\r\n\r\na=b&c=d"));
    }
}
