//! Every operation the server has: its method, its path and what it can expand.

use http::Method;

/// An operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `POST /v1/products`
    CreateProduct,
    /// `GET /v1/products/{id}`
    RetrieveProduct,
    /// `POST /v1/products/{id}`
    UpdateProduct,
    /// `GET /v1/products`
    ListProducts,
    /// `POST /v1/prices`
    CreatePrice,
    /// `GET /v1/prices/{id}`
    RetrievePrice,
    /// `POST /v1/prices/{id}`
    UpdatePrice,
    /// `GET /v1/prices`
    ListPrices,
    /// `POST /v1/checkout/sessions`
    CreateCheckoutSession,
    /// `GET /v1/checkout/sessions/{id}`
    RetrieveCheckoutSession,
    /// `POST /v1/checkout/sessions/{id}`
    UpdateCheckoutSession,
    /// `GET /v1/checkout/sessions`
    ListCheckoutSessions,
    /// `POST /v1/checkout/sessions/{id}/expire`
    ExpireCheckoutSession,
    /// `GET /v1/checkout/sessions/{id}/line_items`
    ListCheckoutSessionLineItems,
    /// `GET /v1/events/{id}`
    RetrieveEvent,
    /// `GET /v1/events`
    ListEvents,
    /// `GET /paydesk/v1/clock`
    RetrieveClock,
    /// `POST /paydesk/v1/clock`
    ChangeClock,
}

/// The parameters that Stripe has and Paydesk has not yet, by operation. It only shrinks.
const UNSUPPORTED: &str = include_str!("unsupported.txt");

const PRODUCT: &[&str] = &["default_price.product", "default_price.currency_options"];
const PRICE: &[&str] = &["product", "currency_options", "tiers"];
const SESSION: &[&str] = &[
    "automatic_tax.liability.account",
    "customer.*",
    "discounts.coupon",
    "discounts.promotion_code",
    "invoice.*",
    "invoice_creation.invoice_data.account_tax_ids",
    "invoice_creation.invoice_data.issuer.account",
    "line_items.data.discounts",
    "line_items.data.price.product",
    "line_items.data.taxes",
    "payment_intent.*",
    "payment_link.*",
    "setup_intent.*",
    "shipping_cost.shipping_rate",
    "shipping_cost.taxes",
    "shipping_options.shipping_rate",
    "subscription.*",
    "total_details.breakdown",
];
const LINE_ITEM: &[&str] = &["discounts", "price.product", "taxes"];

impl Operation {
    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> Method {
        match self {
            Self::CreateProduct
            | Self::UpdateProduct
            | Self::CreatePrice
            | Self::UpdatePrice
            | Self::CreateCheckoutSession
            | Self::UpdateCheckoutSession
            | Self::ExpireCheckoutSession
            | Self::ChangeClock => Method::POST,
            Self::RetrieveProduct
            | Self::ListProducts
            | Self::RetrievePrice
            | Self::ListPrices
            | Self::RetrieveCheckoutSession
            | Self::ListCheckoutSessions
            | Self::ListCheckoutSessionLineItems
            | Self::RetrieveEvent
            | Self::ListEvents
            | Self::RetrieveClock => Method::GET,
        }
    }

    /// The path, with names in braces for its parts that vary.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::CreateProduct | Self::ListProducts => "/v1/products",
            Self::RetrieveProduct | Self::UpdateProduct => "/v1/products/{id}",
            Self::CreatePrice | Self::ListPrices => "/v1/prices",
            Self::RetrievePrice | Self::UpdatePrice => "/v1/prices/{id}",
            Self::CreateCheckoutSession | Self::ListCheckoutSessions => "/v1/checkout/sessions",
            Self::RetrieveCheckoutSession | Self::UpdateCheckoutSession => {
                "/v1/checkout/sessions/{id}"
            }
            Self::ExpireCheckoutSession => "/v1/checkout/sessions/{id}/expire",
            Self::ListCheckoutSessionLineItems => "/v1/checkout/sessions/{id}/line_items",
            Self::RetrieveEvent => "/v1/events/{id}",
            Self::ListEvents => "/v1/events",
            Self::RetrieveClock | Self::ChangeClock => "/paydesk/v1/clock",
        }
    }

    /// The paths that `expand` may name in one object of the answer.
    #[must_use]
    pub(crate) const fn expandable(self) -> &'static [&'static str] {
        match self {
            Self::CreateProduct
            | Self::RetrieveProduct
            | Self::UpdateProduct
            | Self::ListProducts => PRODUCT,
            Self::CreatePrice | Self::RetrievePrice | Self::UpdatePrice | Self::ListPrices => PRICE,
            Self::CreateCheckoutSession
            | Self::RetrieveCheckoutSession
            | Self::UpdateCheckoutSession
            | Self::ListCheckoutSessions
            | Self::ExpireCheckoutSession => SESSION,
            Self::ListCheckoutSessionLineItems => LINE_ITEM,
            Self::RetrieveEvent | Self::ListEvents | Self::RetrieveClock | Self::ChangeClock => &[],
        }
    }

    /// Whether the answer is a list.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Self::ListProducts
                | Self::ListPrices
                | Self::ListCheckoutSessions
                | Self::ListCheckoutSessionLineItems
                | Self::ListEvents
        )
    }

    /// Whether Stripe has this parameter, written in brackets, and Paydesk has not yet.
    #[must_use]
    pub fn is_unsupported(self, param: &str) -> bool {
        let segments = param.split(['[', ']']).filter(|segment| !segment.is_empty());
        let is_index = |segment: &&str| segment.bytes().all(|byte| byte.is_ascii_digit());
        let dotted: Vec<&str> = segments.filter(|segment| !is_index(segment)).collect();
        let dotted = dotted.join(".");
        self.unsupported().any(|listed| {
            dotted.strip_prefix(listed).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    fn unsupported(self) -> impl Iterator<Item = &'static str> {
        let heading = format!("{} {}", self.method(), self.path());
        UNSUPPORTED
            .lines()
            .skip_while(move |line| *line != heading)
            .skip(1)
            .map_while(|line| line.strip_prefix("  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_parameters_are_unsupported_with_all_inside_them() {
        let create = Operation::CreateCheckoutSession;
        assert!(create.is_unsupported("line_items[0][tax_rates][0]"));
        assert!(create.is_unsupported("automatic_tax[enabled]"));
        assert!(!create.is_unsupported("line_items[0][quantity]"));
        assert!(!create.is_unsupported("automatic_taxes"));
        assert!(!Operation::RetrieveProduct.is_unsupported("line_items"));
    }

    #[test]
    fn the_list_names_only_operations_there_are() {
        let operations = [
            Operation::CreateProduct,
            Operation::UpdateProduct,
            Operation::ListProducts,
            Operation::CreatePrice,
            Operation::UpdatePrice,
            Operation::ListPrices,
            Operation::CreateCheckoutSession,
            Operation::UpdateCheckoutSession,
            Operation::ListCheckoutSessions,
            Operation::ListEvents,
        ];
        let listed: usize =
            operations.map(|operation| operation.unsupported().count()).iter().sum();
        let lines = UNSUPPORTED.lines().filter(|line| line.starts_with("  ")).count();
        assert_eq!(listed, lines);
    }
}
