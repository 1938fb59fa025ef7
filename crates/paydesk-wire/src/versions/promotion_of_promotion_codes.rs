//! `2025-09-30.clover`: a promotion code has a `promotion`, which names its coupon. Before, it was
//! made with a `coupon` of its own and shows that as an object. A `promotion` in its place is read
//! then too, so that a request that was brought to today's shape stays as it is.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::version::date;
use super::{ApiVersion, Change, insert_in_order};
use crate::expand::Embedded;
use crate::form::{Node, Params};
use crate::operation::Operation;

/// Where today's shape has the coupon.
const COUPON: &str = "promotion.coupon";

pub(super) struct PromotionOfPromotionCodes;

impl Change for PromotionOfPromotionCodes {
    fn introduced(&self) -> u32 {
        date(2025, 9, 30)
    }

    fn upgrade_request(
        &self,
        operation: Operation,
        params: &mut Params,
        version: &ApiVersion,
    ) -> Vec<String> {
        let is_of_promotion_codes = matches!(
            operation,
            Operation::CreatePromotionCode
                | Operation::RetrievePromotionCode
                | Operation::UpdatePromotionCode
                | Operation::ListPromotionCodes
        );
        if !is_of_promotion_codes || version.date() >= self.introduced() {
            return Vec::new();
        }
        move_expanded(params, operation.is_list());
        if operation != Operation::CreatePromotionCode {
            return Vec::new();
        }
        let coupon = params.shift_remove("coupon");
        if coupon.is_none() && params.contains_key("promotion") {
            return Vec::new();
        }
        let mut promotion = IndexMap::from([("type".to_owned(), Node::Text("coupon".to_owned()))]);
        promotion.extend(coupon.map(|coupon| ("coupon".to_owned(), coupon)));
        let beside = params.insert("promotion".to_owned(), Node::Map(promotion));
        beside.map(|_| "promotion".to_owned()).into_iter().collect()
    }

    fn downgrade_object(&self, kind: &str, object: &mut Map<String, Value>) {
        if kind != "promotion_code" {
            return;
        }
        if let Some(Value::Object(mut promotion)) = object.shift_remove("promotion")
            && let Some(coupon) = promotion.shift_remove("coupon")
        {
            insert_in_order(object, "coupon", coupon);
        }
    }

    fn downgrade_param(&self, operation: Operation, param: &str) -> Option<&'static str> {
        let is_coupon = operation == Operation::CreatePromotionCode && param == "promotion[coupon]";
        is_coupon.then_some("coupon")
    }

    fn embedded(&self) -> &'static [Embedded] {
        &[Embedded { kind: "promotion_code", path: COUPON }]
    }
}

