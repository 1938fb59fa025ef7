//! `2026-09-30.endive`: `tax_details` of a Product, which objects gained too
//! ([`TAX_DETAILS`](super::fields_added::TAX_DETAILS)).

use super::known_parameters::KnownParameter;
use super::version::date;
use crate::operation::Operation;

const INTRODUCED: u32 = date(2026, 9, 30);

const fn tax_details(operation: Operation, name: &'static str) -> KnownParameter {
    let is_known = |version: &super::ApiVersion| version.date() >= INTRODUCED;
    KnownParameter { introduced: INTRODUCED, operation, name, is_known }
}

pub(super) const ON_CREATE: KnownParameter = tax_details(Operation::CreateProduct, "tax_details");
pub(super) const ON_UPDATE: KnownParameter = tax_details(Operation::UpdateProduct, "tax_details");
pub(super) const WITH_A_PRICE: KnownParameter =
    tax_details(Operation::CreatePrice, "product_data.tax_details");

#[cfg(test)]
mod tests {
    use super::super::ApiVersion;
    use super::*;

    #[test]
    fn products_are_taxed_in_detail_from_endive_on() {
        let unknown = |version: &str, operation, body: &[u8]| {
            let mut params = crate::form::parse(body).unwrap();
            let version = ApiVersion::parse(version).unwrap().version;
            super::super::upgrade_request(operation, &mut params, &version)
        };
        let (create, price) = (Operation::CreateProduct, Operation::CreatePrice);
        let (own, inside) = (b"tax_details[tax_code]=a", b"product_data[tax_details][tax_code]=a");
        assert_eq!(unknown("2026-08-26.dahlia", create, own), ["tax_details"]);
        assert_eq!(unknown("2026-08-26.dahlia", Operation::UpdateProduct, own), ["tax_details"]);
        assert_eq!(unknown("2026-08-26.dahlia", price, inside), ["product_data[tax_details]"]);
        assert!(unknown("2026-09-30.endive", create, own).is_empty());
        assert!(unknown("2026-09-30.endive", price, inside).is_empty());
    }
}
