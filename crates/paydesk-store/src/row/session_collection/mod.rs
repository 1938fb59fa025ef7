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
    AdjustableQuantity, Buyer, CheckoutSession, Collection, CustomerCreation, CustomerUpdate,
    KnownCustomer, OptionalItem, Outcome, PaymentMethods, Quantity,
};
use paydesk_domain::id::{CustomerId, PriceId};

use super::RowError;
use super::checkout_session::AdjustableRow;
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
    #[b(5)]
    optional_items: Option<Vec<OptionalItemRow<'b>>>,
}

#[derive(Encode, Decode)]
struct OptionalItemRow<'b> {
    #[b(0)]
    price: &'b str,
    #[n(1)]
    quantity: u64,
    #[n(2)]
    adjustable_quantity: Option<AdjustableRow>,
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
        let collection = &*session.collection;
        (*collection != Collection::unsaid(session.mode)).then(|| Self::from(collection))
    }

    pub(super) fn into_collection(self) -> Result<Collection, RowError> {
        let optional_items = self.optional_items.into_iter().flatten();
        Ok(Collection {
            buyer: self.buyer.into_buyer()?,
            details: self.details.into_details()?,
            page: self.page.into_page()?,
            methods: self.methods.map(MethodsRow::into_methods).transpose()?.unwrap_or_default(),
            outcome: self.outcome.map(OutcomeRow::into_outcome).transpose()?.unwrap_or_default(),
            optional_items: optional_items
                .map(OptionalItemRow::into_item)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl<'b> From<&'b Collection> for CollectionRow<'b> {
    fn from(collection: &'b Collection) -> Self {
        let Collection { buyer, details, page, methods, outcome, optional_items } = collection;
        let items = optional_items.iter().map(OptionalItemRow::from);
        Self {
            buyer: buyer.into(),
            details: details.into(),
            page: page.into(),
            methods: (*methods != PaymentMethods::default()).then(|| methods.into()),
            outcome: (*outcome != Outcome::default()).then(|| outcome.into()),
            optional_items: (!optional_items.is_empty()).then(|| items.collect()),
        }
    }
}

impl<'b> From<&'b OptionalItem> for OptionalItemRow<'b> {
    fn from(item: &'b OptionalItem) -> Self {
        Self {
            price: item.price.as_str(),
            quantity: item.quantity.get(),
            adjustable_quantity: item.adjustable_quantity.map(AdjustableRow::from),
        }
    }
}

impl OptionalItemRow<'_> {
    fn into_item(self) -> Result<OptionalItem, RowError> {
        Ok(OptionalItem {
            price: PriceId::from(self.price),
            quantity: Quantity::new(self.quantity)
                .ok_or_else(|| RowError("an optional item has quantity 0".to_owned()))?,
            adjustable_quantity: self.adjustable_quantity.map(AdjustableQuantity::from),
        })
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
