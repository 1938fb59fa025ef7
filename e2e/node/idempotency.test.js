// @ts-check
// A request sent twice with one idempotency key happens once.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Stripe from 'stripe';

import { changeCart, idsOf, inline, openCart, revisionOf } from './support/cart.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** @satisfies {Stripe.Checkout.SessionCreateParams} */
const order = { mode: 'payment', success_url: 'https://shop.example/thanks', line_items: [inline('Espresso', 350)] };

test('a session created twice with one key is created once', async () => {
  const { stripe } = openSandbox(server);
  const options = { idempotencyKey: 'order-1001' };

  const first = await stripe.checkout.sessions.create(order, options);
  const second = await stripe.checkout.sessions.create(order, options);

  assert.equal(second.id, first.id);
  assert.equal(first.lastResponse.headers['idempotent-replayed'], undefined);
  assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal(second.lastResponse.headers['original-request'], first.lastResponse.requestId);
  assert.equal((await stripe.checkout.sessions.list()).data.length, 1);
});

test('a replayed answer is the first one byte for byte, even when the cart has changed since', async () => {
  const { stripe, post } = openSandbox(server);
  const create = () =>
    post(
      '/v1/checkout/sessions',
      {
        mode: 'payment',
        success_url: 'https://shop.example/thanks',
        'line_items[0][price_data][currency]': 'usd',
        'line_items[0][price_data][unit_amount]': '350',
        'line_items[0][price_data][product_data][name]': 'Espresso',
        'line_items[0][quantity]': '1',
        'expand[0]': 'line_items',
      },
      { 'Idempotency-Key': 'order-1002' },
    );

  const first = await create();
  const firstBody = await first.text();
  const session = JSON.parse(firstBody);
  await changeCart(stripe, session.id, [{ id: session.line_items.data[0].id, quantity: 5 }]);
  const second = await create();

  assert.equal(first.status, 200);
  assert.equal(second.status, 200);
  assert.equal(await second.text(), firstBody);
  assert.equal(second.headers.get('idempotent-replayed'), 'true');
});

test('an update sent twice with one key changes the cart once', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const lines = [{ id: idsOf(session)[0] }, inline('Cookie', 250)];
  const options = { idempotencyKey: 'add-cookie' };

  const first = await changeCart(stripe, session.id, lines, options);
  const second = await changeCart(stripe, session.id, lines, options);

  assert.deepEqual(idsOf(second), idsOf(first), 'the cookie was not added anew');
  const read = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(revisionOf(read), revisionOf(session) + 1);
});

test('one key with other parameters is refused', async () => {
  const { stripe } = openSandbox(server);
  const options = { idempotencyKey: 'order-1003' };
  await stripe.checkout.sessions.create(order, options);

  await refused(stripe.checkout.sessions.create({ ...order, line_items: [inline('Latte', 450)] }, options), {
    as: Stripe.errors.StripeIdempotencyError,
    message: /same parameters/,
  });
});

test('a refused request leaves its key free for the corrected one', async () => {
  const { stripe } = openSandbox(server);
  const options = { idempotencyKey: 'order-1004' };

  await refused(stripe.checkout.sessions.create({ ...order, line_items: [inline('Espresso', 350, 0)] }, options), {
    code: 'parameter_invalid_integer',
  });

  const session = await stripe.checkout.sessions.create(order, options);
  assert.equal(session.amount_total, 350);
});

test('one key means nothing in another sandbox', async () => {
  const options = { idempotencyKey: 'order-1005' };

  const here = await openSandbox(server).stripe.checkout.sessions.create(order, options);
  const there = await openSandbox(server).stripe.checkout.sessions.create(order, options);

  assert.notEqual(here.id, there.id);
});
