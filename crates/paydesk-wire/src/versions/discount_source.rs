//! `2025-09-30.clover`: a discount has a `source`, which names its coupon. Before, it shows the
//! coupon as an object of its own.

use serde_json::{Map, Value};

use super::version::date;
use super::{Change, insert_in_order};
use crate::expand::Embedded;

pub(super) struct DiscountSource;

impl Change for DiscountSource {
    fn introduced(&self) -> u32 {
        date(2025, 9, 30)
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind != "discount" {
            return;
        }
        if let Some(Value::Object(mut source)) = object.shift_remove("source")
            && let Some(coupon) = source.shift_remove("coupon")
        {
            insert_in_order(object, "coupon", coupon);
        }
    }

    fn embedded(&self) -> &'static [Embedded] {
        &[Embedded { kind: "discount", path: "source.coupon" }]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn earlier_versions_show_the_coupon_itself() {
        let mut discount = json!({
            "id": "di_1",
            "object": "discount",
            "checkout_session": "cs_1",
            "source": { "coupon": { "id": "SPRING", "object": "coupon" }, "type": "coupon" },
            "start": 1,
        });
        DiscountSource.downgrade_object("discount", discount.as_object_mut().unwrap());
        let expected = json!({
            "id": "di_1",
            "object": "discount",
            "checkout_session": "cs_1",
            "coupon": { "id": "SPRING", "object": "coupon" },
            "start": 1,
        });
        assert_eq!(discount.to_string(), expected.to_string());
    }
}
