//! Every address the server answers at.

use std::future::Future;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{Method, Uri};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, get, on};
use paydesk_wire::{Operation, StripeError};
use serde::de::DeserializeOwned;

use crate::exchange::{Exchange, Failure, Reply, serve};
use crate::paydesk::{clock, explanation, export, idle, import, requests, sandboxes};
use crate::state::HttpState;
use crate::v1::{
    accounts, checkout_sessions, coupons, customer_tax_ids, customers, events, prices, products,
    promotion_codes, shipping_rates, tax_rates, webhook_endpoints,
};
use crate::{health, openapi, options, pages, respond};

/// All addresses, without what every request passes before it comes to one.
pub(crate) fn addresses(state: HttpState) -> Router {
    let operations = stripes().merge(ours());
    options::with_options(with_unsupported(operations))
        .route("/openapi.json", get(openapi::document))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/c/pay/{session}", get(pages::checkout))
        .fallback(unrecognized)
        .method_not_allowed_fallback(unrecognized)
        .with_state(state)
}

/// The addresses of Stripe's API.
fn stripes() -> Router<HttpState> {
    Router::new()
        .route_for(Operation::CreateProduct, products::create)
        .route_for(Operation::RetrieveProduct, products::retrieve)
        .route_for(Operation::UpdateProduct, products::update)
        .route_for(Operation::DeleteProduct, products::delete)
        .route_for(Operation::ListProducts, products::list)
        .route_for(Operation::SearchProducts, products::search)
        .route_for(Operation::CreatePrice, prices::create)
        .route_for(Operation::RetrievePrice, prices::retrieve)
        .route_for(Operation::UpdatePrice, prices::update)
        .route_for(Operation::ListPrices, prices::list)
        .route_for(Operation::SearchPrices, prices::search)
        .route_for(Operation::CreateCoupon, coupons::create)
        .route_for(Operation::RetrieveCoupon, coupons::retrieve)
        .route_for(Operation::UpdateCoupon, coupons::update)
        .route_for(Operation::DeleteCoupon, coupons::delete)
        .route_for(Operation::ListCoupons, coupons::list)
        .route_for(Operation::CreateShippingRate, shipping_rates::create)
        .route_for(Operation::RetrieveShippingRate, shipping_rates::retrieve)
        .route_for(Operation::UpdateShippingRate, shipping_rates::update)
        .route_for(Operation::ListShippingRates, shipping_rates::list)
        .route_for(Operation::CreateTaxRate, tax_rates::create)
        .route_for(Operation::RetrieveTaxRate, tax_rates::retrieve)
        .route_for(Operation::UpdateTaxRate, tax_rates::update)
        .route_for(Operation::ListTaxRates, tax_rates::list)
        .route_for(Operation::CreatePromotionCode, promotion_codes::create)
        .route_for(Operation::RetrievePromotionCode, promotion_codes::retrieve)
        .route_for(Operation::UpdatePromotionCode, promotion_codes::update)
        .route_for(Operation::ListPromotionCodes, promotion_codes::list)
        .route_for(Operation::CreateWebhookEndpoint, webhook_endpoints::create)
        .route_for(Operation::RetrieveWebhookEndpoint, webhook_endpoints::retrieve)
        .route_for(Operation::UpdateWebhookEndpoint, webhook_endpoints::update)
        .route_for(Operation::DeleteWebhookEndpoint, webhook_endpoints::delete)
        .route_for(Operation::ListWebhookEndpoints, webhook_endpoints::list)
        .route_for(Operation::CreateCheckoutSession, checkout_sessions::create)
        .route_for(Operation::RetrieveCheckoutSession, checkout_sessions::retrieve)
        .route_for(Operation::UpdateCheckoutSession, checkout_sessions::update)
        .route_for(Operation::ListCheckoutSessions, checkout_sessions::list)
        .route_for(Operation::ExpireCheckoutSession, checkout_sessions::expire)
        .route_for(Operation::ListCheckoutSessionLineItems, checkout_sessions::list_line_items)
        .route_for(Operation::RetrieveAccount, accounts::retrieve_own)
        .route_for(Operation::RetrieveAccountById, accounts::retrieve)
        .route_for(Operation::CreateCustomer, customers::create)
        .route_for(Operation::RetrieveCustomer, customers::retrieve)
        .route_for(Operation::UpdateCustomer, customers::update)
        .route_for(Operation::DeleteCustomer, customers::delete)
        .route_for(Operation::ListCustomers, customers::list)
        .route_for(Operation::SearchCustomers, customers::search)
        .route_for(Operation::CreateCustomerTaxId, customer_tax_ids::create)
        .route_for(Operation::RetrieveCustomerTaxId, customer_tax_ids::retrieve)
        .route_for(Operation::DeleteCustomerTaxId, customer_tax_ids::delete)
        .route_for(Operation::ListCustomerTaxIds, customer_tax_ids::list)
        .route_for(Operation::RetrieveEvent, events::retrieve)
        .route_for(Operation::ListEvents, events::list)
}

