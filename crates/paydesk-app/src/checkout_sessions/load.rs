//! Reading what a decision on a session needs.

use paydesk_domain::catalog::{InlinePrice, InlineProductChoice};
use paydesk_domain::checkout_session::PriceChoice;
use paydesk_domain::id::{CheckoutSessionId, PriceId, ProductId};
use paydesk_store::Cart;

use crate::app::App;
use crate::call::Call;
use crate::error::AppError;

/// The Prices and Products that a request names.
#[derive(Default)]
pub(super) struct Named {
    pub(super) prices: Vec<PriceId>,
    pub(super) products: Vec<ProductId>,
}

impl Named {
    /// What the lines of a request name.
    pub(super) fn by<'a>(choices: impl Iterator<Item = &'a PriceChoice>) -> Self {
        let mut named = Self::default();
        for choice in choices {
            match choice {
                PriceChoice::Existing(price) => named.prices.push(price.clone()),
                PriceChoice::Inline(InlinePrice {
                    product: InlineProductChoice::Existing(product),
                    ..
                }) => named.products.push(product.clone()),
                PriceChoice::Inline(InlinePrice {
                    product: InlineProductChoice::New(_),
                    ..
                }) => {}
            }
        }
        named
    }
}

impl App {
    /// A session with what its lines and a request name, as it is now: what is due was recorded
    /// first, so that a decision finds only states that are written down.
    pub(super) async fn load_for_change(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        named: &Named,
    ) -> Result<Cart, AppError> {
        let cart = self.load_cart(call, id, named).await?;
        let now = call.now(self);
        if cart.session.value.record_expiry(now).is_none() {
            return Ok(cart);
        }
        self.record_expiry(&call.sandbox, id, now).await?;
        self.load_cart(call, id, named).await
    }

    /// A session with what its lines and a request name, as it is stored.
    pub(super) async fn load_cart(
        &self,
        call: &Call,
        id: &CheckoutSessionId,
        named: &Named,
    ) -> Result<Cart, AppError> {
        let sandbox = call.sandbox_id();
        let found = self
            .store
            .load_cart(sandbox, id, &named.prices, &named.products)
            .await?;
        found.ok_or_else(|| AppError::NotFound {
            object: "checkout.session",
            id: id.to_string(),
        })
    }
}
