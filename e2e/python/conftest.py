"""Fixtures: one server for the whole run, and a sandbox of its own for every test."""

import uuid

import pytest
import stripe
from paydesk_server import running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of the server under test."""
    with running_server(tmp_path_factory.mktemp("paydesk")) as address:
        yield address


@pytest.fixture
def client_of(server):
    """The official client on a given key. It does not retry, so that a test sees each answer."""

    def make(key: str) -> stripe.StripeClient:
        return stripe.StripeClient(key, base_addresses={"api": server}, max_network_retries=0)

    return make


@pytest.fixture
def key():
    """A secret key that nobody else uses: it opens an empty sandbox."""
    return f"sk_test_e2e_{uuid.uuid4().hex}"


@pytest.fixture
def client(client_of, key):
    """The official client on a sandbox of its own."""
    return client_of(key)
