//! An entry of `custom_fields` of a session.

use paydesk_domain::checkout_session::{AskedText, CustomAnswer, CustomField, DropdownOption};
use schemars::JsonSchema;
use serde::Serialize;

use crate::objects::Null;

/// A question of the shop's own. Nobody has answered it yet.
#[derive(JsonSchema, Serialize)]
pub(crate) struct CustomFieldObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    dropdown: Option<DropdownObject<'a>>,
    key: &'a str,
    label: LabelObject<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeric: Option<AskedTextObject<'a>>,
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<AskedTextObject<'a>>,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct DropdownObject<'a> {
    default_value: Option<&'a str>,
    options: Vec<OptionObject<'a>>,
    value: Null,
}

#[derive(JsonSchema, Serialize)]
struct OptionObject<'a> {
    label: &'a str,
    value: &'a str,
}

#[derive(JsonSchema, Serialize)]
struct LabelObject<'a> {
    custom: &'a str,
    r#type: &'static str,
}

#[derive(JsonSchema, Serialize)]
struct AskedTextObject<'a> {
    default_value: Option<&'a str>,
    maximum_length: Option<u16>,
    minimum_length: Option<u16>,
    value: Null,
}

impl<'a> From<&'a CustomField> for CustomFieldObject<'a> {
    fn from(field: &'a CustomField) -> Self {
        let bare = Self {
            dropdown: None,
            key: &field.key,
            label: LabelObject { custom: &field.label, r#type: "custom" },
            numeric: None,
            optional: field.optional,
            text: None,
            r#type: "",
        };
        match &field.answer {
            CustomAnswer::Dropdown { options, default_value } => {
                let option = |option: &'a DropdownOption| OptionObject {
                    label: &option.label,
                    value: &option.value,
                };
                let dropdown = DropdownObject {
                    default_value: default_value.as_deref(),
                    options: options.iter().map(option).collect(),
                    value: (),
                };
                Self { dropdown: Some(dropdown), r#type: "dropdown", ..bare }
            }
            CustomAnswer::Numeric(asked) => {
                Self { numeric: Some(asked.into()), r#type: "numeric", ..bare }
            }
            CustomAnswer::Text(asked) => Self { text: Some(asked.into()), r#type: "text", ..bare },
        }
    }
}

impl<'a> From<&'a AskedText> for AskedTextObject<'a> {
    fn from(asked: &'a AskedText) -> Self {
        Self {
            default_value: asked.default_value.as_deref(),
            maximum_length: asked.maximum_length,
            minimum_length: asked.minimum_length,
            value: (),
        }
    }
}