/// Our own, beside it.
fn ours() -> Router<HttpState> {
    Router::new()
        .route_for(Operation::ListSandboxes, sandboxes::list)
        .route_for(Operation::RetrieveSandbox, sandboxes::retrieve)
        .route_for(Operation::UpdateSandbox, sandboxes::update)
        .route_for(Operation::ResetSandbox, sandboxes::reset)
        .route_for(Operation::DeleteSandbox, sandboxes::delete)
        .route_for(Operation::ListRequests, requests::list)
        .route_for(Operation::AwaitIdle, idle::wait)
        .route_for(Operation::RetrieveClock, clock::retrieve)
        .route_for(Operation::ChangeClock, clock::change)
        .route_for(Operation::Import, import::import)
        .route_for(Operation::Export, export::export)
        .route_for(Operation::ExplainCheckoutSession, explanation::retrieve)
}

/// The ids in a path, as a handler takes them.
trait PathIds: DeserializeOwned + Send {
    /// What names nothing.
    fn of_nothing() -> Self;
}

impl PathIds for String {
    fn of_nothing() -> Self {
        char::REPLACEMENT_CHARACTER.to_string()
    }
}

/// An object's id and that of one inside it.
impl PathIds for (String, String) {
    fn of_nothing() -> Self {
        (String::of_nothing(), String::of_nothing())
    }
}

/// Adds operations to a router.
trait RouteFor {
    /// Adds an operation at its method and path.
    fn route_for<I, H, F>(self, operation: Operation, handler: H) -> Self
    where
        I: PathIds + 'static,
        H: Fn(Exchange, I) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Reply, Failure>> + Send + 'static;
}

impl RouteFor for Router<HttpState> {
    fn route_for<I, H, F>(self, operation: Operation, handler: H) -> Self
    where
        I: PathIds + 'static,
        H: Fn(Exchange, I) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Reply, Failure>> + Send + 'static,
    {
        let route = move |State(state): State<HttpState>,
                          ids: Result<Path<I>, PathRejection>,
                          request: Request| {
            let handler = handler.clone();
            // Where the path has an id that is no text, it names nothing, as this one does.
            let ids = ids.map_or_else(|_| I::of_nothing(), |Path(ids)| ids);
            serve(state, operation, request, move |exchange| handler(exchange, ids))
        };
        let filter = MethodFilter::try_from(operation.method())
            .expect("an operation's method is one that axum routes by");
        let methods: MethodRouter<HttpState> = on(filter, route);
        self.route(operation.path(), methods)
    }
}

/// Adds the endpoints that Stripe has and Paydesk has not yet, so that they are told from typing
/// errors, and from ids: `/v1/products/search` names no Product.
fn with_unsupported(router: Router<HttpState>) -> Router<HttpState> {
    paydesk_wire::unsupported::endpoints().fold(router, |router, (method, path)| {
        match MethodFilter::try_from(method) {
            Ok(filter) => router.route(path, on(filter, unsupported)),
            Err(_) => router,
        }
    })
}

/// An endpoint that Stripe has and Paydesk has not yet.
async fn unsupported(State(state): State<HttpState>, method: Method, uri: Uri) -> Response {
    refused(&state, &StripeError::unsupported_endpoint(&method, uri.path()))
}

/// An address, or a method at an address, that there is not.
async fn unrecognized(State(state): State<HttpState>, method: Method, uri: Uri) -> Response {
    refused(&state, &StripeError::unrecognized_url(&method, uri.path()))
}

/// The answer to a request that no operation is for. Its log line leaves the path out: what
/// somebody typed may be anything.
fn refused(state: &HttpState, error: &StripeError) -> Response {
    let request_id = respond::request_id(state);
    tracing::info!(request_id, status = error.status, "request to no endpoint");
    respond::error(error, &request_id).map(Body::from)
}
