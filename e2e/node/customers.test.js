// @ts-check
// Customers through the client: made, changed, found, given tax ids and deleted.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a customer is made, changed, found by its address and deleted', async () => {
  const { stripe } = openSandbox(server);
  const made = await stripe.customers.create({
    email: 'ada@example.com',
    name: 'Ada',
    address: { line1: 'Hohe Straße 1', country: 'DE' },
    tax: { ip_address: '192.0.2.7' },
    metadata: { table: '7' },
  });
  assert.equal(made.address?.country, 'DE');
  assert.equal(made.balance, 0);

  const changed = await stripe.customers.update(made.id, { name: 'Ada L.', address: '', expand: ['tax'] });
  assert.equal(changed.name, 'Ada L.');
  assert.equal(changed.address, null);
  assert.equal(changed.tax?.ip_address, '192.0.2.7');
  const found = await stripe.customers.list({ email: 'ada@example.com' });
  assert.deepEqual(found.data.map(({ id }) => id), [made.id]);

  const searched = await stripe.customers.search({ query: 'email:"ADA@example.com" AND metadata["table"]:"7"' });
  assert.deepEqual(searched.data.map(({ id }) => id), [made.id]);

  const deleted = await stripe.customers.del(made.id);
  assert.deepEqual([deleted.id, deleted.deleted], [made.id, true]);
  const retrieved = await stripe.customers.retrieve(made.id);
  assert.equal(retrieved.deleted, true);
  assert.deepEqual((await stripe.customers.list()).data, []);
  assert.deepEqual((await stripe.customers.search({ query: 'name~"ada"' })).data, []);
  await refused(stripe.customers.update(made.id, { name: 'Ada' }), { status: 404, code: 'resource_missing' });

  const types = ['customer.created', 'customer.updated', 'customer.deleted'];
  const events = await stripe.events.list({ types });
  assert.deepEqual(events.data.map(({ type }) => type), types.toReversed());
});

test('a customer has tax ids that come and go', async () => {
  const { stripe } = openSandbox(server);
  const customer = await stripe.customers.create({
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    expand: ['tax_ids'],
  });
  assert.equal(customer.tax_ids?.data[0].country, 'DE');

  const made = await stripe.customers.createTaxId(customer.id, { type: 'us_ein', value: '12-3456789' });
  assert.equal(made.verification?.status, 'unavailable');
  assert.equal((await stripe.customers.retrieveTaxId(customer.id, made.id)).value, '12-3456789');
  assert.equal((await stripe.customers.listTaxIds(customer.id)).data.length, 2);
  assert.equal((await stripe.customers.deleteTaxId(customer.id, made.id)).deleted, true);
  const left = await stripe.customers.listTaxIds(customer.id);
  assert.deepEqual(left.data.map(({ type }) => type), ['eu_vat']);
  await refused(stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: '1' }), {
    status: 400,
    code: 'tax_id_invalid',
    param: 'value',
  });
});

test('the client pages through customers by itself', async () => {
  const { stripe } = openSandbox(server);
  for (let number = 0; number < 5; number++) await stripe.customers.create({ name: String(number) });
  /** @type {(string | null | undefined)[]} */
  const names = [];
  for await (const customer of stripe.customers.list({ limit: 2 })) names.push(customer.name);
  assert.deepEqual(names, ['4', '3', '2', '1', '0']);
});

test('a session is created for a customer, shows it and is found by it', async () => {
  const { stripe } = openSandbox(server);
  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.example/done',
    customer: customer.id,
    customer_update: { name: 'auto', address: 'auto' },
    tax_id_collection: { enabled: true },
    line_items: [{ price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Tea' } }, quantity: 1 }],
    expand: ['customer'],
  });
  assert.deepEqual([session.customer_details?.email, session.customer_email], ['ada@example.com', null]);
  const shown = session.customer;
  assert.ok(shown && typeof shown !== 'string' && !shown.deleted);
  assert.equal(shown.name, 'Ada');
  const found = await stripe.checkout.sessions.list({ customer: customer.id });
  assert.deepEqual(found.data.map(({ id }) => id), [session.id]);

  await stripe.customers.del(customer.id);
  const later = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  assert.deepEqual(later.customer, { id: customer.id, object: 'customer', deleted: true });
  const again = stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.example/done',
    customer: customer.id,
    line_items: [{ price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Tea' } }, quantity: 1 }],
  });
  await refused(again, { status: 400, code: 'resource_missing', param: 'customer' });
});
