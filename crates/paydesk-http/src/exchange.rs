//! One request and its answer: everything between the socket and a handler.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Response, header};
use bytes::Bytes;
use paydesk_app::{
    Answer, AppError, Call, IdempotencyKey, InFlightRequest, RecordedRequest, Rendered,
};
use paydesk_domain::api_key::{KeyRights, Permission};
use paydesk_domain::id::AccountId;
use paydesk_wire::form::{self, Fields, Params};
use paydesk_wire::versions::{AcceptedVersion, ApiVersion};
use paydesk_wire::{Operation, StripeError, objects, params, versions};
use serde::Serialize;
use tracing::field::display;

use crate::auth::{PresentedKey, named_account};
use crate::entrance::ForwardedUrl;
use crate::error::stripe_error;
use crate::proxies::ClientAddress;
use crate::respond::{self, Context};
use crate::{idempotency, request_body, state::HttpState};

/// What a handler answers with.
pub(crate) type Reply = Answer;

/// Why a handler did not: an operation failed, or the request was not understood.
pub(crate) enum Failure {
    /// The request was not understood.
    Request(StripeError),
    /// The operation was not done.
    Operation(AppError),
    /// The key may not do what was sent.
    Forbidden {
        /// The account it was to be done for.
        account: AccountId,
        /// What the key would have to be allowed.
        wanted: Permission,
    },
}

impl Failure {
    pub(crate) fn into_error(self, request_id: &str, key: &PresentedKey) -> StripeError {
        match self {
            Self::Request(error) => error,
            Self::Operation(error) => stripe_error(&error, request_id, key),
            Self::Forbidden { account, wanted } => {
                StripeError::more_permissions_required(&key.masked(), &account, wanted)
            }
        }
    }
}

impl From<StripeError> for Failure {
    fn from(error: StripeError) -> Self {
        Self::Request(error)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::Operation(error)
    }
}

/// A request that was let in, for its handler.
pub(crate) struct Exchange {
    pub(crate) state: HttpState,
    pub(crate) call: Call,
    pub(crate) version: ApiVersion,
    pub(crate) headers: HeaderMap,
    /// The body of an operation that takes a file.
    pub(crate) file: Bytes,
    /// What its key may do.
    pub(crate) rights: KeyRights,
    /// The account that the request names to act for, where it names one.
    account: Option<AccountId>,
    operation: Operation,
    /// The query and the body together, which `params` were read from.
    form: Bytes,
    params: Params,
}

impl Exchange {
    /// Reads the parameters.
    pub(crate) fn decode<T>(
        &mut self,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Result<params::Request<T>, StripeError> {
        params::decode(self.operation, std::mem::take(&mut self.params), &self.version, read)
    }

    /// Refuses what the key is not allowed, where that depends on what was sent. What the operation
    /// needs in any case was looked at before the request was let in.
    pub(crate) fn require(&self, wanted: Permission) -> Result<(), Failure> {
        if self.rights.allow(wanted) {
            return Ok(());
        }
        Err(Failure::Forbidden { account: self.call.sandbox.account().clone(), wanted })
    }

    /// What is kept of the request while and after it is handled. One that waits for the others to
    /// end is not one of them.
    fn let_in(&self) -> LetIn {
        let is_counted = self.operation != Operation::AwaitIdle;
        LetIn {
            state: self.state.clone(),
            call: self.call.clone(),
            version: self.version.clone(),
            form: self.form.clone(),
            _in_flight: is_counted.then(|| self.call.sandbox.begin_request()),
        }
    }

    /// An object as the body of an answer.
    pub(crate) fn render<T: Serialize>(&self, object: &T) -> Rendered {
        Rendered {
            status: 200,
            revision: None,
            api_version: self.version.name().to_owned(),
            body: objects::render(object, &self.version, self.call.sandbox.livemode()),
        }
    }

    /// An object as the answer of an operation that only reads.
    pub(crate) fn reply<T: Serialize>(&self, object: &T) -> Reply {
        Answer { rendered: self.render(object), original_request: None }
    }
}

/// Lets a request in, has it handled and answers it.
pub(crate) async fn serve<F>(
    mut state: HttpState,
    operation: Operation,
    request: Request,
    handler: impl FnOnce(Exchange) -> F,
) -> Response<Body>
where
    F: Future<Output = Result<Reply, Failure>>,
{
    let started = Instant::now();
    let request_id = respond::request_id(&state);
    let (mut parts, body) = request.into_parts();
    if let Some(ForwardedUrl(url)) = parts.extensions.remove() {
        state.public_url = Arc::new(url);
    }
    let client = parts.extensions.get().map(|ClientAddress(client)| display(*client));
    let path = parts.uri.path().to_owned();
    let answered = answer(state, operation, &request_id, parts, body, handler).await;
    let response = answered.recorded(operation, path, request_id.clone());
    tracing::info!(
        request_id,
        method = %operation.method(),
        path = operation.path(),
        status = response.status().as_u16(),
        duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        client,
        "request"
    );
    response
}

/// An answer, and what is remembered with it of a request that was let in.
struct Answered {
    response: Response<Bytes>,
    let_in: Option<LetIn>,
}

/// What is remembered of a request that was let in.
struct LetIn {
    state: HttpState,
    call: Call,
    version: ApiVersion,
    form: Bytes,
    _in_flight: Option<InFlightRequest>,
}

impl Answered {
    fn refused(response: Response<Bytes>) -> Self {
        Self { response, let_in: None }
    }

