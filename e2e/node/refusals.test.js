// @ts-check
// What is refused, how a developer sees it through the client, and that a refusal changes nothing.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { addPrice, changeCart, idsOf, inline, linesOf, openCart, revisionOf } from './support/cart.js';
import { offType } from './support/params.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

/** @import { Stripe } from 'stripe' */
/** @import { Refusal } from './support/refusal.js' */

const server = await startServer();
after(() => server.stop());

/**
 * A change to an open cart of an espresso and of up to twelve donuts.
 * @typedef {(cart: { stripe: Stripe, espresso: string, donuts: string }) =>
 *   Promise<Stripe.Checkout.SessionUpdateParams> | Stripe.Checkout.SessionUpdateParams} Change
 */

/** @type {[string, Change, Refusal][]} */
const refusedInPaymentMode = [
  [
    'a line id that the cart does not have',
    () => ({ line_items: [{ id: 'li_unknown' }] }),
    { code: 'resource_missing', param: 'line_items[0][id]', message: /No such line item: 'li_unknown'/ },
  ],
  [
    'the same line twice',
    ({ espresso }) => ({ line_items: [{ id: espresso }, { id: espresso, quantity: 2 }] }),
    { param: 'line_items[1][id]' },
  ],
  [
    'a quantity of zero, because lines are removed by leaving them out',
    ({ espresso }) => ({ line_items: [{ id: espresso, quantity: 0 }] }),
    { code: 'parameter_invalid_integer', param: 'line_items[0][quantity]' },
  ],
  [
    'a negative quantity',
    ({ espresso }) => ({ line_items: [{ id: espresso, quantity: -1 }] }),
    { code: 'parameter_invalid_integer', param: 'line_items[0][quantity]' },
  ],
  [
    'a quantity that is not a number',
    ({ espresso }) => offType({ line_items: [{ id: espresso, quantity: 'two' }] }),
    { code: 'parameter_invalid_integer', param: 'line_items[0][quantity]', message: /two/ },
  ],
  [
    'an empty cart',
    () => offType({ line_items: '' }),
    { code: 'parameter_invalid_empty', param: 'line_items' },
  ],
  [
    'a new line without a price',
    () => ({ line_items: [{ quantity: 1 }] }),
    { param: 'line_items[0][price]' },
  ],
  [
    'a new line without a quantity',
    async ({ stripe }) => ({ line_items: [{ price: await addPrice(stripe, 'Tea', 420) }] }),
    { code: 'parameter_missing', param: 'line_items[0][quantity]' },
  ],
  [
    'a price that does not exist',
    () => ({ line_items: [{ price: 'price_unknown', quantity: 1 }] }),
    { code: 'resource_missing', param: 'line_items[0][price]', message: /No such price: 'price_unknown'/ },
  ],
  [
    'an archived price',
    async ({ stripe, espresso }) => {
      const old = await addPrice(stripe, 'Pumpkin latte', 520);
      await stripe.prices.update(old, { active: false });
      return { line_items: [{ id: espresso }, { price: old, quantity: 1 }] };
    },
    { param: 'line_items[1][price]', message: /inactive/ },
  ],
  [
    'a recurring price in payment mode',
    async ({ stripe, espresso }) => {
      const club = await addPrice(stripe, 'Coffee club', 1900, { recurring: { interval: 'month' } });
      return { line_items: [{ id: espresso }, { price: club, quantity: 1 }] };
    },
    { message: /`payment` mode but passed a recurring price/ },
  ],
  [
    'a line in another currency',
    async ({ stripe, espresso }) => {
      const euros = await addPrice(stripe, 'Espresso in Rome', 120, { currency: 'eur' });
      return { line_items: [{ id: espresso }, { price: euros, quantity: 1 }] };
    },
    { message: /currency|currencies/i },
  ],
  [
    'more than a hundred lines',
    () => ({ line_items: Array.from({ length: 101 }, (_, n) => inline(`Cup ${n}`, 100)) }),
    { param: 'line_items', message: /100/ },
  ],
  [
    "a quantity above the line's maximum",
    ({ donuts }) => ({ line_items: [{ id: donuts, quantity: 13 }] }),
    { param: 'line_items[0][quantity]', message: /12/ },
  ],
  [
    "a quantity below the line's minimum",
    ({ donuts }) => ({ line_items: [{ id: donuts, quantity: 1 }] }),
    { param: 'line_items[0][quantity]', message: /2/ },
  ],
  [
    'a total below what can be charged',
    () => ({ line_items: [inline('Sugar', 1)] }),
    { code: 'amount_too_small' },
  ],
  [
    'a total above what can be charged',
    () => ({ line_items: [inline('Plantation', 99_999_999, 2)] }),
    { code: 'amount_too_large' },
  ],
  [
    'a parameter that does not exist',
    () => offType({ line_itmes: [{ id: 'li_1' }] }),
    { code: 'parameter_unknown', param: 'line_itmes', message: /line_itmes/ },
  ],
  [
    'a parameter of a line that does not exist',
    ({ espresso }) => offType({ line_items: [{ id: espresso, colour: 'brown' }] }),
    { code: 'parameter_unknown', param: 'line_items[0][colour]' },
  ],
];

