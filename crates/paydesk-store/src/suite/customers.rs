//! Customers: with every field, listed, deleted, and what remains of them.

use std::sync::Arc;

use paydesk_domain::address::{Address, Country};
use paydesk_domain::customer::{
    AmountTaxDisplay, CreateCustomer, CreateTaxId, CustomField, Customer, CustomerDetails,
    InvoicePrefix, InvoiceSettings, Shipping, TaxExempt, TaxIdType, UpdateCustomer,
};
use paydesk_domain::event::EventData;
use paydesk_domain::id::CustomerId;
use paydesk_domain::patch::Patch;
use paydesk_domain::sandbox::SandboxClock;
use paydesk_domain::search::{
    Clause, Condition, Folded, Joined, SearchQuery, SearchValue, Subject,
};

use super::list_filters::{seconds, which};
use super::lists::{all, walk};
use super::objects::{Maker, NOW, metadata};
use super::revisions::{assert_moved, commit_at_once};
use super::shop::Shop;
use crate::changeset::{Changeset, Delete, Record, RowVersion};
use crate::query::{CreatedRange, CustomerFilter, SearchRequest};
use crate::store::{Perishable, Store, Stored};

pub(super) async fn a_customer_with_every_field_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let full = full_customer(&mut shop.make);
    let invoice_settings = InvoiceSettings {
        amount_tax_display: Some(AmountTaxDisplay::ExcludeTax),
        ..full.invoice_settings.clone()
    };
    let mut other = Customer { invoice_settings, ..full_customer(&mut shop.make) };
    other.tax.exempt = TaxExempt::Reverse;
    other.tax.ip_address = "192.0.2.7".parse().ok();
    other.balance = i64::MIN;
    for customer in [bare_customer(&mut shop.make), full, other] {
        insert(&shop, &customer).await;
        let found = store.find_customer(shop.sandbox, &customer.id).await;
        assert_eq!(found, Ok(Some(Stored { value: customer, version: RowVersion::FIRST })));
    }
    let nobody = CustomerId::from("cus_none");
    assert_eq!(store.find_customer(shop.sandbox, &nobody).await, Ok(None));
    assert_eq!(store.find_deleted_customer(shop.sandbox, &nobody).await, Ok(None));
}

pub(super) async fn an_event_of_every_type_about_customers_comes_back_as_it_was<S: Store>(
    store: &Arc<S>,
) {
    let mut shop = Shop::new(store);
    let customer = full_customer(&mut shop.make);
    let (id, tax_id) = (customer.id.clone(), customer.tax.ids[0].clone());
    let happened = [
        EventData::CustomerCreated(Box::new(customer.clone())),
        EventData::CustomerUpdated {
            customer: Box::new(customer.clone()),
            previous: Box::new(bare_customer(&mut shop.make)),
        },
        EventData::CustomerDeleted(Box::new(customer)),
        EventData::CustomerTaxIdCreated { customer: id.clone(), tax_id: tax_id.clone() },
        EventData::CustomerTaxIdDeleted { customer: id, tax_id },
    ];
    for data in happened {
        let event = shop.saved_event(data).await;
        let found = store.find_event(shop.sandbox, &event.id).await;
        assert_eq!(found, Ok(Some(event)));
    }
}

pub(super) async fn customers_are_filtered_by_email_and_creation<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut made = Vec::new();
    for (second, email) in [(0, ""), (1, "jenny@example.com"), (2, "jenny@example.com")] {
        shop.make.now = NOW.plus_seconds(second);
        let customer = bare_customer(&mut shop.make);
        made.push(with_email(customer, email));
    }
    for customer in &made {
        insert(&shop, customer).await;
    }
    let listed = async |email: Option<&str>, created| {
        let filter = CustomerFilter { email: email.map(str::to_owned), created };
        let list = store.list_customers(shop.sandbox, &filter, all()).await.unwrap().data;
        which(&made, |customer| list.iter().any(|listed| listed.id == customer.id))
    };
    let ever = CreatedRange::default();
    let jenny = Some("jenny@example.com");
    assert_eq!(listed(None, ever).await, [0, 1, 2]);
    assert_eq!(listed(jenny, ever).await, [1, 2]);
    assert_eq!(listed(Some("Jenny@example.com"), ever).await, [0_usize; 0]);
    assert_eq!(listed(None, seconds(Some(1), None)).await, [1, 2]);
    assert_eq!(listed(jenny, seconds(None, Some(1))).await, [1]);

    let moved = with_email(made[1].clone(), "joe@example.com");
    shop.replace(Record::Customer(Box::new(moved)), RowVersion::FIRST).await.unwrap();
    assert_eq!(listed(jenny, ever).await, [2]);
    assert_eq!(listed(Some("joe@example.com"), ever).await, [1]);
}

