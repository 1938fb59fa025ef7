//! Every operation the server has: its method, its path and what it can expand.

use http::Method;
use paydesk_domain::api_key::{Access, Permission, Resource};

use crate::form;

/// The parameters that Stripe has and Paydesk has not yet, by operation. It only shrinks.
const UNSUPPORTED: &str = include_str!("unsupported.txt");

const NOTHING: &[&str] = &[];
const PRODUCT: &[&str] = &["default_price.product", "default_price.currency_options"];
const PRICE: &[&str] = &["product", "currency_options", "tiers"];
const COUPON: &[&str] = &["applies_to", "currency_options"];
const SHIPPING_RATE: &[&str] = &["fixed_amount.currency_options"];
const PROMOTION_CODE: &[&str] = &[
    "customer.cash_balance",
    "customer.sources",
    "customer.subscriptions",
    "customer.tax",
    "customer.tax_ids",
    "promotion.coupon.applies_to",
    "promotion.coupon.currency_options",
    "restrictions.currency_options",
];
const CUSTOMER: &[&str] = &[
    "cash_balance",
    "default_source.*",
    "discount.promotion_code",
    "discount.source.coupon",
    "invoice_settings.default_payment_method.*",
    "sources.*",
    "subscriptions.*",
    "tax",
    "tax_ids.data.customer",
    "tax_ids.data.owner.customer",
    "test_clock",
];
const TAX_ID: &[&str] = &[
    "customer.cash_balance",
    "customer.sources",
    "customer.subscriptions",
    "customer.tax",
    "customer.tax_ids",
    "owner.customer",
];
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

/// Makes the enum of operations from rows of method, path, whether the answer is one object or a
/// list of them, and what `expand` may name in each object. Above the rows stands the resource that
/// a restricted key must be allowed to read, for a GET, or to write.
macro_rules! operations {
    ($(
        [$resource:ident]
        $($name:ident: $method:ident $path:literal, $answer:ident of $expandable:ident;)*
    )*) => {
        /// An operation of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(
                #[doc = concat!("`", stringify!($method), " ", $path, "`")]
                $name,
            )*)*
        }

        impl Operation {
            /// Every operation there is.
            pub const ALL: &[Self] = &[$($(Self::$name),*),*];

            const fn row(self) -> &'static Row {
                match self {
                    $($(Self::$name => &Row {
                        name: stringify!($name),
                        method: Method::$method,
                        path: $path,
                        answer: Answer::$answer,
                        expandable: $expandable,
                        resource: Resource::$resource,
                    },)*)*
                }
            }
        }
    };
}

