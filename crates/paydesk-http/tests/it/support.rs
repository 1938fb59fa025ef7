//! How answers are written down in snapshots.

use std::fmt::Write;

use paydesk_testing::Response;

/// Parameters of a request, in a table of requests.
pub(crate) type Params<'a> = &'a [(&'a str, &'a str)];

/// Headers that every answer has, checked where the answer is received.
const COMMON: [&str; 7] = [
    "access-control-allow-origin",
    "access-control-expose-headers",
    "cache-control",
    "content-length",
    "content-type",
    "request-id",
    "vary",
];

/// An answer as text: its status, the headers that not every answer has, its body.
pub(crate) fn shown(response: &Response) -> String {
    let mut text = format!("HTTP {}\n", response.status);
    for (name, value) in &response.headers {
        if !COMMON.contains(&name.as_str()) {
            let value = String::from_utf8_lossy(value.as_bytes());
            writeln!(text, "{name}: {value}").expect("a string takes text");
        }
    }
    text + "\n" + &response.text()
}

/// Makes, from one list, an example of every variant of an enum and a match that no longer compiles
/// when a variant is missing in the list.
macro_rules! example_of_each {
    ($kind:ty { $($pattern:pat => $example:expr,)+ }) => {{
        /// Compiles only while every variant is in the list.
        const fn is_listed(value: &$kind) {
            match value {
                $($pattern => {})+
            }
        }
        let examples: Vec<$kind> = vec![$({
            let example = $example;
            assert!(matches!(example, $pattern), "the example of {}", stringify!($pattern));
            example
        }),+];
        examples.iter().for_each(is_listed);
        examples
    }};
}
pub(crate) use example_of_each;
