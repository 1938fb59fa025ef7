"""Carts of a small coffee shop: opening one, changing one, and reading it as a shopkeeper would."""


def inline(name, cents, quantity=1):
    """A line made on the spot, without a price in the catalog."""
    return {
        "price_data": {"currency": "usd", "unit_amount": cents, "product_data": {"name": name}},
        "quantity": quantity,
    }


def add_price(client, name, cents, **more):
    """Creates a product with one price in US dollars and answers the price's id."""
    params = {"currency": "usd", "unit_amount": cents, "product_data": {"name": name}, **more}
    return client.v1.prices.create(params).id


def open_cart(client, lines, **more):
    """Opens a session whose cart only the shop's server may change."""
    params = {
        "mode": "payment",
        "ui_mode": "elements",
        "return_url": "https://shop.example/done",
        "permissions": {"update_line_items": "server_only"},
        "line_items": lines,
        "expand": ["line_items"],
        **more,
    }
    return client.v1.checkout.sessions.create(params)


def change_cart(client, session_id, lines, **options):
    """Sends the whole cart anew and answers the session with its lines."""
    params = {"line_items": lines, "expand": ["line_items"]}
    return client.v1.checkout.sessions.update(session_id, params, options)


def ids_of(session):
    """The ids of an expanded session's lines, in order."""
    return [line.id for line in session.line_items.data]


def receipt(session):
    """A cart as text, one line per row: quantity, name and amount."""
    return [f"{line.quantity} {line.description} {line.amount_total}" for line in session.line_items.data]


def revision_of(answer):
    """The revision that came with an answer."""
    return int(answer.last_response.headers["paydesk-revision"])
