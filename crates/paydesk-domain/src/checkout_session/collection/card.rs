//! How cards are charged.

use super::words::words;

/// How cards are charged, as far as the shop said. Mirrors `payment_method_options[card]`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CardOptions {
    /// `capture_method`, whose only word is `manual`: the money is reserved now and taken later.
    pub is_captured_manually: bool,
    /// `installments[enabled]`
    pub installments: Option<bool>,
    /// `request_extended_authorization`
    pub extended_authorization: Option<CardRequest>,
    /// `request_incremental_authorization`
    pub incremental_authorization: Option<CardRequest>,
    /// `request_multicapture`
    pub multicapture: Option<CardRequest>,
    /// `request_overcapture`
    pub overcapture: Option<CardRequest>,
    /// `request_three_d_secure`; `automatic` where the shop did not say.
    pub three_d_secure: Option<ThreeDSecureRequest>,
    /// `restrictions`
    pub restrictions: Option<CardRestrictions>,
    /// `setup_future_usage`
    pub setup_future_usage: Option<SetupFutureUsage>,
    /// `statement_descriptor_suffix_kana`, up to 22 characters.
    pub descriptor_suffix_kana: Option<String>,
    /// `statement_descriptor_suffix_kanji`, up to 17 characters.
    pub descriptor_suffix_kanji: Option<String>,
}

words! {
    /// Whether something is asked of the card's network.
    CardRequest {
        /// Where the network has it.
        IfAvailable = "if_available",
        /// No.
        Never = "never",
    }
}

words! {
    /// When the buyer is asked who they are. Mirrors `request_three_d_secure`.
    ThreeDSecureRequest {
        /// Wherever the card has it.
        Any = "any",
        /// Where a rule or a risk asks for it.
        Automatic = "automatic",
        /// Wherever the card has it, and by a question to the buyer.
        Challenge = "challenge",
    }
}

/// Cards that are not taken. Mirrors `restrictions`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CardRestrictions {
    /// `brands_blocked`
    pub brands: Option<Vec<CardBrand>>,
    /// `funding_types_blocked`
    pub funding_types: Option<Vec<CardFunding>>,
}

words! {
    /// A brand of cards.
    CardBrand {
        /// American Express.
        AmericanExpress = "american_express",
        /// Discover and those that go with it.
        DiscoverGlobalNetwork = "discover_global_network",
        /// Mastercard.
        Mastercard = "mastercard",
        /// Visa.
        Visa = "visa",
    }
}

words! {
    /// Where the money of a card comes from.
    CardFunding {
        /// It is lent.
        Credit = "credit",
        /// An account.
        Debit = "debit",
        /// It was paid before.
        Prepaid = "prepaid",
    }
}

words! {
    /// For which later payments the payment method is kept. Mirrors `setup_future_usage`.
    SetupFutureUsage {
        /// For those that the buyer need not be there for.
        OffSession = "off_session",
        /// For those that the buyer makes.
        OnSession = "on_session",
    }
}
