// @ts-check
// A whole checkout whose amounts follow every change, through the client: address, shipping, taxes and a discount; and
// a subscription with tiers, a trial and an anchor.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** @param {{ amount_subtotal: number | null, amount_total: number | null, total_details: any }} session */
const sums = ({ amount_subtotal, amount_total, total_details }) => ({
  subtotal: amount_subtotal,
  discount: total_details.amount_discount,
  shipping: total_details.amount_shipping,
  tax: total_details.amount_tax,
  total: amount_total,
});

test('totals follow the address, the shipping, the taxes and the discount to the cent', async () => {
  const { stripe } = openSandbox(server);
  const shirt = await stripe.prices.create({ currency: 'usd', unit_amount: 1999, product_data: { name: 'Shirt' } });
  const book = await stripe.prices.create({ currency: 'usd', unit_amount: 1000, product_data: { name: 'Book' } });
  await stripe.coupons.create({ id: 'TENTH', percent_off: 10 });
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'TENTH' },
    restrictions: { minimum_amount: 2000, minimum_amount_currency: 'usd' },
  });
  const unknown = { display_name: 'Not known yet', fixed_amount: { amount: 0, currency: 'usd' } };
  const open = await stripe.checkout.sessions.create({
    mode: 'payment',
    ui_mode: 'elements',
    return_url: 'https://shop.example/back',
    permissions: { update_shipping_details: 'server_only' },
    shipping_address_collection: { allowed_countries: ['US'] },
    shipping_options: [{ shipping_rate_data: unknown }],
    discounts: [{ promotion_code: code.id }],
    line_items: [
      { price: shirt.id, quantity: 3 },
      { price: book.id, quantity: 1 },
    ],
    expand: ['line_items'],
  });
  assert.deepEqual(sums(open), { subtotal: 6997, discount: 700, shipping: 0, tax: 0, total: 6297 });
  const [first, second] = open.line_items?.data ?? [];

  const texas = await stripe.taxRates.create({ display_name: 'Sales tax', percentage: 8.25, inclusive: false });
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: true });
  const post = await stripe.shippingRates.create({
    display_name: 'Post',
    type: 'fixed_amount',
    fixed_amount: { amount: 500, currency: 'usd' },
  });
  const address = { line1: '1 Main Street', city: 'Austin', state: 'TX', postal_code: '78701', country: 'US' };
  const known = await stripe.checkout.sessions.update(open.id, {
    collected_information: { shipping_details: { name: 'Jenny Rosen', address } },
    shipping_options: [{ shipping_rate: post.id }],
    line_items: [
      { id: second.id, tax_rates: [vat.id] },
      { id: first.id, tax_rates: [texas.id] },
    ],
    expand: ['line_items.data.taxes', 'total_details.breakdown', 'shipping_cost.shipping_rate'],
  });
  // Stripe has no example of these numbers; they are checked by hand: 10 % of 6997 is 700, split 600 and 100; 8.25 % of
  // 5397 is 445; of 900 with 20 % in it 150 are tax.
  assert.deepEqual(sums(known), { subtotal: 6997, discount: 700, shipping: 500, tax: 595, total: 7242 });
  const lines = known.line_items?.data ?? [];
  assert.deepEqual(
    lines.map(({ id, amount_discount, amount_tax, amount_total }) => [id, amount_discount, amount_tax, amount_total]),
    [
      [second.id, 100, 150, 900],
      [first.id, 600, 445, 5842],
    ],
  );
  assert.equal(lines[1].taxes?.[0].rate.percentage, 8.25);
  assert.equal(known.total_details?.breakdown?.discounts[0].amount, 700);

  const again = await stripe.checkout.sessions.update(open.id, { line_items: [{ id: first.id }, { id: second.id }] });
  assert.deepEqual(sums(again), sums(known));
  await refused(stripe.checkout.sessions.update(open.id, { line_items: [{ id: second.id }] }), {
    param: 'discounts[0][promotion_code]',
  });
  assert.deepEqual(await stripe.checkout.sessions.retrieve(open.id), again);
});

test('a subscription is charged by tiers, after its trial, or for the part of a period until its anchor', async () => {
  const { stripe } = openSandbox(server);
  const seats = await stripe.prices.create({
    product_data: { name: 'Seats' },
    currency: 'usd',
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers: [
      { up_to: 5, unit_amount: 700 },
      { up_to: 10, unit_amount: 650 },
      { up_to: 'inf', unit_amount: 600 },
    ],
    recurring: { interval: 'day', interval_count: 10 },
  });
  const setup = await stripe.prices.create({ currency: 'usd', unit_amount: 5000, product_data: { name: 'Setup' } });
  /** @param {import('stripe').Stripe.Checkout.SessionCreateParams.SubscriptionData} [subscription_data] */
  const total = async (subscription_data) => {
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url: 'https://shop.example/done',
      line_items: [
        { price: seats.id, quantity: 6 },
        { price: setup.id, quantity: 1 },
      ],
      ...(subscription_data && { subscription_data }),
    });
    return session.amount_total;
  };
  assert.equal(await total(), 3900 + 5000);
  assert.equal(await total({ trial_period_days: 14 }), 5000);
  // Half of ten days; the seconds that pass meanwhile take off less than a cent each.
  const anchor = Math.floor(Date.now() / 1000) + 5 * 86_400;
  const anchored = (await total({ billing_cycle_anchor: anchor })) ?? 0;
  assert.ok(anchored > 6900 && anchored <= 6950, `${anchored}`);
});
