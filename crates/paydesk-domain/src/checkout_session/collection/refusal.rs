//! Why a session can't collect what a request asks for.

use thiserror::Error;

use super::super::Mode;
use super::super::ui::UiMode;
use super::custom_field::CustomFieldRefusal;
use super::parameter::CollectionParameter;
use crate::id::CustomerId;

/// Why a session can't collect what a request asks for, in the order in which it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CollectionRefusal {
    /// A parameter of sessions in another mode.
    #[error("{} has no meaning in this mode", .parameter.as_str())]
    NotInMode {
        /// Which.
        parameter: CollectionParameter,
        /// The session's mode.
        mode: Mode,
    },
    /// A parameter of sessions that are shown elsewhere.
    #[error("{} has no meaning in this place", .parameter.as_str())]
    NotInUiMode {
        /// Which.
        parameter: CollectionParameter,
        /// Where the session is shown.
        ui_mode: UiMode,
    },
    /// Something about one of the `custom_fields`, counted from 0.
    #[error("custom field {index}: {reason}")]
    CustomField {
        /// Which.
        index: usize,
        /// What is wrong with it.
        reason: CustomFieldRefusal,
    },
    /// `customer_update` without `customer`.
    #[error("there is no customer to update")]
    UpdateWithoutCustomer,
    /// No such customer, or it was deleted.
    #[error("no such customer: {0}")]
    NoSuchCustomer(CustomerId),
    /// Tax ids of a known customer are collected with the name they belong to, which
    /// `customer_update[name]` must allow to be written.
    #[error("tax ids of a customer come with a name")]
    TaxIdsNeedName,
}
