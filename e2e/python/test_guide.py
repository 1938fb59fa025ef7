"""The guide with the Python client: the shop's server decides the cart while the customer checks out."""

import stripe
from cart import add_price, change_cart, ids_of, inline, open_cart, receipt, revision_of


def test_a_month_is_swapped_for_a_year_on_the_same_line(client):
    monthly = add_price(client, "Coffee club", 1900, recurring={"interval": "month"})
    yearly = add_price(client, "Coffee club", 19000, recurring={"interval": "year"})
    session = open_cart(client, [{"price": monthly, "quantity": 1}], mode="subscription")
    assert session.permissions.update_line_items == "server_only"
    assert session.amount_total == 1900

    updated = change_cart(client, session.id, [{"id": ids_of(session)[0], "price": yearly}])

    assert updated.amount_total == 19000
    assert ids_of(updated) == ids_of(session)


def test_a_month_is_swapped_for_a_year_by_a_new_line(client):
    monthly = add_price(client, "Coffee club", 1900, recurring={"interval": "month"})
    yearly = add_price(client, "Coffee club", 19000, recurring={"interval": "year"})
    session = open_cart(client, [{"price": monthly, "quantity": 1}], mode="subscription")

    updated = change_cart(client, session.id, [{"price": yearly, "quantity": 1}])

    assert receipt(updated) == ["1 Coffee club 19000"]
    assert ids_of(updated) != ids_of(session)


def test_one_update_keeps_changes_adds_removes_and_reorders_lines(client):
    session = open_cart(client, [inline("Espresso", 350), inline("Beans", 1490, 2), inline("Mug", 2200)])
    espresso, beans, mug = ids_of(session)
    tea = add_price(client, "Tea", 420)

    updated = change_cart(
        client,
        session.id,
        [
            {"id": mug},
            {"id": espresso, "quantity": 3},
            {"price": tea, "quantity": 2},
            inline("Gift wrap", 500),
        ],
    )

    assert receipt(updated) == ["1 Mug 2200", "3 Espresso 1050", "2 Tea 840", "1 Gift wrap 500"]
    assert updated.amount_total == 4590
    assert ids_of(updated)[:2] == [mug, espresso]
    assert len({espresso, beans, mug, *ids_of(updated)}) == 5


def test_metadata_of_a_line_is_merged_key_by_key(client):
    session = open_cart(client, [{**inline("Latte", 450), "metadata": {"size": "small", "milk": "oat"}}])

    updated = change_cart(client, session.id, [{"id": ids_of(session)[0], "metadata": {"size": "large", "milk": ""}}])

    assert updated.line_items.data[0].metadata.to_dict() == {"size": "large"}


def test_the_client_pages_through_a_long_cart_by_itself(client):
    names = [f"Cup {n}" for n in range(25)]
    session = open_cart(client, [inline(name, 100) for name in names])

    first = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 10})

    assert first.has_more
    assert [line.description for line in first.auto_paging_iter()] == names


def test_the_same_request_with_the_same_key_happens_once(client):
    params = {"mode": "payment", "success_url": "https://shop.example/ok", "line_items": [inline("Espresso", 350)]}
    options: stripe.RequestOptions = {"idempotency_key": "order-1"}

    first = client.v1.checkout.sessions.create(params, options)
    second = client.v1.checkout.sessions.create(params, options)

    assert second.id == first.id
    assert second.last_response.headers["idempotent-replayed"] == "true"
    assert second.last_response.body == first.last_response.body


def test_the_revision_counts_what_a_customer_can_see(client):
    session = open_cart(client, [inline("Espresso", 350)])
    line = {"id": ids_of(session)[0]}

    doubled = change_cart(client, session.id, [{**line, "quantity": 2}])
    noted = client.v1.checkout.sessions.update(session.id, {"metadata": {"table": "7"}})

    assert revision_of(doubled) == revision_of(session) + 1
    assert revision_of(noted) == revision_of(doubled)


def test_an_expired_session_tells_it_by_an_event(client):
    session = open_cart(client, [inline("Espresso", 350)])

    assert client.v1.checkout.sessions.expire(session.id).status == "expired"

    events = client.v1.events.list({"type": "checkout.session.expired"})
    assert [event.data.object.id for event in events.data] == [session.id]
