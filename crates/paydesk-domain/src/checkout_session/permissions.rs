//! Who may change a session: the buyer's browser or the shop's server.

/// Who may make a kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The browser, with the publishable key: Stripe's `client_only`.
    ClientOnly,
    /// The shop's server, with the secret key: Stripe's `server_only`.
    ServerOnly,
}

/// How a request spelled its permissions, so that the answer can spell them the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionGeneration {
    /// `permissions[update][line_items]`
    Nested,
    /// `permissions[update_line_items]`
    Flat,
}

/// What the shop said about who may change what; what it left out is not said. Mirrors Stripe's
/// `permissions`, preview fields included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// How they were spelled.
    pub generation: PermissionGeneration,
    /// Who may change lines.
    pub update_line_items: Option<Actor>,
    /// Who may set the shipping address.
    pub update_shipping_details: Option<Actor>,
    /// Who may change discounts.
    pub update_discounts: Option<Actor>,
}
