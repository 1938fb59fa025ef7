//! `2025-03-31.basil`: a recurring Price has no `aggregate_usage` any more, since metered usage is
//! counted by meters.

use serde_json::{Map, Value};

use super::version::date;
use super::{Change, insert_in_order};

pub(super) struct PriceAggregateUsage;

impl Change for PriceAggregateUsage {
    fn introduced(&self) -> u32 {
        date(2025, 3, 31)
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind == "price"
            && let Some(Value::Object(recurring)) = object.get_mut("recurring")
        {
            insert_in_order(recurring, "aggregate_usage", Value::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{ApiVersion, downgrade_response};

    #[test]
    fn a_recurring_price_of_acacia_has_aggregate_usage() {
        let price = json!({"object": "price", "recurring": {"interval": "month"}});
        let mut older = price.clone();
        downgrade_response(&mut older, &ApiVersion::parse("2025-02-24.acacia").unwrap().version);
        assert_eq!(older["recurring"], json!({"aggregate_usage": null, "interval": "month"}));
        let mut newer = price.clone();
        downgrade_response(&mut newer, &ApiVersion::parse("2025-03-31.basil").unwrap().version);
        assert_eq!(newer, price);
    }
}
