// What a test of a shop looks like against Paydesk: the official client, with another address.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import Stripe from 'stripe';

const api = new URL(process.env.STRIPE_API);
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, {
  host: api.hostname,
  port: api.port,
  protocol: 'http',
});

test('two coffees cost twice as much as one', async () => {
  const price = await stripe.prices.create({
    currency: 'eur',
    unit_amount: 350,
    product_data: { name: 'Coffee' },
  });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.example/done',
    line_items: [{ price: price.id, quantity: 2 }],
  });
  assert.equal(session.amount_total, 700);
});

test('another run of these tests left nothing behind', async () => {
  const { data } = await stripe.checkout.sessions.list({ limit: 100 });
  assert.ok(data.length <= 1);
});