    /// The answer, after it was remembered where its sandbox remembers requests: what a shop asked
    /// of Stripe's API in test mode, not what a test asks of ours.
    fn recorded(self, operation: Operation, path: String, request_id: String) -> Response<Body> {
        if let Some(LetIn { state, call, version, form, .. }) = self.let_in
            && operation.is_stripes()
            && !call.sandbox.livemode()
        {
            let request = RecordedRequest {
                id: request_id,
                created: state.app.wall_now(),
                method: operation.method().to_string(),
                path,
                form,
                idempotency_key: call.idempotency.as_ref().map(|key| key.key.clone()),
                api_version: version.name().to_owned(),
                status: self.response.status().as_u16(),
                response: self.response.body().clone(),
            };
            state.app.record_request(&call, request);
        }
        self.response.map(Body::from)
    }
}

async fn answer<F>(
    state: HttpState,
    operation: Operation,
    request_id: &str,
    parts: Parts,
    body: Body,
    handler: impl FnOnce(Exchange) -> F,
) -> Answered
where
    F: Future<Output = Result<Reply, Failure>>,
{
    let named = match named_version(&parts.headers) {
        Ok(named) => named,
        Err(error) => return Answered::refused(respond::error(&error, request_id)),
    };
    let of_version = named.as_ref().and_then(|named| named.warning.as_deref());
    let warnings: Vec<&str> = of_version.into_iter().chain(operation.warning()).collect();
    let warning = warnings.join("; ");
    let mut context = Context {
        request_id,
        api_version: named.as_ref().map(|named| named.version.name()),
        warning: Some(warning.as_str()).filter(|warning| !warning.is_empty()),
        idempotency_key: None,
        account: None,
    };
    let key = match PresentedKey::from_headers(&parts.headers) {
        Ok(key) => key,
        Err(error) => return Answered::refused(respond::failure(&error, &context)),
    };
    let asked = Asked { operation, request_id, key: &key, named: named.as_ref() };
    let exchange = match let_in(state, asked, parts, body).await {
        Ok(exchange) => exchange,
        Err(failure) => {
            let error = failure.into_error(request_id, &key);
            return Answered::refused(respond::failure(&error, &context));
        }
    };
    let let_in = exchange.let_in();
    context.account = exchange.account.as_ref().map(|_| let_in.call.sandbox.account().as_str());
    context.api_version = Some(let_in.version.name());
    let idempotency = let_in.call.idempotency.as_ref();
    context.idempotency_key = idempotency.map(|idempotency| idempotency.key.as_str());
    let response = match handler(exchange).await {
        Ok(reply) => respond::success(reply, &context),
        Err(failure) => {
            let error = let_in.explained(failure.into_error(request_id, &key)).await;
            let error = versions::downgrade_error(operation, error, &let_in.version);
            respond::failure(&error, &context)
        }
    };
    Answered { response, let_in: Some(let_in) }
}

/// What is known of a request before it is let in.
struct Asked<'a> {
    operation: Operation,
    request_id: &'a str,
    key: &'a PresentedKey,
    named: Option<&'a AcceptedVersion>,
}

