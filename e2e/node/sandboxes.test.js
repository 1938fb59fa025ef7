// @ts-check
// What a test suite asks of its sandbox: what it was asked for, whether it is idle, an empty one in its place.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { inline, openCart } from './support/cart.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

/** @import { Stripe } from 'stripe' */

const server = await startServer();
after(() => server.stop());

/**
 * One of Paydesk's own endpoints through the official client.
 * @param {Stripe} stripe
 * @param {'GET' | 'POST' | 'DELETE'} method
 * @param {string} path
 * @param {Record<string, unknown>} [params]
 * @returns {Promise<any>}
 */
function ask(stripe, method, path, params) {
  return stripe.rawRequest(method, `/paydesk/v1/${path}`, params);
}

test('a test sees what its shop asked for, without secrets', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const { data } = await ask(stripe, 'GET', 'requests?method=POST&path=/v1/checkout/sessions');
  assert.equal(data.length, 1);
  const [request] = data;
  assert.equal(request.status, 200);
  assert.equal(request.response.id, session.id);
  assert.equal(request.params.line_items[0].price_data.product_data.name, 'Espresso');
  assert.match(request.idempotency_key, /^stripe-node-retry-/);
  assert.doesNotMatch(JSON.stringify(data), /_secret_[A-Za-z0-9]/);
});

test('a sandbox is idle once what its clock made due is done', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  await ask(stripe, 'POST', 'clock', { advance: 86_400 });
  assert.equal((await ask(stripe, 'GET', 'idle?timeout=30')).idle, true);
  const { data } = await stripe.events.list({ type: 'checkout.session.expired' });
  assert.deepEqual(data.map((event) => /** @type {any} */ (event.data.object).id), [session.id]);
});

test('a reset sandbox is empty, and a restart does not bring back what was in it', async () => {
  let running = await startServer();
  const { stripe, key } = openSandbox(running);
  await openCart(stripe, [inline('Espresso', 350)]);
  const before = await ask(stripe, 'GET', 'sandboxes/current');
  const after = await ask(stripe, 'POST', 'sandboxes/current/reset');
  assert.equal(after.id, before.id);
  assert.deepEqual((await stripe.products.list()).data, []);

  running = await running.crash();
  const products = await fetch(new URL('/v1/products', running.url), {
    headers: { Authorization: `Bearer ${key}` },
  });
  assert.deepEqual((await products.json()).data, []);
  await running.stop();
});

test('a deleted sandbox is listed no more', async () => {
  const { stripe } = openSandbox(server);
  const { id } = await ask(stripe, 'GET', 'sandboxes/current');
  const other = openSandbox(server).stripe;
  const ids = async () => (await ask(other, 'GET', 'sandboxes?limit=100')).data.map((/** @type {any} */ sandbox) => sandbox.id);
  assert.ok((await ids()).includes(id));
  assert.equal((await ask(stripe, 'DELETE', 'sandboxes/current')).deleted, true);
  assert.ok(!(await ids()).includes(id));
});
