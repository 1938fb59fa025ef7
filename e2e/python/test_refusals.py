"""What is refused, as exceptions of the Python client."""

import pytest
import stripe
from cart import change_cart, ids_of, inline, open_cart, revision_of


@pytest.fixture
def session(client):
    """An open cart of one espresso."""
    return open_cart(client, [inline("Espresso", 350)])


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        ({"id": "li_unknown"}, "resource_missing", "line_items[0][id]"),
        ({"price": "price_unknown", "quantity": 1}, "resource_missing", "line_items[0][price]"),
        ({**inline("Tea", 420), "quantity": 0}, "parameter_invalid_integer", "line_items[0][quantity]"),
        ({**inline("Tea", 420), "colour": "green"}, "parameter_unknown", "line_items[0][colour]"),
    ],
)
def test_a_bad_line_is_refused_by_code_and_parameter_and_changes_nothing(client, session, change, code, param):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        change_cart(client, session.id, [change])

    assert (refusal.value.http_status, refusal.value.code, refusal.value.param) == (400, code, param)
    assert revision_of(client.v1.checkout.sessions.retrieve(session.id)) == revision_of(session)


def test_an_empty_cart_is_refused(client, session):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.update(session.id, {"line_items": ""})

    assert (refusal.value.code, refusal.value.param) == ("parameter_invalid_empty", "line_items")


def test_an_expired_session_refuses_a_new_cart(client, session):
    client.v1.checkout.sessions.expire(session.id)

    with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
        change_cart(client, session.id, [{"id": ids_of(session)[0], "quantity": 2}])


def test_a_session_that_does_not_exist_is_not_found(client):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.checkout.sessions.retrieve("cs_test_unknown")

    assert (refusal.value.http_status, refusal.value.code, refusal.value.param) == (404, "resource_missing", "session")


def test_a_stale_update_is_refused(client, session):
    line = {"id": ids_of(session)[0]}
    change_cart(client, session.id, [{**line, "quantity": 2}])

    with pytest.raises(stripe.APIError) as refusal:
        change_cart(client, session.id, [line], headers={"If-Match": str(revision_of(session))})

    assert refusal.value.http_status == 412


def test_one_key_with_other_parameters_is_refused(client):
    hosted = {"mode": "payment", "success_url": "https://shop.example/ok"}
    options: stripe.RequestOptions = {"idempotency_key": "order-1"}
    client.v1.checkout.sessions.create({**hosted, "line_items": [inline("Espresso", 350)]}, options)

    with pytest.raises(stripe.IdempotencyError):
        client.v1.checkout.sessions.create({**hosted, "line_items": [inline("Latte", 450)]}, options)


def test_a_key_that_nobody_made_is_refused(client_of):
    with pytest.raises(stripe.AuthenticationError):
        client_of("sk_live_nobody_made_this").v1.checkout.sessions.list()


def test_a_publishable_key_cannot_change_a_cart(client_of, key, session):
    browser = client_of(key.replace("sk_", "pk_", 1))

    with pytest.raises(stripe.PermissionError) as refusal:
        change_cart(browser, session.id, [inline("Espresso", 1)])

    # This exception keeps the code in its error object only.
    assert (refusal.value.http_status, refusal.value.error.code) == (403, "secret_key_required")