pub(super) async fn a_search_finds_the_customers_it_matches<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let mut made = Vec::new();
    for email in ["jenny@example.com", "joe@example.com", "", "jenny@example.org"] {
        let customer = with_email(bare_customer(&mut shop.make), email);
        insert(&shop, &customer).await;
        made.push(customer);
    }
    store.commit(deletion(&shop, &made[0])).await.unwrap();
    let query = SearchQuery {
        joined: Joined::All,
        clauses: vec![Clause {
            is_negated: false,
            subject: Subject::Field(|customer: &Customer| {
                SearchValue::text(customer.details.email.as_deref())
            }),
            condition: Condition::Contains(Folded::new("JENNY")),
        }],
    };
    let request = SearchRequest { limit: 10, after: None, counts: true };
    let found = store.search_customers(shop.sandbox, &query, request).await.unwrap();
    assert_eq!((found.page.data, found.total_count), (vec![made.remove(3)], Some(1)));
    let other = shop.in_sandbox(8);
    let found = store.search_customers(other.sandbox, &query, request).await.unwrap();
    assert_eq!(found.total_count, Some(0));
}

pub(super) async fn a_list_of_customers_has_pages<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for _ in 0..4 {
        let customer = bare_customer(&mut shop.make);
        insert(&shop, &customer).await;
    }
    let filter = CustomerFilter::default();
    let list = async |page| store.list_customers(shop.sandbox, &filter, page).await.unwrap();
    walk(list, |customer| (customer.created, customer.ordinal)).await;
}

pub(super) async fn of_a_deleted_customer_its_place_remains<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let customer = full_customer(&mut shop.make);
    let kept = full_customer(&mut shop.make);
    insert(&shop, &customer).await;
    insert(&shop, &kept).await;
    store.commit(deletion(&shop, &customer)).await.unwrap();

    assert_eq!(store.find_customer(shop.sandbox, &customer.id).await, Ok(None));
    let (deleted, _) = customer.clone().delete();
    let found = store.find_deleted_customer(shop.sandbox, &customer.id).await;
    assert_eq!(found, Ok(Some(deleted)));
    assert_eq!(store.find_deleted_customer(shop.sandbox, &kept.id).await, Ok(None));
    let filter = CustomerFilter::default();
    let listed = store.list_customers(shop.sandbox, &filter, all()).await;
    assert_eq!(listed.unwrap().data, [kept]);
    assert_moved(&store.commit(deletion(&shop, &customer)).await);
}

pub(super) async fn a_customer_is_changed_or_deleted_but_not_both<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    for _round in 0..32 {
        let customer = bare_customer(&mut shop.make);
        insert(&shop, &customer).await;
        let mut changed = shop.changeset();
        let named = with_email(customer.clone(), "jenny@example.com");
        changed.replace(Record::Customer(Box::new(named)), RowVersion::FIRST);
        let outcomes = commit_at_once(store, vec![changed, deletion(&shop, &customer)]).await;

        let is_there = store.find_customer(shop.sandbox, &customer.id).await.unwrap().is_some();
        let was_deleted = store.find_deleted_customer(shop.sandbox, &customer.id).await;
        assert_eq!(is_there, was_deleted.unwrap().is_none(), "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }
}

pub(super) async fn no_sandbox_sees_the_customers_of_another<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let customer = full_customer(&mut shop.make);
    let gone = full_customer(&mut shop.make);
    insert(&shop, &customer).await;
    insert(&shop, &gone).await;
    store.commit(deletion(&shop, &gone)).await.unwrap();

    let other = shop.in_sandbox(8);
    assert_eq!(store.find_customer(other.sandbox, &customer.id).await, Ok(None));
    assert_eq!(store.find_deleted_customer(other.sandbox, &gone.id).await, Ok(None));
    let filter = CustomerFilter::default();
    let listed = store.list_customers(other.sandbox, &filter, all()).await;
    assert_eq!(listed.unwrap().data, []);
    assert_moved(&store.commit(deletion(&other, &customer)).await);
    let record = Record::Customer(Box::new(customer));
    assert_moved(&other.replace(record, RowVersion::FIRST).await);
}

