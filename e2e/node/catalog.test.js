// @ts-check
// Products and prices through the client: what a shop sets up before its first cart.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { addPrice, inline, openCart } from './support/cart.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a product can be made together with its default price', async () => {
  const { stripe } = openSandbox(server);

  const product = await stripe.products.create({
    name: 'Beans',
    description: '250 g, roasted on Monday',
    default_price_data: { currency: 'usd', unit_amount: 1490 },
    metadata: { origin: 'Huila' },
  });

  assert.match(product.id, /^prod_/);
  assert.equal(product.active, true);
  assert.deepEqual(product.metadata, { origin: 'Huila' });
  const read = await stripe.products.retrieve(product.id, { expand: ['default_price'] });
  const price = read.default_price;
  assert.ok(price && typeof price === 'object');
  assert.equal(price.id, product.default_price);
  assert.equal(price.unit_amount, 1490);
  assert.equal(String(price.unit_amount_decimal), '1490');
  assert.equal(price.product, product.id);
  assert.equal(price.type, 'one_time');
});

test('a price is found by its lookup key, and the key can move to a new price', async () => {
  const { stripe } = openSandbox(server);
  const product = await stripe.products.create({ name: 'Espresso' });
  const old = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 320,
    lookup_key: 'espresso',
  });
  await addPrice(stripe, 'Latte', 450, { lookup_key: 'latte' });

  const found = await stripe.prices.list({ lookup_keys: ['espresso'] });
  assert.deepEqual(found.data.map((price) => price.id), [old.id]);

  const next = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 350,
    lookup_key: 'espresso',
    transfer_lookup_key: true,
  });
  const moved = await stripe.prices.list({ lookup_keys: ['espresso'] });
  assert.deepEqual(moved.data.map((price) => price.id), [next.id]);
  assert.equal((await stripe.prices.retrieve(old.id)).lookup_key, null);
});

test('metadata of products and prices is merged key by key', async () => {
  const { stripe } = openSandbox(server);
  const product = await stripe.products.create({ name: 'Beans', metadata: { origin: 'Huila', shelf: '3' } });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1490 });

  const changed = await stripe.products.update(product.id, {
    name: 'Beans, dark',
    metadata: { shelf: '', roast: 'dark' },
  });
  assert.equal(changed.name, 'Beans, dark');
  assert.deepEqual(changed.metadata, { origin: 'Huila', roast: 'dark' });

  const priced = await stripe.prices.update(price.id, { nickname: 'Counter', metadata: { since: '2026' } });
  assert.equal(priced.nickname, 'Counter');
  assert.deepEqual(priced.metadata, { since: '2026' });
});

test('a price never changes its amount', async () => {
  const { stripe } = openSandbox(server);
  const price = await addPrice(stripe, 'Espresso', 350);

  await refused(stripe.rawRequest('POST', `/v1/prices/${price}`, { unit_amount: 1 }), {
    code: 'parameter_unknown',
    param: 'unit_amount',
  });
});

test('archived products and prices are kept but cannot be sold', async () => {
  const { stripe } = openSandbox(server);
  const product = await stripe.products.create({ name: 'Pumpkin latte' });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 520 });
  const session = await openCart(stripe, [{ price: price.id, quantity: 1 }]);

  assert.equal((await stripe.prices.update(price.id, { active: false })).active, false);
  assert.equal((await stripe.products.update(product.id, { active: false })).active, false);

  assert.deepEqual((await stripe.prices.list({ active: true })).data, []);
  assert.deepEqual((await stripe.products.list({ active: true })).data, []);
  await refused(openCart(stripe, [{ price: price.id, quantity: 1 }]), {
    param: 'line_items[0][price]',
    message: /The price specified is inactive/,
  });
  const open = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(open.amount_total, 520, 'a cart that already holds it keeps it');
});

test('a price made inside a cart is not for other carts', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Gift wrap', 500)]);
  const price = session.line_items?.data[0].price;
  assert.ok(price);
  assert.equal(price.active, false);

  await refused(openCart(stripe, [{ price: price.id, quantity: 1 }]), { message: /inactive/ });
});

test('products are found by a search, page by page', async () => {
  const { stripe } = openSandbox(server);
  for (const name of ['Green tea', 'Coffee', 'Black tea', 'Red tea']) {
    await stripe.products.create({ name, metadata: { shelf: name.length } });
  }

  const found = await stripe.products.search({ query: 'name~"TEA" AND -metadata["shelf"]:"7"' });
  assert.deepEqual(found.data.map((product) => product.name), ['Black tea', 'Green tea']);
  const names = [];
  for await (const product of stripe.products.search({ query: 'name~"tea"', limit: 1 })) names.push(product.name);
  assert.deepEqual(names, ['Red tea', 'Black tea', 'Green tea']);
  await refused(stripe.products.search({ query: 'colour:"red"' }), {
    param: 'query',
    message: /Field `colour` is an unsupported search field/,
  });
});

test('a product without prices is deleted', async () => {
  const { stripe } = openSandbox(server);
  const product = await stripe.products.create({ name: 'Beans' });
  const priced = await stripe.products.create({
    name: 'Tea',
    default_price_data: { currency: 'usd', unit_amount: 500 },
  });

  const deleted = await stripe.products.del(product.id);
  assert.deepEqual([deleted.id, deleted.deleted], [product.id, true]);
  await refused(stripe.products.retrieve(product.id), { status: 404, code: 'resource_missing' });
  await refused(stripe.products.del(priced.id), { message: /one or more prices/ });
});

test('a price in tiers charges each unit by its tier', async () => {
  const { stripe } = openSandbox(server);
  const price = await stripe.prices.create({
    product_data: { name: 'Seats' },
    currency: 'usd',
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [{ up_to: 5, unit_amount: 700 }, { up_to: 'inf', unit_amount: 650 }],
    recurring: { interval: 'month' },
    expand: ['tiers'],
  });

  assert.deepEqual(price.tiers?.map((tier) => [tier.up_to, tier.unit_amount]), [[5, 700], [null, 650]]);
  assert.equal(price.unit_amount, null);
  const cart = {
    mode: /** @type {const} */ ('subscription'),
    success_url: 'https://shop.example/done',
    line_items: [{ price: price.id, quantity: 6 }],
  };
  const session = await stripe.checkout.sessions.create(cart);
  assert.equal(session.amount_total, 5 * 700 + 650);
});
