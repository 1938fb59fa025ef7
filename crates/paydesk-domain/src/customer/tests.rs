//! The rules of customers, one by one.

use super::*;
use crate::event::EventData;
use crate::id::tests::CountingIds;
use crate::id::{ObjectId, TaxIdId};
use crate::metadata::MetadataChange;
use crate::patch::Patch;

const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

fn set(text: &str) -> Patch<String> {
    Patch::Set(text.to_owned())
}

fn create(fields: UpdateCustomer) -> Customer {
    let create = CreateCustomer { fields, tax_ids: Vec::new() };
    create.decide(NOW, &mut CountingIds::default()).unwrap().customer
}

fn in_country(code: &str) -> Address {
    Address { country: Country::from_code(code), ..Address::default() }
}

fn vat(value: &str) -> CreateTaxId {
    CreateTaxId { kind: TaxIdType::from_name("eu_vat").unwrap(), value: value.to_owned() }
}

#[test]
fn nothing_needs_to_be_known_of_a_customer() {
    let customer = create(UpdateCustomer::default());
    assert_eq!(customer.details, CustomerDetails::default());
    assert_eq!(customer.tax, CustomerTax::default());
    assert_eq!((customer.balance, customer.invoice_settings.next_sequence), (0, 1));
}

#[test]
fn an_update_keeps_what_it_does_not_name() {
    let before = create(UpdateCustomer {
        name: set("Jenny"),
        email: set("jenny@example.com"),
        invoice_settings: UpdateInvoiceSettings { footer: set("Thanks"), ..Default::default() },
        tax_exempt: Patch::Set(TaxExempt::Reverse),
        ..UpdateCustomer::default()
    });
    let update = UpdateCustomer { email: Patch::Unset, ..UpdateCustomer::default() };
    let decision = update.decide(&before).unwrap();
    let details = CustomerDetails { email: None, ..before.details.clone() };
    let expected = Customer { details, ..before.clone() };
    assert_eq!(decision.customer, expected);
    let told =
        EventData::CustomerUpdated { customer: Box::new(expected), previous: Box::new(before) };
    assert_eq!(decision.events, [told]);
}

#[test]
fn an_update_that_changes_nothing_tells_nothing() {
    let before = create(UpdateCustomer { name: set("Jenny"), ..UpdateCustomer::default() });
    let update = UpdateCustomer { name: set("Jenny"), ..UpdateCustomer::default() };
    let decision = update.decide(&before).unwrap();
    assert_eq!((decision.customer, decision.events), (before, Vec::new()));
}

#[test]
fn an_address_is_replaced_as_a_whole() {
    let line = Address { line1: Some("High Street 1".to_owned()), ..in_country("GB") };
    let before = create(UpdateCustomer { address: Patch::Set(line), ..UpdateCustomer::default() });
    let address = Patch::Set(in_country("IE"));
    let update = UpdateCustomer { address, ..UpdateCustomer::default() };
    let after = update.decide(&before).unwrap().customer;
    assert_eq!(after.details.address, Some(in_country("IE")));
}

#[test]
fn goods_are_taxed_where_they_are_sent_to_else_where_the_bill_is() {
    let shipping = |code| {
        Patch::Set(Shipping { name: "Jenny".to_owned(), phone: None, address: in_country(code) })
    };
    let address = |code| Patch::Set(in_country(code));
    let located = |fields: UpdateCustomer| {
        let customer = create(fields);
        customer.tax_location().map(|location| (location.country.code(), location.source))
    };
    let nowhere = UpdateCustomer::default;
    assert_eq!(located(nowhere()), None);
    let billed = UpdateCustomer { address: address("DE"), ..nowhere() };
    assert_eq!(located(billed.clone()), Some(("DE", TaxLocationSource::BillingAddress)));
    let sent = UpdateCustomer { shipping: shipping("FR"), ..billed.clone() };
    assert_eq!(located(sent), Some(("FR", TaxLocationSource::ShippingDestination)));
    let sent_somewhere = UpdateCustomer { shipping: shipping("?"), ..billed };
    assert_eq!(located(sent_somewhere), Some(("DE", TaxLocationSource::BillingAddress)));
}

