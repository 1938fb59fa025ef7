// @ts-check
// What a session collects, and offers besides its cart, through the client.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** @type {import('stripe').Stripe.Checkout.SessionCreateParams} */
const cart = {
  mode: 'payment',
  success_url: 'https://shop.example/done',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Tea' } }, quantity: 1 }],
};

test('a session asks, says and offers what the shop wants', async () => {
  const { stripe } = openSandbox(server);
  const milk = await stripe.prices.create({ currency: 'usd', unit_amount: 100, product_data: { name: 'Milk' } });
  const made = await stripe.checkout.sessions.create({
    ...cart,
    custom_fields: [
      {
        key: 'cup',
        label: { type: 'custom', custom: 'Which cup?' },
        type: 'dropdown',
        dropdown: { options: [{ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' }], default_value: 'red' },
      },
    ],
    custom_text: { submit: { message: 'The kettle is on' }, after_submit: '' },
    optional_items: [{ price: milk.id, quantity: 1, adjustable_quantity: { enabled: true, maximum: 3 } }],
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    phone_number_collection: { enabled: true },
  });
  const session = await stripe.checkout.sessions.retrieve(made.id);
  assert.equal(session.custom_fields[0].dropdown?.default_value, 'red');
  assert.deepEqual([session.custom_text.submit?.message, session.custom_text.after_submit], ['The kettle is on', null]);
  assert.equal(session.optional_items?.[0].price, milk.id);
  assert.deepEqual(session.shipping_address_collection?.allowed_countries, ['DE', 'AT']);
  assert.equal(session.amount_total, 500);
});

test('what the payment is to be like may change while the session is open', async () => {
  const { stripe } = openSandbox(server);
  const { sessions } = stripe.checkout;
  const own = await sessions.create({ mode: 'payment', ui_mode: 'elements', line_items: cart.line_items });
  const payment_intent_data = { description: 'Tea for two', setup_future_usage: /** @type {const} */ ('on_session') };
  const updated = await sessions.update(own.id, { payment_intent_data });
  assert.equal(updated.status, 'open');
  await sessions.update(own.id, { payment_intent_data: { description: '', setup_future_usage: '' } });
  const hosted = await sessions.create(cart);
  await refused(sessions.update(hosted.id, { payment_intent_data }), { param: 'payment_intent_data' });
});

test('what makes no sense together is refused by the name of the parameter', async () => {
  const { stripe } = openSandbox(server);
  const { sessions } = stripe.checkout;
  await refused(sessions.create({ ...cart, subscription_data: { description: 'Club' } }), {
    param: 'subscription_data',
  });
  await refused(sessions.create({ ...cart, customer_update: { name: 'auto' } }), {
    param: 'customer_update',
  });
  await refused(sessions.create({ ...cart, optional_items: [{ price: 'price_none', quantity: 1 }] }), {
    code: 'resource_missing',
    param: 'optional_items[0][price]',
  });
});
