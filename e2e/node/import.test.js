// @ts-check
// A catalog with given ids: what the client's lists return, taken into another sandbox.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { openCart, receipt } from './support/cart.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

/** @import { Sandbox } from './support/sandbox.js' */

const server = await startServer();
after(() => server.stop());

test('what the lists of one sandbox return fills another with the same ids', async () => {
  const from = openSandbox(server);
  const to = openSandbox(server);
  await stock(from);
  const lists = {
    products: await from.stripe.products.list(),
    prices: await from.stripe.prices.list(),
    coupons: await from.stripe.coupons.list({ expand: ['data.applies_to', 'data.currency_options'] }),
    webhook_endpoints: (await from.stripe.webhookEndpoints.list()).data,
  };

  const report = await importInto(to, lists);
  assert.deepEqual([report.made, report.changed, report.kept], [7, 0, 0]);
  const again = await importInto(to, lists);
  assert.deepEqual([again.made, again.changed, again.kept], [0, 0, 7]);

  assert.deepEqual(await to.stripe.products.list(), lists.products);
  assert.deepEqual(await to.stripe.prices.list(), lists.prices);
  const cart = await openCart(to.stripe, [{ price: lists.prices.data[0].id, quantity: 30 }]);
  assert.deepEqual(receipt(cart), ['30 Sugar 375']);
});

test('a single list is a file, and so are the objects in it', async () => {
  const from = openSandbox(server);
  await stock(from);
  const prices = await from.stripe.prices.list({ expand: ['data.product'] });
  for (const file of [prices, prices.data, prices.data.map((price) => ({ ...price }))]) {
    const to = openSandbox(server);
    assert.equal((await importInto(to, file)).made, 4);
    assert.deepEqual(await to.stripe.prices.list({ expand: ['data.product'] }), prices);
  }
});

test('an export is taken back, with its secrets', async () => {
  const from = openSandbox(server);
  const to = openSandbox(server);
  await stock(from);
  const file = await exportOf(from);
  assert.match(file.webhook_endpoints[0].secret, /^whsec_/);

  assert.equal((await importInto(to, file)).made, 7);
  assert.deepEqual(await exportOf(to), file);
});

test('a file with a mistake is refused as a whole, each mistake with its place', async () => {
  const { stripe, key } = openSandbox(server);
  const file = {
    products: [{ id: 'prod_tea', name: 'Tea' }],
    prices: [
      { id: 'price_tea', product: 'prod_tea', currency: 'usd', unit_amount: 350 },
      { id: 'price_pot', product: 'prod_tee', currency: 'usd', unit_amount: 900 },
    ],
  };
  const answer = await send(key, file);
  assert.equal(answer.status, 400);
  const { error } = await answer.json();
  assert.equal(error.code, 'import_refused');
  assert.deepEqual(
    error.refused.map((/** @type {{ param: string }} */ { param }) => param),
    ['prices[1][product]'],
  );
  assert.deepEqual((await stripe.products.list()).data, []);
});

/**
 * Something of every kind that is imported.
 * @param {Sandbox} sandbox
 */
async function stock({ stripe }) {
  const beans = await stripe.products.create({
    name: 'Beans',
    default_price_data: { currency: 'usd', unit_amount: 1490 },
    metadata: { origin: 'Huila' },
  });
  await stripe.prices.create({ product_data: { name: 'Sugar' }, currency: 'usd', unit_amount_decimal: offDecimal('12.5') });
  await stripe.coupons.create({ id: 'SPRING', percent_off: 12.5, applies_to: { products: [beans.id] } });
  await stripe.coupons.create({ amount_off: 500, currency: 'usd', currency_options: { eur: { amount_off: 450 } } });
  await stripe.webhookEndpoints.create({ url: 'https://shop.example/hooks', enabled_events: ['*'] });
}

/**
 * The client takes decimals as text too, which its types leave out.
 * @param {string} text
 * @returns {any}
 */
function offDecimal(text) {
  return text;
}

/**
 * @param {Sandbox} sandbox
 * @param {unknown} file
 */
async function importInto({ key }, file) {
  const answer = await send(key, file);
  const body = await answer.text();
  assert.equal(answer.status, 200, body);
  return JSON.parse(body);
}

/**
 * @param {string} key
 * @param {unknown} file
 */
function send(key, file) {
  return fetch(new URL('/paydesk/v1/import', server.url), {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(file),
  });
}

/** @param {Sandbox} sandbox */
async function exportOf({ key }) {
  const answer = await fetch(new URL('/paydesk/v1/export?include=secrets', server.url), {
    headers: { Authorization: `Bearer ${key}` },
  });
  return answer.json();
}
