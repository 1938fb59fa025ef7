//! What a session asks of its buyer, inside its row.

use minicbor::{Decode, Encode};
use paydesk_domain::checkout_session::{
    AskedDetails, AskedName, AskedText, BillingAddressCollection, ConsentCollection, CustomAnswer,
    CustomField, DropdownOption, NameCollection, PromotionsConsent, ReuseAgreementPosition,
    ShippingCountry, TaxIdCollection, TaxIdRequired, TermsOfServiceConsent,
};

use super::super::RowError;
use super::{known, known_if_any, owned};

#[derive(Encode, Decode)]
pub(super) struct DetailsRow<'b> {
    #[b(0)]
    billing_address: Option<&'b str>,
    #[b(1)]
    consent: Option<ConsentRow<'b>>,
    #[b(2)]
    custom_fields: Vec<CustomFieldRow<'b>>,
    #[n(3)]
    names: Option<NamesRow>,
    #[n(4)]
    phone_number: bool,
    #[b(5)]
    shipping_countries: Option<Vec<&'b str>>,
    #[b(6)]
    tax_ids: Option<TaxIdsRow<'b>>,
}

#[derive(Encode, Decode)]
struct ConsentRow<'b> {
    #[b(0)]
    reuse_agreement: Option<&'b str>,
    #[b(1)]
    promotions: Option<&'b str>,
    #[b(2)]
    terms_of_service: Option<&'b str>,
}

#[derive(Encode, Decode)]
struct CustomFieldRow<'b> {
    #[b(0)]
    key: &'b str,
    #[b(1)]
    label: &'b str,
    #[n(2)]
    optional: bool,
    #[b(3)]
    answer: AnswerRow<'b>,
}

#[derive(Encode, Decode)]
enum AnswerRow<'b> {
    #[n(0)]
    Dropdown {
        /// Labels with their values.
        #[b(0)]
        options: Vec<(&'b str, &'b str)>,
        #[b(1)]
        default_value: Option<&'b str>,
    },
    #[n(1)]
    Numeric(#[b(0)] TextRow<'b>),
    #[n(2)]
    Text(#[b(0)] TextRow<'b>),
}

#[derive(Encode, Decode)]
struct TextRow<'b> {
    #[b(0)]
    default_value: Option<&'b str>,
    #[n(1)]
    minimum_length: Option<u16>,
    #[n(2)]
    maximum_length: Option<u16>,
}

#[derive(Encode, Decode)]
struct NamesRow {
    #[n(0)]
    business: Option<NameRow>,
    #[n(1)]
    individual: Option<NameRow>,
}

#[derive(Encode, Decode)]
struct NameRow {
    #[n(0)]
    enabled: bool,
    #[n(1)]
    optional: bool,
}

#[derive(Encode, Decode)]
struct TaxIdsRow<'b> {
    #[n(0)]
    enabled: bool,
    #[b(1)]
    required: Option<&'b str>,
}

impl<'b> From<&'b AskedDetails> for DetailsRow<'b> {
    fn from(details: &'b AskedDetails) -> Self {
        let codes = |countries: &Vec<ShippingCountry>| {
            countries.iter().map(|country| country.code()).collect()
        };
        Self {
            billing_address: details.billing_address.map(BillingAddressCollection::as_str),
            consent: details.consent.map(ConsentRow::from),
            custom_fields: details.custom_fields.iter().map(CustomFieldRow::from).collect(),
            names: details.names.map(NamesRow::from),
            phone_number: details.phone_number,
            shipping_countries: details.shipping_countries.as_ref().map(codes),
            tax_ids: details.tax_ids.map(|tax_ids| TaxIdsRow {
                enabled: tax_ids.enabled,
                required: tax_ids.required.map(TaxIdRequired::as_str),
            }),
        }
    }
}

