// @ts-check
// Promotion codes through the client: made, found by what customers type, switched off and on.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** @type {import('stripe').Stripe.PromotionCodeCreateParams.Promotion} */
const ofSpring = { type: 'coupon', coupon: 'SPRING' };

test('a promotion code is made, found in whatever case, switched off and on again', async () => {
  const { stripe } = openSandbox(server);
  await stripe.coupons.create({ id: 'SPRING', percent_off: 25 });
  const made = await stripe.promotionCodes.create({
    promotion: ofSpring,
    code: 'Spring-25',
    max_redemptions: 100,
    restrictions: {
      minimum_amount: 5000,
      minimum_amount_currency: 'usd',
      currency_options: { eur: { minimum_amount: 4500 } },
    },
  });
  assert.deepEqual(made.promotion, ofSpring);
  assert.equal(made.active, true);
  const found = await stripe.promotionCodes.list({ code: 'SPRING-25', active: true, expand: ['data.promotion.coupon'] });
  assert.deepEqual(
    found.data.map(({ id }) => id),
    [made.id],
  );
  const coupon = found.data[0].promotion.coupon;
  assert.ok(coupon && typeof coupon === 'object');
  assert.equal(coupon.percent_off, 25);

  const off = await stripe.promotionCodes.update(made.id, { active: false, metadata: { year: '2027' } });
  assert.equal(off.active, false);
  assert.deepEqual((await stripe.promotionCodes.list({ active: true })).data, []);
  const on = await stripe.promotionCodes.update(made.id, { active: true });
  assert.deepEqual(await stripe.promotionCodes.retrieve(made.id), on);
  const events = await stripe.events.list({ types: ['promotion_code.created', 'promotion_code.updated'] });
  assert.deepEqual(
    events.data.map(({ type }) => type),
    ['promotion_code.updated', 'promotion_code.updated', 'promotion_code.created'],
  );
});

test('a code without a text of the shop gets one of eight letters and digits', async () => {
  const { stripe } = openSandbox(server);
  await stripe.coupons.create({ id: 'SPRING', percent_off: 25 });
  const made = await stripe.promotionCodes.create({ promotion: ofSpring });
  assert.match(made.code, /^[0-9A-Z]{8}$/);
});

test('a customer has one active promotion code of a text', async () => {
  const { stripe } = openSandbox(server);
  await stripe.coupons.create({ id: 'SPRING', percent_off: 25 });
  const [jenny, john] = [await stripe.customers.create(), await stripe.customers.create()];
  await stripe.promotionCodes.create({ promotion: ofSpring, code: 'TEA', customer: jenny.id });
  await stripe.promotionCodes.create({ promotion: ofSpring, code: 'tea', customer: john.id });
  for (const customer of [jenny.id, undefined]) {
    const again = stripe.promotionCodes.create({ promotion: ofSpring, code: 'Tea', ...(customer ? { customer } : {}) });
    await refused(again, { code: 'resource_already_exists', param: 'code' });
  }
  const jennys = await stripe.promotionCodes.list({ customer: jenny.id, expand: ['data.customer'] });
  assert.equal(jennys.data.length, 1);
  assert.equal(typeof jennys.data[0].customer, 'object');
});

test('a promotion code takes off a session what its coupon says, where the cart comes to its minimum', async () => {
  const { stripe } = openSandbox(server);
  await stripe.coupons.create({ id: 'SPRING', percent_off: 25 });
  const restrictions = { minimum_amount: 5000, minimum_amount_currency: 'usd' };
  const { id } = await stripe.promotionCodes.create({ promotion: ofSpring, restrictions });
  /** @param {number} quantity */
  const create = (quantity) =>
    stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.example/done',
      line_items: [{ price_data: { currency: 'usd', unit_amount: 2500, product_data: { name: 'Beans' } }, quantity }],
      discounts: [{ promotion_code: id }],
    });
  const session = await create(2);
  assert.deepEqual(session.discounts, [{ coupon: 'SPRING', promotion_code: id }]);
  assert.equal(session.total_details?.amount_discount, 1250);
  assert.equal(session.amount_total, 3750);
  await refused(create(1), { param: 'discounts[0][promotion_code]' });

  await stripe.promotionCodes.update(id, { active: false });
  await refused(create(2), { param: 'discounts[0][promotion_code]' });
});

test('a promotion code ends with its coupon', async () => {
  const { stripe } = openSandbox(server);
  await stripe.coupons.create({ id: 'SPRING', percent_off: 25 });
  const made = await stripe.promotionCodes.create({ promotion: ofSpring });
  await stripe.coupons.del('SPRING');
  assert.equal((await stripe.promotionCodes.retrieve(made.id)).active, false);
  await refused(stripe.promotionCodes.update(made.id, { active: true }), { param: 'active' });
  await refused(stripe.promotionCodes.create({ promotion: ofSpring }), {
    code: 'resource_missing',
    param: 'promotion[coupon]',
  });
});
