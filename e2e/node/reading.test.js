// @ts-check
// Reading sessions and long carts: pages, expansion and filters.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { inline, linesOf, openCart } from './support/cart.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** Twenty-five different lines, so that an order can be told from them. */
const longCart = Array.from({ length: 25 }, (_, n) => inline(`Cup ${n + 1}`, 100 + n));
const names = longCart.map((line) => line.price_data?.product_data?.name);

test('a long cart is read page by page, in the order of the cart', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, longCart);

  const first = await stripe.checkout.sessions.listLineItems(session.id, { limit: 10 });
  assert.equal(first.data.length, 10);
  assert.equal(first.has_more, true);
  assert.equal(first.url, `/v1/checkout/sessions/${session.id}/line_items`);

  const last = await stripe.checkout.sessions.listLineItems(session.id, {
    limit: 10,
    starting_after: /** @type {string} */ (first.data.at(-1)?.id),
  });
  assert.deepEqual(last.data.map((line) => line.description), names.slice(10, 20));

  const before = await stripe.checkout.sessions.listLineItems(session.id, {
    limit: 5,
    ending_before: last.data[0].id,
  });
  assert.deepEqual(before.data.map((line) => line.description), names.slice(5, 10));
});

test('the client pages through a long cart by itself', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, longCart);

  const all = await stripe.checkout.sessions.listLineItems(session.id, { limit: 10 }).autoPagingToArray({ limit: 100 });

  assert.deepEqual(all.map((line) => line.description), names);
  assert.equal(all.reduce((sum, line) => sum + line.amount_total, 0), session.amount_total);
});

test('an expanded session carries the first ten lines and says that there are more', async () => {
  const { stripe } = openSandbox(server);
  const { id } = await openCart(stripe, longCart);

  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] });

  assert.deepEqual(linesOf(session).map((line) => line.description), names.slice(0, 10));
  assert.equal(session.line_items?.has_more, true);
});

test("a line's product is an id unless it is expanded", async () => {
  const { stripe } = openSandbox(server);
  const { id } = await openCart(stripe, [inline('Espresso', 350)]);

  const plain = await stripe.checkout.sessions.listLineItems(id);
  assert.match(String(plain.data[0].price?.product), /^prod_/);

  const expanded = await stripe.checkout.sessions.listLineItems(id, { expand: ['data.price.product'] });
  const product = expanded.data[0].price?.product;
  assert.ok(product && typeof product === 'object' && !product.deleted);
  assert.equal(product.name, 'Espresso');
});

test('sessions are listed newest first and can be filtered by their status', async () => {
  const { stripe } = openSandbox(server);
  const first = await openCart(stripe, [inline('Espresso', 350)]);
  const second = await openCart(stripe, [inline('Latte', 450)]);
  const third = await openCart(stripe, [inline('Mocha', 480)]);
  await stripe.checkout.sessions.expire(second.id);

  const all = await stripe.checkout.sessions.list();
  assert.deepEqual(all.data.map((session) => session.id), [third.id, second.id, first.id]);

  const open = await stripe.checkout.sessions.list({ status: 'open' });
  assert.deepEqual(open.data.map((session) => session.id), [third.id, first.id]);
});
