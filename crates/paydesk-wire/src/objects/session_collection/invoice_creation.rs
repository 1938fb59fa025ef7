//! `invoice_creation` of a session.

use paydesk_domain::checkout_session::InvoiceCreation;
use paydesk_domain::metadata::Metadata;
use schemars::JsonSchema;
use serde::Serialize;

use crate::objects::customer::{CustomFieldObject, RenderingOptionsObject, custom_fields};
use crate::objects::{MetadataObject, Null};

/// Whether paying makes an invoice, and what is written on it.
#[derive(JsonSchema, Serialize)]
pub(crate) struct InvoiceCreationObject<'a> {
    enabled: bool,
    invoice_data: InvoiceDataObject<'a>,
}

#[derive(JsonSchema, Serialize)]
struct InvoiceDataObject<'a> {
    account_tax_ids: Null,
    custom_fields: Option<Vec<CustomFieldObject<'a>>>,
    description: Option<&'a str>,
    footer: Option<&'a str>,
    issuer: Option<IssuerObject>,
    #[serde(serialize_with = "metadata_or_none")]
    #[schemars(with = "MetadataObject")]
    metadata: Option<&'a Metadata>,
    rendering_options: Option<RenderingOptionsObject>,
}

#[derive(JsonSchema, Serialize)]
struct IssuerObject {
    r#type: &'static str,
}

impl<'a> InvoiceCreationObject<'a> {
    /// What was said of it; where nothing was, paying makes no invoice.
    pub(super) fn new(invoice: Option<&'a InvoiceCreation>) -> Self {
        let text = invoice.map(|invoice| &invoice.text);
        let is_issued_by_self = text.is_some_and(|text| text.is_issued_by_self);
        let display = invoice.and_then(|invoice| invoice.amount_tax_display);
        Self {
            enabled: invoice.is_some_and(|invoice| invoice.enabled),
            invoice_data: InvoiceDataObject {
                account_tax_ids: (),
                custom_fields: text.and_then(|text| custom_fields(&text.custom_fields)),
                description: text.and_then(|text| text.description.as_deref()),
                footer: text.and_then(|text| text.footer.as_deref()),
                issuer: is_issued_by_self.then_some(IssuerObject { r#type: "self" }),
                metadata: invoice.map(|invoice| &invoice.metadata),
                rendering_options: display.map(RenderingOptionsObject::from),
            },
        }
    }
}

/// No metadata is an empty map.
fn metadata_or_none<S: serde::Serializer>(
    metadata: &Option<&Metadata>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match metadata {
        Some(metadata) => crate::objects::metadata(metadata, serializer),
        None => crate::objects::metadata(&&Metadata::default(), serializer),
    }
}
