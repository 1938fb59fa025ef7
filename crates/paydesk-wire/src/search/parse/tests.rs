//! Queries over a shelf of teas, as a text table; and a property over all of them.

use paydesk_domain::metadata::Metadata;
use paydesk_domain::search::SearchValue;
use proptest::prelude::*;

use super::super::resources::SearchField;
use super::*;

/// Something to search for.
#[derive(Clone, Debug)]
struct Tea {
    name: String,
    note: Option<String>,
    organic: Option<bool>,
    grams: i64,
    metadata: Metadata,
}

static TEAS: SearchFields<Tea> = SearchFields {
    resource: "teas",
    fields: &[
        SearchField {
            name: "name",
            kind: FieldKind::Text,
            value: |tea| SearchValue::Text(&tea.name),
        },
        SearchField {
            name: "note",
            kind: FieldKind::Text,
            value: |tea| SearchValue::text(tea.note.as_deref()),
        },
        SearchField {
            name: "organic",
            kind: FieldKind::Token,
            value: |tea| tea.organic.map_or(SearchValue::Absent, SearchValue::flag),
        },
        SearchField {
            name: "grams",
            kind: FieldKind::Number,
            value: |tea| SearchValue::Number(tea.grams),
        },
    ],
    metadata: |tea| &tea.metadata,
};

fn tea(
    name: &str,
    note: Option<&str>,
    organic: Option<bool>,
    grams: i64,
    shelf: Option<&str>,
) -> Tea {
    let pairs = shelf.map(|shelf| ("shelf".to_owned(), shelf.to_owned()));
    Tea {
        name: name.to_owned(),
        note: note.map(str::to_owned),
        organic,
        grams,
        metadata: Metadata::from_pairs(pairs.into_iter().collect()),
    }
}

#[test]
fn queries_find_what_the_table_says() {
    let shelf = [
        ("A", tea("Earl Grey", None, Some(true), 100, Some("3"))),
        ("B", tea("Green tea", Some("From Uji"), Some(false), 250, Some("4"))),
        ("C", tea("Jenny's \"best\" \\ tea", None, None, 20, None)),
        ("D", tea("Lady Grey", Some(""), Some(true), 100, None)),
    ];
    let rows = include_str!("../testdata/queries.txt").lines();
    for row in rows.filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (query, expected) = parted(row);
        let answer = match parse(query, &TEAS) {
            Err(problem) => shown(&problem, expected),
            Ok(query) => {
                let found = shelf.iter().filter(|(_, tea)| query.matches(tea));
                let found: Vec<&str> = found.map(|(letter, _)| *letter).collect();
                if found.is_empty() { "-".to_owned() } else { found.join(" ") }
            }
        };
        assert_eq!(answer, expected, "for the query {query}");
    }
}

/// A row's query, and what is behind the wide gap.
fn parted(row: &str) -> (&str, &str) {
    let begin = row.len() - row.trim_start().len();
    let gap = begin + row[begin..].rfind("    ").unwrap();
    // Where a query has wide spaces itself, the last are the gap.
    (row[..gap].trim_end(), row[gap..].trim())
}

/// A problem as the table writes it: in full, or what every unexpected thing has of its own.
fn shown(problem: &SearchProblem, expected: &str) -> String {
    let full = problem.to_string();
    if expected.starts_with("refused:") {
        return format!("refused: {full}");
    }
    let own = full.strip_prefix("We were unable to parse your search query at character ");
    let own = own.and_then(|own| own.split_once(". Use the format ")).map(|(own, _)| own);
    format!("refused at {}", own.unwrap_or(&full).replacen("expected ", "", 1))
}

/// A clause as it is written, and whether it holds of a tea, worked out without the language.
#[derive(Clone, Debug)]
struct Plain {
    is_negated: bool,
    text: String,
    holds: [bool; 3],
}

/// Three teas with a little of everything.
fn teas() -> [Tea; 3] {
    [
        tea("Assam", None, Some(true), 1, Some("low")),
        tea("assam GOLD", Some("Gold"), Some(false), 2, Some("HIGH")),
        tea("Sencha", Some("null"), None, 3, None),
    ]
}

fn plain_clause() -> impl Strategy<Value = Plain> {
    let name = |tea: &Tea| Some(tea.name.clone());
    let note = |tea: &Tea| tea.note.clone();
    let organic = |tea: &Tea| tea.organic.map(|organic| organic.to_string());
    let shelf = |tea: &Tea| tea.metadata.iter().next().map(|(_, value)| value.to_owned());
    type Read = fn(&Tea) -> Option<String>;
    let texts: Vec<(&'static str, Read)> =
        vec![("name", name), ("note", note), ("organic", organic), ("metadata[\"shelf\"]", shelf)];
    let values = prop::sample::select(vec!["assam", "ASSAM gold", "null", "true", "low", "high"]);
    let equal = (prop::sample::select(texts.clone()), values).prop_map(|((field, read), value)| {
        let holds = teas().map(|tea| read(&tea).is_some_and(|text| same(&text, value)));
        (format!("{field}:\"{value}\""), holds)
    });
    let absent = prop::sample::select(texts).prop_map(|(field, read)| {
        (format!("{field}:null"), teas().map(|tea| read(&tea).is_none()))
    });
    let part = prop::sample::select(vec!["sam", "GOL", "enc"]).prop_map(|part| {
        let holds = |tea: Tea| tea.name.to_lowercase().contains(&part.to_lowercase());
        (format!("name~'{part}'"), teas().map(holds))
    });
    let number = (prop::sample::select(vec![":", "<", "<=", ">", ">="]), 0i64..5).prop_map(
        |(operator, number)| {
            let holds = |tea: Tea| match operator {
                ":" => tea.grams == number,
                "<" => tea.grams < number,
                "<=" => tea.grams <= number,
                ">" => tea.grams > number,
                _ => tea.grams >= number,
            };
            (format!("grams{operator}{number}"), teas().map(holds))
        },
    );
    (any::<bool>(), prop_oneof![equal, absent, part, number])
        .prop_map(|(is_negated, (text, holds))| Plain { is_negated, text, holds })
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

proptest! {
    #[test]
    fn a_query_finds_what_each_of_its_clauses_says(
        clauses in prop::collection::vec(plain_clause(), 1..=CLAUSES_MAX),
        joint in prop::sample::select(vec![" ", "  ", " AND ", " and ", " OR "]),
    ) {
        let text: Vec<String> = clauses
            .iter()
            .map(|clause| format!("{}{}", if clause.is_negated { "-" } else { "" }, clause.text))
            .collect();
        let query = parse(&text.join(joint), &TEAS).unwrap();
        for (index, tea) in teas().iter().enumerate() {
            let mut each = clauses.iter().map(|clause| clause.holds[index] != clause.is_negated);
            let expected =
                if joint == " OR " { each.any(|holds| holds) } else { each.all(|holds| holds) };
            prop_assert_eq!(query.matches(tea), expected, "{}", text.join(joint));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[a-z\"':~<>=\\[\\]\\\\ é-]{0,40}") {
        // Whatever it says: a query, or a problem at a place within the text.
        if let Err(SearchProblem::Unexpected { at, .. }) = parse(&text, &TEAS) {
            prop_assert!(at <= text.chars().count() + 1);
        }
    }
}
