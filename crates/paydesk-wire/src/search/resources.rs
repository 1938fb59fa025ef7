//! What each resource can be searched by.

use paydesk_domain::catalog::{Price, Product};
use paydesk_domain::customer::Customer;
use paydesk_domain::metadata::Metadata;
use paydesk_domain::search::SearchValue;

/// What one resource can be searched by, besides its metadata, which every one has.
pub(crate) struct SearchFields<T: 'static> {
    /// Its name in addresses.
    pub(crate) resource: &'static str,
    pub(crate) fields: &'static [SearchField<T>],
    pub(crate) metadata: fn(&T) -> &Metadata,
}

/// A field to search by.
pub(crate) struct SearchField<T> {
    pub(crate) name: &'static str,
    pub(crate) kind: FieldKind,
    pub(crate) value: fn(&T) -> SearchValue<'_>,
}

/// Which operators a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A word: `:`.
    Token,
    /// A text: `:` and `~`.
    Text,
    /// A number: `:`, `<`, `<=`, `>` and `>=`.
    Number,
}

impl FieldKind {
    /// The operators, as an error lists them.
    pub(crate) const fn operators(self) -> &'static str {
        match self {
            Self::Token => "`:`",
            Self::Text => "`:` and `~`",
            Self::Number => "`:`, `<`, `<=`, `>` and `>=`",
        }
    }
}

pub(crate) static PRODUCTS: SearchFields<Product> = SearchFields {
    resource: "products",
    fields: &[
        SearchField {
            name: "active",
            kind: FieldKind::Token,
            value: |product| SearchValue::flag(product.active),
        },
        SearchField {
            name: "description",
            kind: FieldKind::Text,
            value: |product| SearchValue::text(product.details.description.as_deref()),
        },
        SearchField {
            name: "name",
            kind: FieldKind::Text,
            value: |product| SearchValue::Text(&product.details.name),
        },
        SearchField {
            name: "shippable",
            kind: FieldKind::Token,
            value: |product| {
                product.details.shippable.map_or(SearchValue::Absent, SearchValue::flag)
            },
        },
        SearchField {
            name: "url",
            kind: FieldKind::Text,
            value: |product| SearchValue::text(product.details.url.as_deref()),
        },
    ],
    metadata: |product| &product.metadata,
};

pub(crate) static PRICES: SearchFields<Price> = SearchFields {
    resource: "prices",
    fields: &[
        SearchField {
            name: "active",
            kind: FieldKind::Token,
            value: |price| SearchValue::flag(price.active),
        },
        SearchField {
            name: "currency",
            kind: FieldKind::Token,
            value: |price| SearchValue::Text(price.currency.code()),
        },
        SearchField {
            name: "lookup_key",
            kind: FieldKind::Text,
            value: |price| SearchValue::text(price.lookup_key.as_deref()),
        },
        SearchField {
            name: "product",
            kind: FieldKind::Text,
            value: |price| SearchValue::Text(price.product.as_str()),
        },
        SearchField {
            name: "type",
            kind: FieldKind::Token,
            value: |price| {
                SearchValue::Text(if price.recurring.is_some() { "recurring" } else { "one_time" })
            },
        },
    ],
    metadata: |price| &price.metadata,
};

pub(crate) static CUSTOMERS: SearchFields<Customer> = SearchFields {
    resource: "customers",
    fields: &[
        SearchField {
            name: "created",
            kind: FieldKind::Number,
            value: |customer| SearchValue::Number(customer.created.as_seconds()),
        },
        SearchField {
            name: "email",
            kind: FieldKind::Text,
            value: |customer| SearchValue::text(customer.details.email.as_deref()),
        },
        SearchField {
            name: "name",
            kind: FieldKind::Text,
            value: |customer| SearchValue::text(customer.details.name.as_deref()),
        },
        SearchField {
            name: "phone",
            kind: FieldKind::Text,
            value: |customer| SearchValue::text(customer.details.phone.as_deref()),
        },
    ],
    metadata: |customer| &customer.metadata,
};