operations! {
    [Product]
    CreateProduct: POST "/v1/products", One of PRODUCT;
    RetrieveProduct: GET "/v1/products/{id}", One of PRODUCT;
    UpdateProduct: POST "/v1/products/{id}", One of PRODUCT;
    DeleteProduct: DELETE "/v1/products/{id}", One of NOTHING;
    ListProducts: GET "/v1/products", List of PRODUCT;
    SearchProducts: GET "/v1/products/search", Search of PRODUCT;

    [Price]
    CreatePrice: POST "/v1/prices", One of PRICE;
    RetrievePrice: GET "/v1/prices/{id}", One of PRICE;
    UpdatePrice: POST "/v1/prices/{id}", One of PRICE;
    ListPrices: GET "/v1/prices", List of PRICE;
    SearchPrices: GET "/v1/prices/search", Search of PRICE;

    [Coupon]
    CreateCoupon: POST "/v1/coupons", One of COUPON;
    RetrieveCoupon: GET "/v1/coupons/{id}", One of COUPON;
    UpdateCoupon: POST "/v1/coupons/{id}", One of COUPON;
    DeleteCoupon: DELETE "/v1/coupons/{id}", One of NOTHING;
    ListCoupons: GET "/v1/coupons", List of COUPON;

    [ShippingRate]
    CreateShippingRate: POST "/v1/shipping_rates", One of SHIPPING_RATE;
    RetrieveShippingRate: GET "/v1/shipping_rates/{id}", One of SHIPPING_RATE;
    UpdateShippingRate: POST "/v1/shipping_rates/{id}", One of SHIPPING_RATE;
    ListShippingRates: GET "/v1/shipping_rates", List of SHIPPING_RATE;

    [TaxRate]
    CreateTaxRate: POST "/v1/tax_rates", One of NOTHING;
    RetrieveTaxRate: GET "/v1/tax_rates/{id}", One of NOTHING;
    UpdateTaxRate: POST "/v1/tax_rates/{id}", One of NOTHING;
    ListTaxRates: GET "/v1/tax_rates", List of NOTHING;
    [PromotionCode]
    CreatePromotionCode: POST "/v1/promotion_codes", One of PROMOTION_CODE;
    RetrievePromotionCode: GET "/v1/promotion_codes/{id}", One of PROMOTION_CODE;
    UpdatePromotionCode: POST "/v1/promotion_codes/{id}", One of PROMOTION_CODE;
    ListPromotionCodes: GET "/v1/promotion_codes", List of PROMOTION_CODE;

    [WebhookEndpoint]
    CreateWebhookEndpoint: POST "/v1/webhook_endpoints", One of NOTHING;
    RetrieveWebhookEndpoint: GET "/v1/webhook_endpoints/{id}", One of NOTHING;
    UpdateWebhookEndpoint: POST "/v1/webhook_endpoints/{id}", One of NOTHING;
    DeleteWebhookEndpoint: DELETE "/v1/webhook_endpoints/{id}", One of NOTHING;
    ListWebhookEndpoints: GET "/v1/webhook_endpoints", List of NOTHING;

    [CheckoutSession]
    CreateCheckoutSession: POST "/v1/checkout/sessions", One of SESSION;
    RetrieveCheckoutSession: GET "/v1/checkout/sessions/{id}", One of SESSION;
    UpdateCheckoutSession: POST "/v1/checkout/sessions/{id}", One of SESSION;
    ListCheckoutSessions: GET "/v1/checkout/sessions", List of SESSION;
    ExpireCheckoutSession: POST "/v1/checkout/sessions/{id}/expire", One of SESSION;
    ListCheckoutSessionLineItems:
        GET "/v1/checkout/sessions/{id}/line_items", List of LINE_ITEM;

    ExplainCheckoutSession:
        GET "/paydesk/v1/checkout/sessions/{id}/explanation", One of NOTHING;

    [Account]
    RetrieveAccount: GET "/v1/account", One of NOTHING;
    RetrieveAccountById: GET "/v1/accounts/{id}", One of NOTHING;

    [Customer]
    CreateCustomer: POST "/v1/customers", One of CUSTOMER;
    RetrieveCustomer: GET "/v1/customers/{id}", One of CUSTOMER;
    UpdateCustomer: POST "/v1/customers/{id}", One of CUSTOMER;
    DeleteCustomer: DELETE "/v1/customers/{id}", One of NOTHING;
    ListCustomers: GET "/v1/customers", List of CUSTOMER;
    SearchCustomers: GET "/v1/customers/search", Search of CUSTOMER;
    CreateCustomerTaxId: POST "/v1/customers/{id}/tax_ids", One of TAX_ID;
    RetrieveCustomerTaxId: GET "/v1/customers/{id}/tax_ids/{tax_id}", One of TAX_ID;
    DeleteCustomerTaxId: DELETE "/v1/customers/{id}/tax_ids/{tax_id}", One of NOTHING;
    ListCustomerTaxIds: GET "/v1/customers/{id}/tax_ids", List of TAX_ID;

    [Event]
    RetrieveEvent: GET "/v1/events/{id}", One of NOTHING;
    ListEvents: GET "/v1/events", List of NOTHING;

    [Sandbox]
    ListSandboxes: GET "/paydesk/v1/sandboxes", List of NOTHING;
    RetrieveSandbox: GET "/paydesk/v1/sandboxes/{id}", One of NOTHING;
    UpdateSandbox: POST "/paydesk/v1/sandboxes/{id}", One of NOTHING;
    ResetSandbox: POST "/paydesk/v1/sandboxes/{id}/reset", One of NOTHING;
    DeleteSandbox: DELETE "/paydesk/v1/sandboxes/{id}", One of NOTHING;
    ListRequests: GET "/paydesk/v1/requests", List of NOTHING;
    AwaitIdle: GET "/paydesk/v1/idle", One of NOTHING;

    RetrieveClock: GET "/paydesk/v1/clock", One of NOTHING;
    ChangeClock: POST "/paydesk/v1/clock", One of NOTHING;

    Import: POST "/paydesk/v1/import", One of NOTHING;
    Export: GET "/paydesk/v1/export", One of NOTHING;
}

