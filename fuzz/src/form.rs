//! Form bodies: from bytes to a tree of parameters, and from there to a command.

use form_urlencoded::Serializer;
use paydesk_wire::form::{self, Fields, Node, Params};
use paydesk_wire::versions::ApiVersion;
use paydesk_wire::{Operation, StripeError, params};

use crate::error;

/// Versions with different parameters.
const VERSIONS: [&str; 2] = [ApiVersion::NEWEST, "2024-09-30.acacia"];

/// A form body, read by every reader. A tree that is encoded and parsed again is the same; what a
/// reader refuses, it refuses with an error that says something.
pub(crate) fn run(input: &[u8]) {
    let params = match form::parse(input) {
        Ok(params) => params,
        Err(problem) => return error::check(&StripeError::from(problem)),
    };
    let again = form::parse(encode(&params).as_bytes());
    assert_eq!(again.as_ref(), Ok(&params), "encoded as {}", encode(&params));
    for version in VERSIONS {
        let version = ApiVersion::parse(version).expect("it is a version").version;
        let read = Reading { params: &params, version: &version };
        read.by(Operation::CreateProduct, params::create_product);
        read.by(Operation::UpdateProduct, params::update_product);
        read.by(Operation::CreatePrice, params::create_price);
        read.by(Operation::UpdatePrice, params::update_price);
        read.by(Operation::CreateCheckoutSession, params::create_checkout_session);
        read.by(Operation::UpdateCheckoutSession, |fields| {
            params::update_checkout_session(fields, None, false)
        });
        read.by(Operation::CreateCoupon, params::create_coupon);
        read.by(Operation::UpdateCoupon, params::update_coupon);
        read.by(Operation::CreateShippingRate, params::create_shipping_rate);
        read.by(Operation::UpdateShippingRate, params::update_shipping_rate);
        read.by(Operation::CreateTaxRate, params::create_tax_rate);
        read.by(Operation::UpdateTaxRate, params::update_tax_rate);
        read.by(Operation::CreatePromotionCode, params::create_promotion_code);
        read.by(Operation::UpdatePromotionCode, params::update_promotion_code);
        read.by(Operation::CreateWebhookEndpoint, params::create_webhook_endpoint);
        read.by(Operation::UpdateWebhookEndpoint, params::update_webhook_endpoint);
        read.by(Operation::ListPrices, params::list_prices);
        read.by(Operation::ListEvents, params::list_events);
    }
}

struct Reading<'a> {
    params: &'a Params,
    version: &'a ApiVersion,
}

impl Reading<'_> {
    fn by<T>(&self, operation: Operation, read: impl FnOnce(&mut Fields<'_>) -> Option<T>) {
        if let Err(refusal) = params::decode(operation, self.params.clone(), self.version, read) {
            error::check(&refusal);
        }
    }
}

/// A form body that means this tree.
fn encode(params: &Params) -> String {
    let mut form = Serializer::new(String::new());
    for (name, node) in params {
        add(&mut form, name, node);
    }
    form.finish()
}

fn add(form: &mut Serializer<'_, String>, name: &str, node: &Node) {
    match node {
        Node::Text(text) => {
            form.append_pair(name, text);
        }
        Node::Map(map) => {
            for (key, node) in map {
                add(form, &format!("{name}[{key}]"), node);
            }
        }
        Node::Appended(items) => {
            for item in items {
                add(form, &format!("{name}[]"), item);
            }
        }
    }
}
