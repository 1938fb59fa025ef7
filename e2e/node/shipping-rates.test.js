// @ts-check
// Shipping rates through the client: made, found, extended and archived.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a shipping rate is made, found and archived', async () => {
  const { stripe } = openSandbox(server);
  const ground = await stripe.shippingRates.create({
    display_name: 'Ground',
    type: 'fixed_amount',
    fixed_amount: { amount: 500, currency: 'usd' },
    delivery_estimate: { minimum: { unit: 'business_day', value: 5 }, maximum: { unit: 'business_day', value: 7 } },
  });
  assert.deepEqual(ground.fixed_amount, { amount: 500, currency: 'usd' });
  assert.deepEqual(ground.delivery_estimate?.maximum, { unit: 'business_day', value: 7 });
  assert.deepEqual(await stripe.shippingRates.retrieve(ground.id), ground);

  const post = await stripe.shippingRates.create({
    display_name: 'Post',
    fixed_amount: { amount: 450, currency: 'eur' },
  });
  const archived = await stripe.shippingRates.update(ground.id, { active: false, metadata: { carrier: 'none' } });
  assert.deepEqual([archived.active, archived.metadata], [false, { carrier: 'none' }]);
  /** @param {import('stripe').Stripe.ShippingRateListParams} [params] */
  const idsOf = async (params) => (await stripe.shippingRates.list(params)).data.map(({ id }) => id);
  assert.deepEqual(await idsOf(), [post.id, ground.id]);
  assert.deepEqual(await idsOf({ active: true }), [post.id]);
  assert.deepEqual(await idsOf({ currency: 'usd' }), [ground.id]);
});

test('a shipping rate gets other currencies, and keeps what it costs in each', async () => {
  const { stripe } = openSandbox(server);
  const { id } = await stripe.shippingRates.create({
    display_name: 'Ground',
    fixed_amount: { amount: 500, currency: 'usd', currency_options: { eur: { amount: 450 } } },
  });
  const inPounds = { fixed_amount: { currency_options: { gbp: { amount: 400 } } } };
  const updated = await stripe.shippingRates.update(id, { ...inPounds, expand: ['fixed_amount.currency_options'] });
  const amounts = Object.entries(updated.fixed_amount?.currency_options ?? {});
  assert.deepEqual(
    amounts.map(([currency, { amount }]) => [currency, amount]),
    [
      ['usd', 500],
      ['eur', 450],
      ['gbp', 400],
    ],
  );
  const dearer = { fixed_amount: { currency_options: { gbp: { amount: 401 } } } };
  await refused(stripe.shippingRates.update(id, dearer), { param: 'fixed_amount[currency_options][gbp]' });
});

test('a delivery that takes longer at least than at most is refused', async () => {
  const { stripe } = openSandbox(server);
  const rate = { display_name: 'Ground', fixed_amount: { amount: 500, currency: 'usd' } };
  /** @type {import('stripe').Stripe.ShippingRateCreateParams.DeliveryEstimate} */
  const estimate = { minimum: { unit: 'day', value: 8 }, maximum: { unit: 'week', value: 1 } };
  const create = stripe.shippingRates.create({ ...rate, delivery_estimate: estimate });
  await refused(create, { param: 'delivery_estimate[minimum]' });
});
