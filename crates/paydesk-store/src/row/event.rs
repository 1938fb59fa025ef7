//! The row of an Event: the object as it was then, in the same compact form as its own row.

use minicbor::{Decode, Encode};
use paydesk_domain::event::{Event, EventData, EventRequest};
use paydesk_domain::id::{CustomerId, EventId, Ordinal};
use paydesk_domain::time::Timestamp;

use super::RowError;
use super::catalog::{PriceRow, ProductRow};
use super::checkout_session::SessionRow;
use super::coupon::CouponRow;
use super::customer::{CustomerRow, TaxIdRow};
use super::promotion_code::PromotionCodeRow;
use super::tax_rate::TaxRateRow;
use crate::error::StoreError;

#[derive(Encode, Decode)]
struct EventRow<'b> {
    #[b(0)]
    id: &'b str,
    #[n(1)]
    ordinal: u64,
    #[n(2)]
    created: i64,
    #[b(3)]
    data: DataRow<'b>,
    #[b(4)]
    api_version: Option<&'b str>,
    #[b(5)]
    request_id: Option<&'b str>,
    #[b(6)]
    idempotency_key: Option<&'b str>,
}

#[derive(Encode, Decode)]
enum DataRow<'b> {
    #[n(0)]
    ProductCreated(#[b(0)] ProductRow<'b>),
    #[n(1)]
    ProductUpdated(#[b(0)] ProductRow<'b>, #[b(1)] ProductRow<'b>),
    #[n(2)]
    PriceCreated(#[b(0)] PriceRow<'b>),
    #[n(3)]
    PriceUpdated(#[b(0)] PriceRow<'b>, #[b(1)] PriceRow<'b>),
    #[n(4)]
    CheckoutSessionExpired(#[b(0)] SessionRow<'b>),
    #[n(5)]
    CouponCreated(#[b(0)] CouponRow<'b>),
    #[n(6)]
    CouponUpdated(#[b(0)] CouponRow<'b>, #[b(1)] CouponRow<'b>),
    #[n(7)]
    CouponDeleted(#[b(0)] CouponRow<'b>),
    #[n(8)]
    ProductDeleted(#[b(0)] ProductRow<'b>),
    #[n(9)]
    CustomerCreated(#[b(0)] CustomerRow<'b>),
    #[n(10)]
    CustomerUpdated(#[b(0)] CustomerRow<'b>, #[b(1)] CustomerRow<'b>),
    #[n(11)]
    CustomerDeleted(#[b(0)] CustomerRow<'b>),
    #[n(12)]
    CustomerTaxIdCreated(#[b(0)] &'b str, #[b(1)] TaxIdRow<'b>),
    #[n(13)]
    CustomerTaxIdDeleted(#[b(0)] &'b str, #[b(1)] TaxIdRow<'b>),
    #[n(14)]
    TaxRateCreated(#[b(0)] TaxRateRow<'b>),
    #[n(15)]
    TaxRateUpdated(#[b(0)] TaxRateRow<'b>, #[b(1)] TaxRateRow<'b>),
    #[n(16)]
    PromotionCodeCreated(#[b(0)] PromotionCodeRow<'b>, #[b(1)] CouponRow<'b>),
    #[n(17)]
    PromotionCodeUpdated(
        #[b(0)] PromotionCodeRow<'b>,
        #[b(1)] PromotionCodeRow<'b>,
        #[b(2)] CouponRow<'b>,
    ),
}

/// An Event as bytes.
#[must_use]
pub fn encode_event(event: &Event) -> Vec<u8> {
    let request = event.request.as_ref();
    super::encode(&EventRow {
        id: event.id.as_str(),
        ordinal: event.ordinal.get(),
        created: event.created.as_seconds(),
        data: DataRow::from(&event.data),
        api_version: event.api_version.as_deref(),
        request_id: request.map(|request| request.id.as_str()),
        idempotency_key: request.and_then(|request| request.idempotency_key.as_deref()),
    })
}

/// An Event from its bytes.
///
/// # Errors
/// [`StoreError::Inconsistent`].
pub fn decode_event(bytes: &[u8]) -> Result<Event, StoreError> {
    let row: EventRow<'_> = super::decode(bytes).map_err(|error| error.in_table("events", ""))?;
    let id = row.id;
    let data = row.data.into_data().map_err(|error| error.in_table("events", id))?;
    Ok(Event {
        id: EventId::from(id),
        ordinal: Ordinal::new(row.ordinal),
        created: Timestamp::from_seconds(row.created),
        data,
        api_version: row.api_version.map(str::to_owned),
        request: row.request_id.map(|request_id| EventRequest {
            id: request_id.to_owned(),
            idempotency_key: row.idempotency_key.map(str::to_owned),
        }),
    })
}

impl<'b> From<&'b EventData> for DataRow<'b> {
    fn from(data: &'b EventData) -> Self {
        match data {
            EventData::ProductCreated(product) => Self::ProductCreated(product.into()),
            EventData::ProductUpdated { product, previous } => {
                Self::ProductUpdated(product.into(), previous.into())
            }
            EventData::ProductDeleted(product) => Self::ProductDeleted(product.into()),
            EventData::PriceCreated(price) => Self::PriceCreated(price.into()),
            EventData::PriceUpdated { price, previous } => {
                Self::PriceUpdated(price.into(), previous.into())
            }
            EventData::CouponCreated(coupon) => Self::CouponCreated(coupon.into()),
            EventData::CouponUpdated { coupon, previous } => {
                Self::CouponUpdated(coupon.into(), previous.into())
            }
            EventData::CouponDeleted(coupon) => Self::CouponDeleted(coupon.into()),
            EventData::TaxRateCreated(tax_rate) => Self::TaxRateCreated(tax_rate.into()),
            EventData::TaxRateUpdated { tax_rate, previous } => {
                Self::TaxRateUpdated(tax_rate.into(), previous.into())
            }
            EventData::PromotionCodeCreated { promotion_code, coupon } => {
                Self::PromotionCodeCreated(promotion_code.as_ref().into(), coupon.as_ref().into())
            }
            EventData::PromotionCodeUpdated { promotion_code, previous, coupon } => {
                Self::PromotionCodeUpdated(
                    promotion_code.as_ref().into(),
                    previous.as_ref().into(),
                    coupon.as_ref().into(),
                )
            }
            EventData::CheckoutSessionExpired(session) => {
                Self::CheckoutSessionExpired(session.as_ref().into())
            }
            EventData::CustomerCreated(customer) => Self::CustomerCreated(customer.as_ref().into()),
            EventData::CustomerUpdated { customer, previous } => {
                Self::CustomerUpdated(customer.as_ref().into(), previous.as_ref().into())
            }
            EventData::CustomerDeleted(customer) => Self::CustomerDeleted(customer.as_ref().into()),
            EventData::CustomerTaxIdCreated { customer, tax_id } => {
                Self::CustomerTaxIdCreated(customer.as_str(), tax_id.into())
            }
            EventData::CustomerTaxIdDeleted { customer, tax_id } => {
                Self::CustomerTaxIdDeleted(customer.as_str(), tax_id.into())
            }
        }
    }
}

impl DataRow<'_> {
    fn into_data(self) -> Result<EventData, RowError> {
        Ok(match self {
            Self::ProductCreated(product) => EventData::ProductCreated(product.into_product()),
            Self::ProductUpdated(product, previous) => EventData::ProductUpdated {
                product: product.into_product(),
                previous: previous.into_product(),
            },
            Self::ProductDeleted(product) => EventData::ProductDeleted(product.into_product()),
            Self::PriceCreated(price) => EventData::PriceCreated(price.into_price()?),
            Self::PriceUpdated(price, previous) => EventData::PriceUpdated {
                price: price.into_price()?,
                previous: previous.into_price()?,
            },
            Self::CouponCreated(coupon) => EventData::CouponCreated(coupon.into_coupon()?),
            Self::CouponUpdated(coupon, previous) => EventData::CouponUpdated {
                coupon: coupon.into_coupon()?,
                previous: previous.into_coupon()?,
            },
            Self::CouponDeleted(coupon) => EventData::CouponDeleted(coupon.into_coupon()?),
            Self::TaxRateCreated(tax_rate) => EventData::TaxRateCreated(tax_rate.into_tax_rate()?),
            Self::TaxRateUpdated(tax_rate, previous) => EventData::TaxRateUpdated {
                tax_rate: tax_rate.into_tax_rate()?,
                previous: previous.into_tax_rate()?,
            },
            Self::PromotionCodeCreated(promotion_code, coupon) => EventData::PromotionCodeCreated {
                promotion_code: Box::new(promotion_code.into_promotion_code()?),
                coupon: Box::new(coupon.into_coupon()?),
            },
            Self::PromotionCodeUpdated(promotion_code, previous, coupon) => {
                EventData::PromotionCodeUpdated {
                    promotion_code: Box::new(promotion_code.into_promotion_code()?),
                    previous: Box::new(previous.into_promotion_code()?),
                    coupon: Box::new(coupon.into_coupon()?),
                }
            }
            Self::CheckoutSessionExpired(session) => {
                EventData::CheckoutSessionExpired(Box::new(session.into_session()?))
            }
            Self::CustomerCreated(customer) => {
                EventData::CustomerCreated(Box::new(customer.into_customer()?))
            }
            Self::CustomerUpdated(customer, previous) => EventData::CustomerUpdated {
                customer: Box::new(customer.into_customer()?),
                previous: Box::new(previous.into_customer()?),
            },
            Self::CustomerDeleted(customer) => {
                EventData::CustomerDeleted(Box::new(customer.into_customer()?))
            }
            Self::CustomerTaxIdCreated(customer, tax_id) => EventData::CustomerTaxIdCreated {
                customer: CustomerId::from(customer),
                tax_id: tax_id.into_tax_id()?,
            },
            Self::CustomerTaxIdDeleted(customer, tax_id) => EventData::CustomerTaxIdDeleted {
                customer: CustomerId::from(customer),
                tax_id: tax_id.into_tax_id()?,
            },
        })
    }
}
