//! `custom_fields`: questions of the shop's own.

use paydesk_domain::checkout_session::{AskedText, CustomAnswer, CustomField, DropdownOption};

use crate::form::{Choices, Fields, ParamProblem};

const FIELDS_MAX: usize = 3;
const KEY_CHARS_MAX: usize = 200;
const LABEL_CHARS_MAX: usize = 100;
const OPTIONS_MAX: usize = 200;
/// The longest written answer, in characters.
const ANSWER_CHARS_MAX: u16 = 255;

/// How a question is answered, by the object that says more of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dropdown,
    Numeric,
    Text,
}

const KINDS: Choices<Kind> = &[
    ("dropdown", Some(Kind::Dropdown)),
    ("numeric", Some(Kind::Numeric)),
    ("text", Some(Kind::Text)),
];
/// What a label can be: the shop's own is the only kind.
const LABELS: Choices<()> = &[("custom", Some(()))];

/// Reads the questions.
pub(super) fn custom_fields(fields: &mut Fields<'_>) -> Vec<CustomField> {
    fields.objects("custom_fields", FIELDS_MAX, custom_field).unwrap_or_default()
}

fn custom_field(fields: &mut Fields<'_>) -> Option<CustomField> {
    let key = fields.required_text("key", KEY_CHARS_MAX);
    let was_sent = fields.is_sent("label");
    let label = fields.object("label", label);
    let label = fields.required("label", label, was_sent);
    let optional = fields.boolean("optional").unwrap_or(false);
    let was_sent = fields.is_sent("type");
    let kind = fields.choice("type", KINDS);
    let kind = fields.required("type", kind, was_sent);
    let answer = answer(fields, kind);
    Some(CustomField { key: key?, label: label?, optional, answer: answer? })
}

fn label(fields: &mut Fields<'_>) -> Option<String> {
    let custom = fields.required_text("custom", LABEL_CHARS_MAX);
    let was_sent = fields.is_sent("type");
    let kind = fields.choice("type", LABELS);
    fields.required("type", kind, was_sent)?;
    custom
}

/// Every object is read whatever the type, so that what is inside is not unknown.
fn answer(fields: &mut Fields<'_>, kind: Option<Kind>) -> Option<CustomAnswer> {
    let sent = KINDS.iter().filter(|(name, _)| fields.is_sent(name));
    let sent: Vec<(&'static str, Option<Kind>)> = sent.copied().collect();
    let dropdown = fields.object("dropdown", dropdown);
    let numeric = fields.object("numeric", asked_text);
    let text = fields.object("text", asked_text);
    for (name, of) in &sent {
        if kind.is_some() && *of != kind {
            let param = fields.param(name);
            fields.report(ParamProblem::OnlyWith { param, other: "type", value: name });
        }
    }
    match kind? {
        Kind::Dropdown => {
            let was_sent = sent.iter().any(|(_, of)| *of == kind);
            if dropdown.is_none() && !was_sent {
                fields.report(ParamProblem::Missing { param: fields.param("dropdown") });
            }
            dropdown
        }
        Kind::Numeric => Some(CustomAnswer::Numeric(numeric.unwrap_or_default())),
        Kind::Text => Some(CustomAnswer::Text(text.unwrap_or_default())),
    }
}

fn dropdown(fields: &mut Fields<'_>) -> Option<CustomAnswer> {
    let was_sent = fields.is_sent("options");
    let options = fields.objects("options", OPTIONS_MAX, |fields| {
        let label = fields.required_text("label", LABEL_CHARS_MAX);
        let value = fields.required_text("value", LABEL_CHARS_MAX);
        Some(DropdownOption { label: label?, value: value? })
    });
    let options = fields.required("options", options, was_sent);
    let default_value = fields.text_up_to("default_value", LABEL_CHARS_MAX);
    Some(CustomAnswer::Dropdown { options: options?, default_value })
}

fn asked_text(fields: &mut Fields<'_>) -> Option<AskedText> {
    let default_value = fields.text_up_to("default_value", usize::from(ANSWER_CHARS_MAX));
    let mut length = |name: &str, minimum: i64| {
        let length = fields.integer(name, minimum, i64::from(ANSWER_CHARS_MAX))?;
        u16::try_from(length).ok()
    };
    let (minimum_length, maximum_length) =
        (length("minimum_length", 0), length("maximum_length", 1));
    Some(AskedText { default_value, minimum_length, maximum_length })
}