impl DetailsRow<'_> {
    pub(super) fn into_details(self) -> Result<AskedDetails, RowError> {
        let custom_fields = self.custom_fields.into_iter().map(CustomFieldRow::into_field);
        let countries = |codes: Vec<&str>| {
            codes.into_iter().map(|code| known(code, ShippingCountry::from_code)).collect()
        };
        let tax_ids = |row: TaxIdsRow<'_>| {
            let required = known_if_any(row.required, TaxIdRequired::from_word)?;
            Ok(TaxIdCollection { enabled: row.enabled, required })
        };
        Ok(AskedDetails {
            billing_address: known_if_any(
                self.billing_address,
                BillingAddressCollection::from_word,
            )?,
            consent: self.consent.map(ConsentRow::into_consent).transpose()?,
            custom_fields: custom_fields.collect(),
            names: self.names.map(NameCollection::from),
            phone_number: self.phone_number,
            shipping_countries: self.shipping_countries.map(countries).transpose()?,
            tax_ids: self.tax_ids.map(tax_ids).transpose()?,
        })
    }
}

impl From<ConsentCollection> for ConsentRow<'_> {
    fn from(consent: ConsentCollection) -> Self {
        Self {
            reuse_agreement: consent.reuse_agreement.map(ReuseAgreementPosition::as_str),
            promotions: consent.promotions.map(PromotionsConsent::as_str),
            terms_of_service: consent.terms_of_service.map(TermsOfServiceConsent::as_str),
        }
    }
}

impl ConsentRow<'_> {
    fn into_consent(self) -> Result<ConsentCollection, RowError> {
        Ok(ConsentCollection {
            reuse_agreement: known_if_any(self.reuse_agreement, ReuseAgreementPosition::from_word)?,
            promotions: known_if_any(self.promotions, PromotionsConsent::from_word)?,
            terms_of_service: known_if_any(
                self.terms_of_service,
                TermsOfServiceConsent::from_word,
            )?,
        })
    }
}

impl<'b> From<&'b CustomField> for CustomFieldRow<'b> {
    fn from(field: &'b CustomField) -> Self {
        let option = |option: &'b DropdownOption| (option.label.as_str(), option.value.as_str());
        Self {
            key: &field.key,
            label: &field.label,
            optional: field.optional,
            answer: match &field.answer {
                CustomAnswer::Dropdown { options, default_value } => AnswerRow::Dropdown {
                    options: options.iter().map(option).collect(),
                    default_value: default_value.as_deref(),
                },
                CustomAnswer::Numeric(text) => AnswerRow::Numeric(text.into()),
                CustomAnswer::Text(text) => AnswerRow::Text(text.into()),
            },
        }
    }
}

impl CustomFieldRow<'_> {
    fn into_field(self) -> CustomField {
        let option = |(label, value): (&str, &str)| DropdownOption {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        CustomField {
            key: self.key.to_owned(),
            label: self.label.to_owned(),
            optional: self.optional,
            answer: match self.answer {
                AnswerRow::Dropdown { options, default_value } => CustomAnswer::Dropdown {
                    options: options.into_iter().map(option).collect(),
                    default_value: owned(default_value),
                },
                AnswerRow::Numeric(text) => CustomAnswer::Numeric(text.into()),
                AnswerRow::Text(text) => CustomAnswer::Text(text.into()),
            },
        }
    }
}

impl<'b> From<&'b AskedText> for TextRow<'b> {
    fn from(text: &'b AskedText) -> Self {
        Self {
            default_value: text.default_value.as_deref(),
            minimum_length: text.minimum_length,
            maximum_length: text.maximum_length,
        }
    }
}

impl From<TextRow<'_>> for AskedText {
    fn from(row: TextRow<'_>) -> Self {
        Self {
            default_value: owned(row.default_value),
            minimum_length: row.minimum_length,
            maximum_length: row.maximum_length,
        }
    }
}

impl From<NameCollection> for NamesRow {
    fn from(names: NameCollection) -> Self {
        let row = |AskedName { enabled, optional }| NameRow { enabled, optional };
        Self { business: names.business.map(row), individual: names.individual.map(row) }
    }
}

impl From<NamesRow> for NameCollection {
    fn from(row: NamesRow) -> Self {
        let name = |NameRow { enabled, optional }| AskedName { enabled, optional };
        Self { business: row.business.map(name), individual: row.individual.map(name) }
    }
}