/// What is known of an operation.
struct Row {
    name: &'static str,
    method: Method,
    path: &'static str,
    answer: Answer,
    expandable: &'static [&'static str],
    resource: Resource,
}

/// What an operation answers with.
#[derive(Clone, Copy)]
enum Answer {
    /// One object.
    One,
    /// A list of objects, in its `data`.
    List,
    /// What a search found, in its `data`, and how much it found in all.
    Search,
}

impl Operation {
    /// Its name, such as `CreateProduct`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(self) -> Method {
        self.row().method.clone()
    }

    /// The path, with names in braces for its parts that vary.
    #[must_use]
    pub const fn path(self) -> &'static str {
        self.row().path
    }

    /// What a restricted key must be allowed to do.
    #[must_use]
    pub fn permission(self) -> Permission {
        let access = if self.row().method == Method::GET { Access::Read } else { Access::Write };
        Permission { resource: self.row().resource, access }
    }

    /// The paths that `expand` may name in one object of the answer.
    #[must_use]
    pub(crate) const fn expandable(self) -> &'static [&'static str] {
        self.row().expandable
    }

    /// Whether it is an operation of Stripe's API, not one of ours beside it.
    #[must_use]
    pub fn is_stripes(self) -> bool {
        self.path().starts_with("/v1/")
    }

    /// Whether the answer is a list, or what a search found.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self.row().answer, Answer::List | Answer::Search)
    }

    /// Whether the answer is what a search found.
    #[must_use]
    pub(crate) const fn is_search(self) -> bool {
        matches!(self.row().answer, Answer::Search)
    }

    /// Whether its body is a file as it is, and not a form.
    #[must_use]
    pub const fn takes_file(self) -> bool {
        matches!(self, Self::Import)
    }

    /// What every answer of it says in its `Paydesk-Warning` header.
    #[must_use]
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Self::CreateWebhookEndpoint
            | Self::RetrieveWebhookEndpoint
            | Self::UpdateWebhookEndpoint
            | Self::DeleteWebhookEndpoint
            | Self::ListWebhookEndpoints => {
                Some("webhook endpoints are kept, but Paydesk delivers no events to them yet")
            }
            _ => None,
        }
    }

    /// Whether Stripe has this parameter, written in brackets, and Paydesk has not yet.
    #[must_use]
    pub fn is_unsupported(self, param: &str) -> bool {
        let dotted = form::dotted(param);
        self.unsupported().any(|listed| {
            dotted.strip_prefix(listed).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    pub(crate) fn unsupported(self) -> impl Iterator<Item = &'static str> {
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
        assert!(create.is_unsupported("integration_identifier[0]"));
        assert!(create.is_unsupported("adaptive_pricing[enabled]"));
        assert!(!create.is_unsupported("line_items[0][quantity]"));
        assert!(!create.is_unsupported("adaptive_prices"));
        assert!(!Operation::RetrieveProduct.is_unsupported("line_items"));
    }

    #[test]
    fn the_list_names_only_operations_there_are() {
        let listed: usize =
            Operation::ALL.iter().map(|operation| operation.unsupported().count()).sum();
        let lines = UNSUPPORTED.lines().filter(|line| line.starts_with("  ")).count();
        assert_eq!(listed, lines);
    }
}
