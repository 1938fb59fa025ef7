//! What a Checkout Session collects, inside its row.

mod details;
mod methods;
mod outcome;
mod page;

use details::DetailsRow;
use methods::MethodsRow;
use minicbor::{Decode, Encode};
use outcome::OutcomeRow;
use page::PageRow;
use paydesk_domain::checkout_session::{
    Buyer, CheckoutSession, Collection, CustomerCreation, CustomerUpdate, KnownCustomer, Outcome,
    PaymentMethods,
};
use paydesk_domain::id::CustomerId;

use super::RowError;
use super::customer::TaxExemptRow;

#[derive(Encode, Decode)]
pub(super) struct CollectionRow<'b> {
    #[b(0)]
    buyer: BuyerRow<'b>,
    #[b(1)]
    details: DetailsRow<'b>,
    #[b(2)]
    page: PageRow<'b>,
    #[b(3)]
    methods: Option<MethodsRow<'b>>,
    #[b(4)]
    outcome: Option<OutcomeRow<'b>>,
}

#[derive(Encode, Decode)]
enum BuyerRow<'b> {
    #[n(0)]
    Guest {
        #[b(0)]
        creation: &'b str,
    },
    #[n(1)]
    Customer {
        #[b(0)]
        id: &'b str,
        #[b(1)]
        email: Option<&'b str>,
        #[n(2)]
        tax_exempt: TaxExemptRow,
        #[n(3)]
        updates_address: bool,
        #[n(4)]
        updates_name: bool,
        #[n(5)]
        updates_shipping: bool,
    },
}

impl<'b> CollectionRow<'b> {
    /// What a session collects, unless nothing was said of it.
    pub(super) fn of(session: &'b CheckoutSession) -> Option<Self> {
        let collection = &session.collection;
        (*collection != Collection::unsaid(session.mode)).then(|| Self::from(collection))
    }

    pub(super) fn into_collection(self) -> Result<Collection, RowError> {
        Ok(Collection {
            buyer: self.buyer.into_buyer()?,
            details: self.details.into_details()?,
            page: self.page.into_page()?,
            methods: self.methods.map(MethodsRow::into_methods).transpose()?.unwrap_or_default(),
            outcome: self.outcome.map(OutcomeRow::into_outcome).transpose()?.unwrap_or_default(),
        })
    }
}

impl<'b> From<&'b Collection> for CollectionRow<'b> {
    fn from(collection: &'b Collection) -> Self {
        let Collection { buyer, details, page, methods, outcome } = collection;
        Self {
            buyer: buyer.into(),
            details: details.into(),
            page: page.into(),
            methods: (*methods != PaymentMethods::default()).then(|| methods.into()),
            outcome: (*outcome != Outcome::default()).then(|| outcome.into()),
        }
    }
}

impl<'b> From<&'b Buyer> for BuyerRow<'b> {
    fn from(buyer: &'b Buyer) -> Self {
        match buyer {
            Buyer::Guest { creation } => Self::Guest { creation: creation.as_str() },
            Buyer::Customer(KnownCustomer { id, email, tax_exempt, update }) => Self::Customer {
                id: id.as_str(),
                email: email.as_deref(),
                tax_exempt: (*tax_exempt).into(),
                updates_address: update.address,
                updates_name: update.name,
                updates_shipping: update.shipping,
            },
        }
    }
}

impl BuyerRow<'_> {
    fn into_buyer(self) -> Result<Buyer, RowError> {
        Ok(match self {
            Self::Guest { creation } => {
                Buyer::Guest { creation: known(creation, CustomerCreation::from_word)? }
            }
            Self::Customer {
                id,
                email,
                tax_exempt,
                updates_address,
                updates_name,
                updates_shipping,
            } => Buyer::Customer(KnownCustomer {
                id: CustomerId::from(id),
                email: email.map(str::to_owned),
                tax_exempt: tax_exempt.into(),
                update: CustomerUpdate {
                    address: updates_address,
                    name: updates_name,
                    shipping: updates_shipping,
                },
            }),
        })
    }
}

/// What a word of a row stands for.
fn known<T>(word: &str, find: impl FnOnce(&str) -> Option<T>) -> Result<T, RowError> {
    find(word).ok_or_else(|| RowError(format!("unknown word {word:?}")))
}

/// What a word of a row stands for, where there is one.
fn known_if_any<T>(
    word: Option<&str>,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, RowError> {
    word.map(|word| known(word, find)).transpose()
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}
