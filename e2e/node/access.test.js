// @ts-check
// Keys: who may call, and that sandboxes do not see each other.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Stripe from 'stripe';

import { inline, openCart } from './support/cart.js';
import { refused } from './support/refusal.js';
import { clientOf, openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a key that nobody made is refused, and all but its ends are starred', async () => {
  const error = await refused(clientOf(server, 'sk_live_nobody_made_this_1234').checkout.sessions.list(), {
    as: Stripe.errors.StripeAuthenticationError,
    status: 401,
    message: /^Invalid API Key provided: sk_live_\*+1234/,
  });
  assert.doesNotMatch(error.message, /nobody/);
});

test('a call without a key says how to send one', async () => {
  const answer = await fetch(new URL('/v1/checkout/sessions', server.url));

  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm=/);
  const { error } = await answer.json();
  assert.equal(error.type, 'invalid_request_error');
  assert.match(error.message, /You did not provide an API key/);
});

test('a key may be sent as the user name of basic authentication', async () => {
  const { key } = openSandbox(server);

  const answer = await fetch(new URL('/v1/checkout/sessions', server.url), {
    headers: { Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  });

  assert.equal(answer.status, 200);
});

test('a publishable key cannot do what needs the secret one', async () => {
  const { stripe, publishableKey } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const browser = clientOf(server, publishableKey);
  const forbidden = { as: Stripe.errors.StripePermissionError, status: 403, code: 'secret_key_required' };

  await refused(browser.checkout.sessions.update(session.id, { line_items: [inline('Espresso', 1)] }), forbidden);
  await refused(browser.checkout.sessions.list(), forbidden);
});

test('two keys are two worlds', async () => {
  const here = openSandbox(server).stripe;
  const there = openSandbox(server).stripe;
  const session = await openCart(here, [inline('Espresso', 350)]);
  const price = await here.prices.create({
    currency: 'usd',
    unit_amount: 420,
    lookup_key: 'tea',
    product_data: { name: 'Tea' },
  });

  await refused(there.checkout.sessions.retrieve(session.id), {
    status: 404,
    code: 'resource_missing',
    param: 'session',
  });
  await refused(openCart(there, [{ price: price.id, quantity: 1 }]), {
    code: 'resource_missing',
    param: 'line_items[0][price]',
  });
  assert.deepEqual((await there.checkout.sessions.list()).data, []);
  assert.deepEqual((await there.prices.list({ lookup_keys: ['tea'] })).data, []);
});