pub(super) async fn the_last_ordinal_may_be_a_customers<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let customer = bare_customer(&mut shop.make);
    insert(&shop, &customer).await;
    assert_eq!(store.last_ordinal().await, Ok(Some(customer.ordinal)));
    store.commit(deletion(&shop, &customer)).await.unwrap();
    assert_eq!(store.last_ordinal().await, Ok(Some(customer.ordinal)));
}

pub(super) async fn customers_of_a_closed_sandbox_are_forgotten<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let sandbox = shop.open_sandbox(SandboxClock::REAL).await;
    let customer = full_customer(&mut shop.make);
    let gone = full_customer(&mut shop.make);
    insert(&shop, &customer).await;
    insert(&shop, &gone).await;
    assert_eq!(store.has_object(sandbox.id, customer.id.as_str()).await, Ok(true));
    store.commit(deletion(&shop, &gone)).await.unwrap();

    let mut closing = shop.changeset();
    let (id, read_at) = (sandbox.id, RowVersion::FIRST);
    closing.deletes.push(Delete::Sandbox { id, read_at, successor: None, closed: NOW });
    store.commit(closing).await.unwrap();
    let before = NOW.plus_seconds(1);
    assert_eq!(store.prune(Perishable::ClosedSandboxes, before, 10).await, Ok(2));
    assert_eq!(store.find_customer(id, &customer.id).await, Ok(None));
    assert_eq!(store.find_deleted_customer(id, &gone.id).await, Ok(None));
}

async fn insert<S: Store>(shop: &Shop<'_, S>, customer: &Customer) {
    shop.insert(Record::Customer(Box::new(customer.clone()))).await.unwrap();
}

fn deletion<S: Store>(shop: &Shop<'_, S>, customer: &Customer) -> Changeset {
    let mut changeset = shop.changeset();
    let (deleted, _) = customer.clone().delete();
    changeset.insert(Record::DeletedCustomer(deleted));
    let read_at = RowVersion::FIRST;
    changeset.deletes.push(Delete::Customer { id: customer.id.clone(), read_at });
    changeset
}

fn with_email(customer: Customer, email: &str) -> Customer {
    let email = (!email.is_empty()).then(|| email.to_owned());
    Customer { details: CustomerDetails { email, ..customer.details.clone() }, ..customer }
}

/// A customer of whom nothing is known.
pub(super) fn bare_customer(make: &mut Maker) -> Customer {
    CreateCustomer::default().decide(make.now, &mut make.ids).unwrap().customer
}

/// A customer with something in every field.
pub(super) fn full_customer(make: &mut Maker) -> Customer {
    let some = |text: &str| Some(text.to_owned());
    let tax_id = |kind: &str, value: &str| CreateTaxId {
        kind: TaxIdType::from_name(kind).unwrap(),
        value: value.to_owned(),
    };
    let create = CreateCustomer {
        fields: UpdateCustomer {
            metadata: Some(metadata()),
            tax_exempt: Patch::Set(TaxExempt::Exempt),
            ip_address: Patch::Set("2001:db8::7".parse().unwrap()),
            ..UpdateCustomer::default()
        },
        tax_ids: vec![tax_id("eu_vat", "DE123456789"), tax_id("us_ein", "12-3456789")],
    };
    let customer = create.decide(make.now, &mut make.ids).unwrap().customer;
    let address = Address {
        city: some("Köln"),
        country: Country::from_code("DE"),
        line1: some("Hohe Straße 1"),
        line2: some("3. Stock"),
        postal_code: some("50667"),
        state: some("NW"),
    };
    Customer {
        details: CustomerDetails {
            address: Some(address.clone()),
            business_name: some("Teehaus GmbH"),
            description: some("Pays late"),
            email: some("jenny@example.com"),
            individual_name: some("Jenny Rosen"),
            name: some("Teehaus"),
            phone: some("+49 221 1234"),
            preferred_locales: vec!["de".to_owned(), "en-GB".to_owned()],
            shipping: Some(Shipping { name: "Lager".to_owned(), phone: some("110"), address }),
        },
        balance: -500,
        invoice_settings: InvoiceSettings {
            prefix: InvoicePrefix::from_text("TEA").unwrap(),
            next_sequence: 17,
            custom_fields: vec![CustomField { name: "PO".to_owned(), value: "1".to_owned() }],
            footer: some("Thank you"),
            amount_tax_display: Some(AmountTaxDisplay::IncludeInclusiveTax),
        },
        ..customer
    }
}
