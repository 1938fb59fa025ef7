//! `GET /paydesk/v1/export`: a file that an import takes back.

use paydesk_app::{Answer, Rendered};
use paydesk_domain::api_key::KeyRights;
use paydesk_wire::StripeError;
use paydesk_wire::catalog_file::OBJECTS_MAX;
use paydesk_wire::objects::{self, ExportObject};
use paydesk_wire::params::{self, Include, Request};
use paydesk_wire::versions::ApiVersion;

use crate::exchange::{Exchange, Failure, Reply};

pub(crate) async fn export(mut exchange: Exchange, _id: String) -> Result<Reply, Failure> {
    let Request { command: include, .. } = exchange.decode(params::export)?;
    let has_secrets = include == Some(Include::Secrets);
    if has_secrets && exchange.rights != KeyRights::Secret {
        return Err(StripeError::secrets_need_secret_key().into());
    }
    let app = &exchange.state.app;
    let exported = app.export(&exchange.call, OBJECTS_MAX).await?;
    let export = ExportObject::new(
        (&exported.products, &exported.prices),
        &exported.coupons,
        (&exported.shipping_rates, &exported.tax_rates),
        &exported.webhook_endpoints,
        has_secrets,
        exchange.call.now(app),
    );
    // In today's shape whatever the request's version is: an earlier one would leave fields out.
    let version = ApiVersion::newest();
    let rendered = Rendered {
        status: 200,
        revision: None,
        api_version: version.name().to_owned(),
        body: objects::render(&export, &version, exchange.call.sandbox.livemode()),
    };
    Ok(Answer { rendered, original_request: None })
}