/// Puts what is wanted inside the coupon at its place of today.
fn move_expanded(params: &mut Params, is_list: bool) {
    let prefix = if is_list { "data." } else { "" };
    let rename = |node: &mut Node| {
        if let Node::Text(path) = node
            && let Some(path_of_object) = path.strip_prefix(prefix)
            && let Some(rest) = path_of_object.strip_prefix("coupon")
            && (rest.is_empty() || rest.starts_with('.'))
        {
            *path = format!("{prefix}{COUPON}{rest}");
        }
    };
    match params.get_mut("expand") {
        Some(Node::Appended(paths)) => paths.iter_mut().for_each(rename),
        Some(Node::Map(paths)) => paths.values_mut().for_each(rename),
        // A text is no list of paths, which whoever reads it will say.
        Some(Node::Text(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{downgrade_error, downgrade_response, upgrade_request};
    use super::*;
    use crate::error::StripeError;
    use crate::expand::Expand;

    fn version(name: &str) -> ApiVersion {
        ApiVersion::parse(name).unwrap().version
    }

    fn upgraded(operation: Operation, body: &str, at: &str) -> (Params, Vec<String>) {
        let mut params = crate::form::parse(body.as_bytes()).unwrap();
        let unknown = upgrade_request(operation, &mut params, &version(at));
        (params, unknown)
    }

    #[test]
    fn basil_makes_a_promotion_code_with_a_coupon() {
        let create = Operation::CreatePromotionCode;
        let (older, unknown) = upgraded(create, "coupon=spring&code=TEA", "2025-08-27.basil");
        assert!(unknown.is_empty());
        let todays = "code=TEA&promotion[type]=coupon&promotion[coupon]=spring";
        let (newer, unknown) = upgraded(create, todays, "2025-09-30.clover");
        assert!(unknown.is_empty());
        assert_eq!(older, newer);
        assert_eq!(upgraded(create, todays, "2025-08-27.basil"), (newer, Vec::new()));
        let both = format!("coupon=autumn&{todays}");
        let (params, unknown) = upgraded(create, &both, "2025-08-27.basil");
        assert_eq!(unknown, ["promotion"]);
        assert!(!params.contains_key("coupon"));
    }

    #[test]
    fn what_basil_wants_inside_the_coupon_is_inside_the_promotion_today() {
        let table = [
            (
                Operation::RetrievePromotionCode,
                "expand[]=coupon.applies_to&expand[]=customer",
                "expand[]=promotion.coupon.applies_to&expand[]=customer",
            ),
            (
                Operation::UpdatePromotionCode,
                "expand[4]=coupon&expand[7]=couponage",
                "expand[4]=promotion.coupon&expand[7]=couponage",
            ),
            (
                Operation::ListPromotionCodes,
                "expand[0]=data.coupon.applies_to&coupon=spring",
                "expand[0]=data.promotion.coupon.applies_to&coupon=spring",
            ),
            (Operation::ListPromotionCodes, "expand=coupon", "expand=coupon"),
            (Operation::RetrieveCoupon, "expand[]=coupon", "expand[]=coupon"),
        ];
        for (operation, older, newer) in table {
            let newest = upgraded(operation, newer, ApiVersion::NEWEST);
            assert_eq!(upgraded(operation, older, "2025-08-27.basil"), newest, "{older}");
        }
    }

    #[test]
    fn basil_shows_the_coupon_where_clover_has_the_promotion() {
        let promotion_code = json!({
            "id": "promo_1",
            "object": "promotion_code",
            "code": "TEA",
            "created": 1,
            "promotion": {"coupon": {"id": "spring", "object": "coupon"}, "type": "coupon"},
        });
        let at = |name: &str| {
            let mut object = promotion_code.clone();
            downgrade_response(&mut object, &version(name));
            object
        };
        assert_eq!(at("2025-09-30.clover"), promotion_code);
        let older = at("2025-08-27.basil");
        let names: Vec<&String> = older.as_object().unwrap().keys().collect();
        assert_eq!(names, ["id", "object", "code", "coupon", "created"]);
        assert_eq!(older["coupon"], promotion_code["promotion"]["coupon"]);
        let embeds =
            |kind, name: &str| Expand::default().at(&version(name)).of_kind(kind).has(COUPON);
        assert!(embeds("promotion_code", "2025-08-27.basil"));
        assert!(!embeds("promotion_code", "2025-09-30.clover"));
        assert!(!embeds("coupon", "2025-08-27.basil"));
    }

    #[test]
    fn an_error_names_the_coupon_as_it_was_sent() {
        let error = || {
            StripeError::invalid("Missing required param: promotion[coupon].")
                .param("promotion[coupon]")
        };
        let at = |operation, name: &str| {
            let error = downgrade_error(operation, error(), &version(name));
            (error.param.unwrap_or_default(), error.message)
        };
        let create = Operation::CreatePromotionCode;
        let older = ("coupon".to_owned(), "Missing required param: coupon.".to_owned());
        assert_eq!(at(create, "2025-08-27.basil"), older);
        let todays = (error().param.unwrap_or_default(), error().message);
        assert_eq!(at(create, "2025-09-30.clover"), todays);
        assert_eq!(at(Operation::CreateCoupon, "2025-08-27.basil"), todays);
    }
}
