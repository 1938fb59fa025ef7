"""Customers with the Python client."""

import pytest
import stripe


def test_a_customer_is_made_changed_found_and_deleted(client):
    customers = client.v1.customers
    made = customers.create({"email": "ada@example.com", "name": "Ada", "metadata": {"table": "7"}})
    changed = customers.update(made.id, {"name": "Ada L.", "email": ""})
    assert (changed.name, changed.email) == ("Ada L.", None)
    assert [customer.id for customer in customers.list().data] == [made.id]

    found = customers.search({"query": "name~'ada' AND metadata['table']:'7'"})
    assert [customer.id for customer in found.data] == [made.id]

    assert customers.delete(made.id).deleted is True
    assert customers.retrieve(made.id).deleted is True
    assert customers.list().data == []
    with pytest.raises(stripe.InvalidRequestError) as refused:
        customers.update(made.id, {"name": "Ada"})
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_a_customer_has_tax_ids(client):
    customer = client.v1.customers.create({"tax_id_data": [{"type": "eu_vat", "value": "EL123456789"}]})
    tax_ids = client.v1.customers.tax_ids
    (tax_id,) = tax_ids.list(customer.id).data
    assert tax_id.country == "GR"
    assert tax_ids.delete(customer.id, tax_id.id).deleted is True
    assert tax_ids.list(customer.id).data == []
