//! What the page asks of the buyer.

use super::custom_field::CustomField;
use super::shipping_country::ShippingCountry;
use super::words::words;

/// What the page asks of the buyer, as far as the shop said.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AskedDetails {
    /// `billing_address_collection`
    pub billing_address: Option<BillingAddressCollection>,
    /// `consent_collection`
    pub consent: Option<ConsentCollection>,
    /// `custom_fields`: questions of the shop's own, at most three.
    pub custom_fields: Vec<CustomField>,
    /// `name_collection`
    pub names: Option<NameCollection>,
    /// `phone_number_collection[enabled]`
    pub phone_number: bool,
    /// `shipping_address_collection[allowed_countries]`; none where no address is asked for.
    pub shipping_countries: Option<Vec<ShippingCountry>>,
    /// `tax_id_collection`
    pub tax_ids: Option<TaxIdCollection>,
}

words! {
    /// When the page asks for a billing address. Mirrors `billing_address_collection`.
    BillingAddressCollection {
        /// Where the payment or the tax needs it.
        Auto = "auto",
        /// Always.
        Required = "required",
    }
}

/// What the page asks the buyer to agree to. Mirrors `consent_collection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ConsentCollection {
    /// `payment_method_reuse_agreement[position]`
    pub reuse_agreement: Option<ReuseAgreementPosition>,
    /// `promotions`
    pub promotions: Option<PromotionsConsent>,
    /// `terms_of_service`
    pub terms_of_service: Option<TermsOfServiceConsent>,
}

words! {
    /// Where the page says that the payment method is kept. Mirrors
    /// `payment_method_reuse_agreement[position]`.
    ReuseAgreementPosition {
        /// Where it usually does.
        Auto = "auto",
        /// Nowhere: the shop says it elsewhere.
        Hidden = "hidden",
    }
}

words! {
    /// Whether the page asks to send promotions. Mirrors `consent_collection[promotions]`.
    PromotionsConsent {
        /// Where the buyer's country wants to be asked.
        Auto = "auto",
        /// No.
        None = "none",
    }
}

words! {
    /// Whether the buyer has to accept terms. Mirrors `consent_collection[terms_of_service]`.
    TermsOfServiceConsent {
        /// No.
        None = "none",
        /// Yes, before paying.
        Required = "required",
    }
}

/// Which names the page asks for. Mirrors `name_collection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct NameCollection {
    /// That of a business.
    pub business: Option<AskedName>,
    /// That of a person.
    pub individual: Option<AskedName>,
}

/// Whether the page asks for a name, and whether the buyer may leave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedName {
    /// Whether it is asked for.
    pub enabled: bool,
    /// Whether the buyer may leave it out.
    pub optional: bool,
}

/// Whether the page asks for tax ids. Mirrors `tax_id_collection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxIdCollection {
    /// Whether it asks for them.
    pub enabled: bool,
    /// Whether the buyer must have one; `never` where the shop did not say.
    pub required: Option<TaxIdRequired>,
}

words! {
    /// Whether a buyer must have a tax id. Mirrors `tax_id_collection[required]`.
    TaxIdRequired {
        /// In the countries whose tax ids Stripe knows.
        IfSupported = "if_supported",
        /// No.
        Never = "never",
    }
}
