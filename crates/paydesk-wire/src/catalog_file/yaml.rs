//! YAML as a tree. Scalars stay the text they are, so that no price becomes a float on its way.
//!
//! Anchors, aliases and tags are refused: nothing that is written once may stand for a million.

use indexmap::map::Entry;
use saphyr_parser::{Event, Parser, ScalarStyle};

use super::tree::{DEPTH_MAX, Fields, Tree};

/// Parses a whole text of one document.
///
/// # Errors
/// What is wrong and where, for people.
pub(super) fn parse(text: &str) -> Result<Tree, String> {
    let mut building = Building::default();
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| format!("{} {}", error.info(), at(*error.marker())))?;
        building.take(event).map_err(|what| format!("{what} {}", at(span.start)))?;
    }
    Ok(building.done.unwrap_or(Tree::Map(Fields::new())))
}

fn at(marker: saphyr_parser::Marker) -> String {
    format!("at line {} column {}", marker.line(), marker.col().saturating_add(1))
}

/// A tree that is being built.
#[derive(Default)]
struct Building {
    open: Vec<Open>,
    done: Option<Tree>,
}

/// A list or an object that has not ended.
enum Open {
    List(Vec<Tree>),
    Map { fields: Fields, name: Option<String> },
}

impl Building {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Alias(_) => Err("aliases are not supported; write the value out".to_owned()),
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                Err("tags are not supported; write the plain value".to_owned())
            }
            Event::Scalar(text, style, _, None) => self.scalar(&text, style),
            Event::SequenceStart(_, None) => self.begin(Open::List(Vec::new())),
            Event::MappingStart(_, None) => {
                self.begin(Open::Map { fields: Fields::new(), name: None })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items)) => self.put(Tree::List(items)),
                Some(Open::Map { fields, .. }) => self.put(Tree::Map(fields)),
                None => Ok(()),
            },
            Event::DocumentStart(_) if self.done.is_some() => {
                Err("a second document begins; put everything into one".to_owned())
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle) -> Result<(), String> {
        if let Some(Open::Map { name: name @ None, .. }) = self.open.last_mut() {
            *name = Some(text.to_owned());
            return Ok(());
        }
        let is_null = matches!(style, ScalarStyle::Plain)
            && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        self.put(if is_null { Tree::Null } else { Tree::Text(text.to_owned()) })
    }

    fn begin(&mut self, open: Open) -> Result<(), String> {
        if self.open.len() >= DEPTH_MAX {
            return Err(format!("it is nested more than {DEPTH_MAX} levels deep"));
        }
        if let Some(Open::Map { name: None, .. }) = self.open.last() {
            return Err("a name is plain text, not a list or an object".to_owned());
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, tree: Tree) -> Result<(), String> {
        match self.open.last_mut() {
            None => self.done = Some(tree),
            Some(Open::List(items)) => items.push(tree),
            Some(Open::Map { fields, name }) => {
                let name = name.take().unwrap_or_default();
                match fields.entry(name) {
                    Entry::Vacant(entry) => {
                        entry.insert(tree);
                    }
                    Entry::Occupied(entry) => {
                        return Err(format!("`{}` is there twice", entry.key()));
                    }
                }
            }
        }
        Ok(())
    }
}