impl LetIn {
    /// The error, which says so where what is missing is there in the other mode.
    async fn explained(&self, error: StripeError) -> StripeError {
        let Some(id) = error.missing_id.as_deref() else {
            return error;
        };
        let sandbox = &self.call.sandbox;
        if self.state.app.is_in_other_mode(sandbox, id).await {
            error.of_other_mode(sandbox.livemode())
        } else {
            error
        }
    }
}

/// Everything that must hold before an operation is begun: a key that opens a sandbox, a readable
/// form, headers that mean something.
async fn let_in(
    state: HttpState,
    asked: Asked<'_>,
    parts: Parts,
    body: Body,
) -> Result<Exchange, Failure> {
    let Asked { operation, request_id, key, named } = asked;
    refuse_unsupported_headers(&parts.headers, operation)?;
    let account = named_account(&parts.headers)?;
    let named_name = named.map(|named| named.version.name());
    let admission = key.admit(&state.app, operation, named_name).await?;
    let sandbox = match &account {
        Some(account) => state.app.acting_for(&admission.sandbox, account).await?,
        None => admission.sandbox,
    };
    if let Some(name) = named_name {
        state.app.pin_api_version(&sandbox, name).await.map_err(AppError::from)?;
    }
    let version = match named {
        Some(named) => named.version.clone(),
        None => pinned_version(sandbox.api_version().as_deref()),
    };
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let within = state.entrance.body_within;
    let (body, file) = if operation.takes_file() {
        (Bytes::new(), request_body::read_file(&parts.headers, body, within).await?)
    } else if matches!(parts.method, Method::POST | Method::DELETE) {
        // A body that a client sends with a DELETE is meant as parameters.
        (request_body::read_form(&parts.headers, body, within).await?, Bytes::new())
    } else {
        (Bytes::new(), Bytes::new())
    };
    // One form, so that what is in both places is put together and not lost.
    let form = if query.is_empty() { body.clone() } else { [query, b"&", &body].concat().into() };
    let params = form::parse(&form).map_err(StripeError::from)?;
    let idempotency: Option<IdempotencyKey> = if parts.method == Method::POST {
        idempotency::key_of(&parts.headers, parts.uri.path(), [query, &*body], &file)?
    } else {
        None
    };
    let call = Call { sandbox, request_id: request_id.to_owned(), idempotency };
    Ok(Exchange {
        state,
        call,
        version,
        headers: parts.headers,
        rights: admission.rights,
        account,
        file,
        operation,
        form,
        params,
    })
}

fn named_version(headers: &HeaderMap) -> Result<Option<AcceptedVersion>, StripeError> {
    let Some(header) = headers.get("stripe-version") else {
        return Ok(None);
    };
    let text = header
        .to_str()
        .map_err(|_| StripeError::invalid_header("Stripe-Version", "an API version"))?;
    let accepted = ApiVersion::parse(text);
    accepted.map(Some).map_err(|problem| StripeError::invalid(problem.to_string()))
}

/// The version of a request that names none.
fn pinned_version(pinned: Option<&str>) -> ApiVersion {
    pinned
        .and_then(|name| ApiVersion::parse(name).ok())
        .map_or_else(ApiVersion::newest, |accepted| accepted.version)
}

/// A header that would change the meaning of a request is refused where it has none here.
fn refuse_unsupported_headers(
    headers: &HeaderMap,
    operation: Operation,
) -> Result<(), StripeError> {
    let may_match = operation == Operation::UpdateCheckoutSession;
    if headers.contains_key(header::IF_MATCH) && !may_match {
        return Err(StripeError::invalid(
            "The header If-Match has a meaning on the update of a Checkout Session only.",
        ));
    }
    Ok(())
}