for (const [name, change, expected] of refusedInPaymentMode) {
  test(`a cart refuses ${name} and stays as it was`, async () => {
    const { stripe } = openSandbox(server);
    const session = await openCart(stripe, [
      inline('Espresso', 350),
      { ...inline('Donut', 200, 3), adjustable_quantity: { enabled: true, minimum: 2, maximum: 12 } },
    ]);
    const [espresso, donuts] = idsOf(session);

    const params = await change({ stripe, espresso, donuts });
    await refused(stripe.checkout.sessions.update(session.id, params), expected);

    const read = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
    assert.deepEqual(linesOf(read), linesOf(session));
    assert.equal(revisionOf(read), revisionOf(session));
  });
}

test('one bad line refuses the whole update', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const [espresso] = idsOf(session);

  await refused(changeCart(stripe, session.id, [{ id: espresso, quantity: 9 }, { id: 'li_unknown' }]), {
    code: 'resource_missing',
    param: 'line_items[1][id]',
  });

  const read = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
  assert.deepEqual(linesOf(read), linesOf(session));
});

test('a subscription refuses months and years in one cart', async () => {
  const { stripe } = openSandbox(server);
  const monthly = await addPrice(stripe, 'Coffee club', 1900, { recurring: { interval: 'month' } });
  const yearly = await addPrice(stripe, 'Tea club', 9900, { recurring: { interval: 'year' } });
  const session = await openCart(stripe, [{ price: monthly, quantity: 1 }], { mode: 'subscription' });

  await refused(changeCart(stripe, session.id, [{ id: idsOf(session)[0] }, { price: yearly, quantity: 1 }]), {
    message: /interval/,
  });
});

test('a subscription refuses a cart with nothing recurring left', async () => {
  const { stripe } = openSandbox(server);
  const monthly = await addPrice(stripe, 'Coffee club', 1900, { recurring: { interval: 'month' } });
  const session = await openCart(stripe, [{ price: monthly, quantity: 1 }], { mode: 'subscription' });

  await refused(changeCart(stripe, session.id, [inline('Mug', 2200)]), {
    message: /at least one recurring price in `subscription` mode/,
  });
});

test('a session that does not exist is not found, and the parameter is named', async () => {
  const { stripe } = openSandbox(server);
  const missing = { status: 404, code: 'resource_missing', param: 'session', message: /No such checkout\.session/ };

  await refused(stripe.checkout.sessions.retrieve('cs_test_unknown'), missing);
  await refused(changeCart(stripe, 'cs_test_unknown', [inline('Espresso', 350)]), missing);
  await refused(stripe.checkout.sessions.expire('cs_test_unknown'), missing);
});

test('creating a session asks for what is missing by name', async () => {
  const { stripe } = openSandbox(server);
  const hosted = { success_url: 'https://shop.example/thanks', line_items: [inline('Espresso', 350)] };

  await refused(stripe.checkout.sessions.create(hosted), { code: 'parameter_missing', param: 'mode' });
  await refused(stripe.checkout.sessions.create({ mode: 'payment', line_items: hosted.line_items }), {
    code: 'parameter_missing',
    param: 'success_url',
  });
  await refused(stripe.checkout.sessions.create({ mode: 'payment', success_url: hosted.success_url }), {
    code: 'parameter_missing',
    param: 'line_items',
  });
});

test('what Stripe has and Paydesk does not support yet is refused by name, never ignored', async () => {
  const { stripe } = openSandbox(server);

  const error = await refused(stripe.issuing.cards.list(), { status: 404 });

  assert.match(error.message, /\/v1\/issuing\/cards/);
});
