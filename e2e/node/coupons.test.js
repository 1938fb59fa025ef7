// @ts-check
// Coupons through the client: made, renamed, found and deleted.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('a coupon is made with a code of the shop, renamed, listed and deleted', async () => {
  const { stripe } = openSandbox(server);
  const made = await stripe.coupons.create({ id: 'SPRING', percent_off: 12.5, max_redemptions: 100 });
  assert.equal(made.percent_off, 12.5);
  assert.equal(made.duration, 'once');
  assert.equal(made.valid, true);

  const renamed = await stripe.coupons.update('SPRING', { name: 'Spring', metadata: { year: '2027' } });
  assert.equal(renamed.name, 'Spring');
  assert.deepEqual(await codesOf(stripe), ['SPRING']);
  assert.deepEqual((await stripe.coupons.retrieve('SPRING')).metadata, { year: '2027' });

  const deleted = await stripe.coupons.del('SPRING');
  assert.deepEqual([deleted.id, deleted.deleted], ['SPRING', true]);
  await refused(stripe.coupons.retrieve('SPRING'), { status: 404, code: 'resource_missing' });
  assert.deepEqual(await codesOf(stripe), []);
  const events = await stripe.events.list({ types: ['coupon.created', 'coupon.updated', 'coupon.deleted'] });
  assert.deepEqual(
    events.data.map(({ type }) => type),
    ['coupon.deleted', 'coupon.updated', 'coupon.created'],
  );
});

test('an amount off has other currencies and products, shown where they are asked for', async () => {
  const { stripe } = openSandbox(server);
  const beans = await stripe.products.create({ name: 'Beans' });
  const made = await stripe.coupons.create({
    amount_off: 500,
    currency: 'usd',
    currency_options: { eur: { amount_off: 450 } },
    applies_to: { products: [beans.id] },
    duration: 'repeating',
    duration_in_months: 3,
  });
  assert.equal(made.applies_to, undefined);
  const read = await stripe.coupons.retrieve(made.id, { expand: ['applies_to', 'currency_options'] });
  assert.deepEqual(read.applies_to?.products, [beans.id]);
  assert.equal(read.currency_options?.eur.amount_off, 450);
});

test('what takes nothing off is refused', async () => {
  const { stripe } = openSandbox(server);
  await refused(stripe.coupons.create({ name: 'Nothing' }), { code: 'parameter_missing', param: 'percent_off' });
  await refused(stripe.coupons.create({ percent_off: 101 }), { param: 'percent_off' });
});

/** @param {import('stripe').Stripe} stripe */
async function codesOf(stripe) {
  return (await stripe.coupons.list()).data.map(({ id }) => id);
}