#[test]
fn a_location_that_must_be_known_is_checked_after_the_change() {
    let must = UpdateCustomer { must_have_tax_location: true, ..UpdateCustomer::default() };
    let customer = create(UpdateCustomer::default());
    assert_eq!(must.clone().decide(&customer), Err(CustomerRefusal::TaxLocationUnknown));
    let with_address = UpdateCustomer { address: Patch::Set(in_country("DE")), ..must };
    assert!(with_address.decide(&customer).is_ok());
}

#[test]
fn metadata_is_merged_and_bounded() {
    let merge = |key: &str, value: &str| {
        Some(MetadataChange::Merge(vec![(key.to_owned(), Some(value.to_owned()))]))
    };
    let before = create(UpdateCustomer { metadata: merge("a", "1"), ..UpdateCustomer::default() });
    let update = UpdateCustomer { metadata: merge("b", "2"), ..UpdateCustomer::default() };
    let after = update.decide(&before).unwrap().customer;
    assert_eq!(after.metadata.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    let long = UpdateCustomer { metadata: merge(&"k".repeat(41), "1"), ..Default::default() };
    assert!(matches!(long.decide(&before), Err(CustomerRefusal::Metadata(_))));
}

#[test]
fn tax_ids_come_and_go_with_events_of_their_own() {
    let ids = &mut CountingIds::default();
    let with_one = CreateCustomer { tax_ids: vec![vat("DE123456789")], ..Default::default() };
    let decision = with_one.decide(NOW, ids).unwrap();
    let types: Vec<_> = decision.events.iter().map(EventData::type_name).collect();
    assert_eq!(types, ["customer.created", "customer.tax_id.created"]);

    let added = vat("FR00123456789").decide(decision.customer, NOW, ids).unwrap();
    assert_eq!(added.event.type_name(), "customer.tax_id.created");
    assert_eq!(added.customer.tax_id(&added.tax_id.id), Some(&added.tax_id));

    let removed = added.customer.without_tax_id(&added.tax_id.id).unwrap();
    assert_eq!(removed.event.type_name(), "customer.tax_id.deleted");
    assert_eq!(removed.tax_id, added.tax_id);
    assert_eq!(removed.customer.tax.ids.len(), 1);
    let nothing = TaxIdId::from_text("txi_x".to_owned());
    assert_eq!(removed.customer.without_tax_id(&nothing), None);
}

#[test]
fn a_bad_tax_id_is_named_by_its_place_and_there_are_not_too_many() {
    let ids = &mut CountingIds::default();
    let kind = TaxIdType::from_name("eu_vat").unwrap();
    let invalid = |index| CustomerRefusal::TaxIdInvalid { index, kind, value: "?".to_owned() };
    let tax_ids = vec![vat("DE123456789"), vat("?")];
    let create = CreateCustomer { tax_ids, ..Default::default() };
    assert_eq!(create.decide(NOW, ids), Err(invalid(Some(1))));

    let full = CreateCustomer { tax_ids: vec![vat("DE1"); TAX_IDS_MAX], ..Default::default() };
    let full = full.decide(NOW, ids).unwrap().customer;
    assert_eq!(vat("?").decide(full.clone(), NOW, ids), Err(invalid(None)));
    let too_many = CustomerRefusal::TooManyTaxIds(TAX_IDS_MAX + 1);
    assert_eq!(vat("DE1").decide(full, NOW, ids), Err(too_many));
}

#[test]
fn nothing_but_its_place_remains_of_a_deleted_customer() {
    let customer = create(UpdateCustomer { name: set("Jenny"), ..UpdateCustomer::default() });
    let (deleted, event) = customer.clone().delete();
    let Customer { id, ordinal, created, .. } = customer.clone();
    assert_eq!(deleted, DeletedCustomer { id, ordinal, created });
    assert_eq!(event, EventData::CustomerDeleted(Box::new(customer)));
}
