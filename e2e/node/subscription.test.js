// @ts-check
// The guide's first example: a customer who is about to subscribe by the month is offered the year.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { changeCart, idsOf, linesOf, openCart } from './support/cart.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** A sandbox with a coffee club that is paid by the month or by the year, and an open monthly session. */
async function monthlySession() {
  const { stripe } = openSandbox(server);
  const club = await stripe.products.create({ name: 'Coffee club' });
  const monthly = await stripe.prices.create({
    product: club.id,
    currency: 'usd',
    unit_amount: 1900,
    recurring: { interval: 'month' },
  });
  const yearly = await stripe.prices.create({
    product: club.id,
    currency: 'usd',
    unit_amount: 19000,
    recurring: { interval: 'year' },
  });
  const session = await openCart(stripe, [{ price: monthly.id, quantity: 1 }], { mode: 'subscription' });
  return { stripe, session, monthly, yearly };
}

test('a subscription session opens with the price of the first period', async () => {
  const { session, monthly } = await monthlySession();

  assert.equal(session.mode, 'subscription');
  assert.equal(session.amount_total, 1900);
  assert.equal(session.subscription, null);
  const [line] = linesOf(session);
  assert.equal(line.price?.id, monthly.id);
  assert.equal(line.price?.type, 'recurring');
  assert.equal(line.price?.recurring?.interval, 'month');
});

test('the month is swapped for the year by a new line in place of the old one', async () => {
  const { stripe, session, yearly } = await monthlySession();

  const updated = await changeCart(stripe, session.id, [{ price: yearly.id, quantity: 1 }]);

  assert.equal(updated.amount_total, 19000);
  const [line, ...rest] = linesOf(updated);
  assert.deepEqual(rest, []);
  assert.equal(line.price?.id, yearly.id);
  assert.notEqual(line.id, idsOf(session)[0]);
});

test('the month is swapped for the year on the same line, whose id stays', async () => {
  const { stripe, session, yearly } = await monthlySession();
  const [club] = idsOf(session);

  const updated = await changeCart(stripe, session.id, [{ id: club, price: yearly.id }]);

  assert.equal(updated.amount_total, 19000);
  assert.deepEqual(idsOf(updated), [club]);
  assert.equal(linesOf(updated)[0].price?.recurring?.interval, 'year');
  assert.equal(linesOf(updated)[0].quantity, 1);
});

test('the customer may change their mind and go back to the month', async () => {
  const { stripe, session, monthly, yearly } = await monthlySession();
  const [club] = idsOf(session);

  await changeCart(stripe, session.id, [{ id: club, price: yearly.id }]);
  const back = await changeCart(stripe, session.id, [{ id: club, price: monthly.id }]);

  assert.equal(back.amount_total, 1900);
  assert.deepEqual(idsOf(back), [club]);
});

test('a one-time extra can be added beside the subscription', async () => {
  const { stripe, session } = await monthlySession();
  const [club] = idsOf(session);

  const updated = await changeCart(stripe, session.id, [
    { id: club },
    { price_data: { currency: 'usd', unit_amount: 3500, product_data: { name: 'Grinder' } }, quantity: 1 },
  ]);

  assert.equal(updated.amount_total, 5400);
  assert.equal(linesOf(updated)[1].price?.type, 'one_time');
});
