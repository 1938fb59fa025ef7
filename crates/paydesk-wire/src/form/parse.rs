//! From `a[b][0]=c` to a tree.

use indexmap::IndexMap;

use super::problem::ParamProblem;

/// The largest body in bytes.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most key-value pairs of one request.
pub const KEYS_MAX: usize = 10_000;
/// The deepest nesting; Stripe's deepest parameter has eight levels.
pub const DEPTH_MAX: usize = 12;

/// The parameters of a request by their first name.
pub type Params = IndexMap<String, Node>;

/// A parameter before anybody asked for its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `a=text`
    Text(String),
    /// `a[b]=…` and `a[0]=…`; whether the keys are names or indices is for the reader to say.
    Map(IndexMap<String, Node>),
    /// `a[]=…`
    Appended(Vec<Node>),
}

/// Parses a form body or a query string.
///
/// # Errors
/// When it is no text, when there are too many keys, when they nest too deeply, or when one key is
/// used as two kinds of thing.
pub fn parse(encoded: &[u8]) -> Result<Params, ParamProblem> {
    let mut params = Params::new();
    let mut may_be_lossy = false;
    for (count, (key, value)) in form_urlencoded::parse(encoded).enumerate() {
        if count >= KEYS_MAX {
            return Err(ParamProblem::TooManyKeys);
        }
        if key.is_empty() && value.is_empty() {
            continue;
        }
        may_be_lossy |= key.contains('\u{FFFD}') || value.contains('\u{FFFD}');
        let (name, segments) = split_key(&key);
        if segments.len() >= DEPTH_MAX {
            return Err(ParamProblem::TooDeep { param: name.to_owned() });
        }
        let value = value.into_owned();
        match params.entry(name.to_owned()) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(branch(&segments, value));
            }
            indexmap::map::Entry::Occupied(mut entry) => {
                let mixed = || ParamProblem::MixedKinds { param: key.clone().into_owned() };
                insert(entry.get_mut(), &segments, value).ok_or_else(mixed)?;
            }
        }
    }
    // Bytes that are no text were replaced by that character, which may also have been sent.
    if may_be_lossy && percent_encoding::percent_decode(encoded).decode_utf8().is_err() {
        return Err(ParamProblem::NotUtf8);
    }
    Ok(params)
}

/// The first name and the bracketed rest. A key whose brackets don't match is one name: it will be
/// unknown, and reported as it was written.
fn split_key(key: &str) -> (&str, Vec<&str>) {
    let Some(open) = key.find('[') else {
        return (key, Vec::new());
    };
    let (name, brackets) = key.split_at(open);
    let inner = brackets.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) if !name.is_empty() => {
            let segments: Vec<&str> = inner.split("][").collect();
            if segments.iter().any(|segment| segment.contains(['[', ']'])) {
                (key, Vec::new())
            } else {
                (name, segments)
            }
        }
        _ => (key, Vec::new()),
    }
}

/// A tree with one leaf.
fn branch(segments: &[&str], value: String) -> Node {
    segments.iter().rev().fold(Node::Text(value), |node, segment| {
        if segment.is_empty() {
            Node::Appended(vec![node])
        } else {
            Node::Map(IndexMap::from([((*segment).to_owned(), node)]))
        }
    })
}

/// Adds a leaf to a tree. A leaf that is there already is replaced: the last one counts, as with
/// Stripe. None when the key was used as another kind of thing before.
fn insert(node: &mut Node, segments: &[&str], value: String) -> Option<()> {
    let Some((first, rest)) = segments.split_first() else {
        let Node::Text(text) = node else { return None };
        *text = value;
        return Some(());
    };
    match node {
        Node::Text(_) => None,
        Node::Appended(items) if first.is_empty() => {
            // `a[][x]=1&a[][y]=2&a[][x]=3`: a name that the last element has starts the next.
            match items.last_mut() {
                Some(last) if !rest.is_empty() && !has(last, rest) => insert(last, rest, value),
                _ => {
                    items.push(branch(rest, value));
                    Some(())
                }
            }
        }
        Node::Map(map) if !first.is_empty() => {
            match map.get_mut(*first) {
                Some(child) => insert(child, rest, value)?,
                None => {
                    map.insert((*first).to_owned(), branch(rest, value));
                }
            }
            Some(())
        }
        Node::Appended(_) | Node::Map(_) => None,
    }
}

/// Whether a tree has a leaf at this place already.
fn has(node: &Node, segments: &[&str]) -> bool {
    match (node, segments.split_first()) {
        (_, None) => true,
        (Node::Map(map), Some((first, rest))) => {
            map.get(*first).is_some_and(|child| has(child, rest))
        }
        // An empty bracket appends, so its place is never taken.
        (Node::Text(_) | Node::Appended(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a tree as one line, maps in braces, appended lists in square brackets.
    fn show(node: &Node) -> String {
        match node {
            Node::Text(text) => text.clone(),
            Node::Map(map) => show_map(map),
            Node::Appended(items) => {
                format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" "))
            }
        }
    }

    fn show_map(map: &IndexMap<String, Node>) -> String {
        let fields = map.iter().map(|(key, node)| format!("{key}:{}", show(node)));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn brackets_make_a_tree() {
        let table = [
            ("a=1&b=2", "{a:1 b:2}"),
            ("a=", "{a:}"),
            ("a[b][c]=1&a[b][d]=2", "{a:{b:{c:1 d:2}}}"),
            ("a%5Bb%5D=1", "{a:{b:1}}"),
            ("a[1][x]=2&a[0][x]=1", "{a:{1:{x:2} 0:{x:1}}}"),
            ("a[]=1&a[]=2", "{a:[1 2]}"),
            ("a[][x]=1&a[][y]=2&a[][x]=3", "{a:[{x:1 y:2} {x:3}]}"),
            ("a[][m][k]=1&a[][m][l]=2&a[][m][k]=3", "{a:[{m:{k:1 l:2}} {m:{k:3}}]}"),
            ("a=1&a=2", "{a:2}"),
            ("a[b=1&c]=2&[d]=3&e[f]g=4", "{a[b:1 c]:2 [d]:3 e[f]g:4}"),
            ("a=%C3%A9+%26", "{a:é &}"),
            ("", "{}"),
            ("&&", "{}"),
        ];
        for (encoded, expected) in table {
            assert_eq!(show_map(&parse(encoded.as_bytes()).unwrap()), expected, "{encoded}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(parse(b"name=%FF%FE"), Err(ParamProblem::NotUtf8));
        assert_eq!(parse(b"name=\xff"), Err(ParamProblem::NotUtf8));
        assert!(parse("name=\u{FFFD}".as_bytes()).is_ok());
        assert!(parse(b"name=%EF%BF%BD").is_ok());
    }

    #[test]
    fn one_key_is_one_kind_of_thing() {
        for encoded in ["a=1&a[b]=2", "a[b]=1&a=2", "a[]=1&a[0]=2", "a[0]=1&a[]=2"] {
            assert!(
                matches!(parse(encoded.as_bytes()), Err(ParamProblem::MixedKinds { .. })),
                "{encoded}"
            );
        }
    }

    #[test]
    fn depth_and_number_of_keys_are_bounded() {
        let deep = format!("a{}=1", "[b]".repeat(DEPTH_MAX));
        assert_eq!(parse(deep.as_bytes()), Err(ParamProblem::TooDeep { param: "a".to_owned() }));
        let many = vec!["a=1"; KEYS_MAX + 1].join("&");
        assert_eq!(parse(many.as_bytes()), Err(ParamProblem::TooManyKeys));
    }
}
