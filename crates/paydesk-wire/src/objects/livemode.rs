//! `livemode`: which mode an object is of.
//!
//! An object does not know that; its sandbox does. So objects are written as those of test mode,
//! and an answer of live mode is gone over once, however deep its objects lie.

use serde_json::Value;

/// Says of every object of an answer that it is of live mode.
pub(super) fn mark(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mark),
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                match inner {
                    // Metadata may have a key of this name; its values are texts.
                    Value::Bool(livemode) if name == "livemode" => *livemode = true,
                    Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_) => mark(inner),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_object_is_marked_and_metadata_is_left_alone() {
        let mut value = json!({
            "data": [{"livemode": false, "price": {"livemode": false, "active": false}}],
            "metadata": {"livemode": "false"},
        });
        mark(&mut value);
        let expected = json!({
            "data": [{"livemode": true, "price": {"livemode": true, "active": false}}],
            "metadata": {"livemode": "false"},
        });
        assert_eq!(value, expected);
    }
}
