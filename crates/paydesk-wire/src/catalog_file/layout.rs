//! Where in a file the objects are: in sections, or in what Stripe's lists answer.

use super::SandboxKeyText;
use super::tree::{Fields, Tree};
use crate::error::{RefusedObject, StripeError};
use crate::versions::ApiVersion;

/// The most objects of one import. All of them are written at once.
pub const OBJECTS_MAX: usize = 20_000;

/// A kind of object that is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Product,
    Price,
    Coupon,
    ShippingRate,
    TaxRate,
    WebhookEndpoint,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Product,
        Self::Price,
        Self::Coupon,
        Self::ShippingRate,
        Self::TaxRate,
        Self::WebhookEndpoint,
    ];

    /// Stripe's word, in the field `object`.
    pub(super) const fn object(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Price => "price",
            Self::Coupon => "coupon",
            Self::ShippingRate => "shipping_rate",
            Self::TaxRate => "tax_rate",
            Self::WebhookEndpoint => "webhook_endpoint",
        }
    }

    /// The name of its section.
    const fn section(self) -> &'static str {
        match self {
            Self::Product => "products",
            Self::Price => "prices",
            Self::Coupon => "coupons",
            Self::ShippingRate => "shipping_rates",
            Self::TaxRate => "tax_rates",
            Self::WebhookEndpoint => "webhook_endpoints",
        }
    }

    pub(super) fn of_object(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.object() == name)
    }
}

/// An object of a file, not read yet.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) place: String,
    pub(super) fields: Fields,
}

impl Item {
    pub(super) fn id(&self) -> Option<&str> {
        self.fields.get("id").and_then(Tree::as_text)
    }
}

/// What a file has.
#[derive(Default)]
pub(super) struct Layout {
    pub(super) items: Vec<Item>,
    pub(super) key: Option<SandboxKeyText>,
    pub(super) notes: Vec<String>,
}

/// Finds the objects of a file. What is none is put to `refused`.
pub(super) fn lay_out(tree: Tree, prefix: &str, refused: &mut Vec<RefusedObject>) -> Layout {
    let mut reader = Reader { layout: Layout::default(), refused };
    match tree {
        Tree::Map(fields) => match fields.get("object").and_then(Tree::as_text) {
            None | Some("paydesk.export") => reader.sections(fields, prefix),
            Some(_) => reader.value(Tree::Map(fields), None, prefix),
        },
        list @ Tree::List(_) => reader.value(list, None, prefix),
        Tree::Null | Tree::Text(_) => reader.refuse(prefix, "It has no objects."),
    }
    reader.layout
}

struct Reader<'a> {
    layout: Layout,
    refused: &'a mut Vec<RefusedObject>,
}

impl Reader<'_> {
    fn refuse(&mut self, place: &str, message: &str) {
        self.refused.push(RefusedObject::of(place, StripeError::invalid(message)));
    }

    fn sections(&mut self, fields: Fields, prefix: &str) {
        for (name, tree) in fields {
            let place = format!("{prefix}{name}");
            let kind = Kind::ALL.into_iter().find(|kind| kind.section() == name);
            match (kind, name.as_str(), tree) {
                (Some(kind), _, tree) => self.value(tree, Some(kind), &place),
                (None, "object", _) => {}
                (None, "key", Tree::Text(key)) => self.layout.key = Some(SandboxKeyText(key)),
                (None, "api_version", Tree::Text(version)) => {
                    if ApiVersion::parse(&version).is_err() {
                        let message = "Paydesk does not speak this API version.";
                        self.refuse(&place, message);
                    }
                }
                (None, _, _) => {
                    let sections = Kind::ALL.map(Kind::section).join(", ");
                    self.refuse(&place, &format!("Unknown section; there are {sections}."));
                }
            }
        }
    }

    /// An object, a list that Stripe answered, or several of either. Lists have the newest object
    /// first; what was made first is to be made first here too.
    fn value(&mut self, tree: Tree, kind: Option<Kind>, place: &str) {
        match tree {
            Tree::Null => {}
            Tree::Text(_) => self.refuse(place, "Expected a list of objects."),
            Tree::List(items) => {
                // A section is written by hand or by an export, in the order it is meant in.
                let is_answered = kind.is_none() && !items.iter().any(is_list);
                let first = self.layout.items.len();
                for (index, item) in items.into_iter().enumerate() {
                    self.element(item, kind, &inside(place, &index.to_string()));
                }
                if is_answered && let Some(found) = self.layout.items.get_mut(first..) {
                    found.reverse();
                }
            }
            Tree::Map(fields) => match fields.get("object").and_then(Tree::as_text) {
                Some("list") => self.list(fields, kind, place),
                _ => self.item(fields, kind, place),
            },
        }
    }

    fn element(&mut self, tree: Tree, kind: Option<Kind>, place: &str) {
        match tree {
            Tree::Map(fields) => self.value(Tree::Map(fields), kind, place),
            Tree::Null | Tree::Text(_) | Tree::List(_) => self.refuse(place, "Expected an object."),
        }
    }

    fn list(&mut self, mut fields: Fields, kind: Option<Kind>, place: &str) {
        let has_more = fields.shift_remove("has_more");
        if has_more.as_ref().and_then(Tree::as_text) == Some("true") {
            let place = if place.is_empty() { "the list" } else { place };
            let note = format!(
                "{place} has `has_more: true`: it is one page of a longer list, and the other \
                 pages are not in the file"
            );
            self.layout.notes.push(note);
        }
        let first = self.layout.items.len();
        match fields.shift_remove("data") {
            Some(Tree::List(items)) => {
                for (index, item) in items.into_iter().enumerate() {
                    let place = inside(&inside(place, "data"), &index.to_string());
                    self.element(item, kind, &place);
                }
            }
            _ => self.refuse(&inside(place, "data"), "Expected a list of objects."),
        }
        if let Some(found) = self.layout.items.get_mut(first..) {
            found.reverse();
        }
        let known = ["object", "url", "total_count"];
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.refuse(&inside(place, name), "Stripe's lists have no such field.");
        }
    }

    fn item(&mut self, fields: Fields, kind: Option<Kind>, place: &str) {
        let object = fields.get("object").and_then(Tree::as_text);
        let kinds = || Kind::ALL.map(Kind::object).join(", ");
        let kind = match (kind, object) {
            (Some(kind), None) => kind,
            (Some(kind), Some(object)) if object == kind.object() => kind,
            (Some(kind), Some(object)) => {
                let message = format!("This is a {object} in the section {}.", kind.section());
                return self.refuse(&inside(place, "object"), &message);
            }
            (None, Some(object)) => match Kind::of_object(object) {
                Some(kind) => kind,
                None => {
                    let message =
                        format!("Paydesk imports {} objects, not {object} objects.", kinds());
                    return self.refuse(&inside(place, "object"), &message);
                }
            },
            (None, None) => {
                let message = format!("Its kind is missing, one of {}.", kinds());
                return self.refuse(&inside(place, "object"), &message);
            }
        };
        self.layout.items.push(Item { kind, place: place.to_owned(), fields });
    }
}

/// Whether this is a list as Stripe answers it.
fn is_list(tree: &Tree) -> bool {
    let Tree::Map(fields) = tree else { return false };
    fields.get("object").and_then(Tree::as_text) == Some("list")
}

/// The place of a field inside another place, in brackets as parameters have it.
pub(super) fn inside(place: &str, name: &str) -> String {
    if place.is_empty() || place.ends_with(": ") {
        format!("{place}{name}")
    } else {
        format!("{place}[{name}]")
    }
}
