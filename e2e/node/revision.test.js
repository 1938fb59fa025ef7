// @ts-check
// The revision of a cart: it counts what a customer could see change, and guards against stale updates.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import Stripe from 'stripe';

import { changeCart, idsOf, inline, openCart, receipt, revisionOf } from './support/cart.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

async function twoLineCart() {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350), inline('Croissant', 290)]);
  const [espresso, croissant] = idsOf(session);
  return { stripe, session, espresso, croissant };
}

test('each visible change counts the revision up by one', async () => {
  const { stripe, session, espresso, croissant } = await twoLineCart();
  const start = revisionOf(session);
  assert.ok(Number.isInteger(start));

  const quantity = await changeCart(stripe, session.id, [{ id: espresso, quantity: 2 }, { id: croissant }]);
  const order = await changeCart(stripe, session.id, [{ id: croissant }, { id: espresso }]);
  const added = await changeCart(stripe, session.id, [{ id: croissant }, { id: espresso }, inline('Tea', 420)]);
  const removed = await changeCart(stripe, session.id, [{ id: croissant }]);
  const expired = await stripe.checkout.sessions.expire(session.id);

  const revisions = [quantity, order, added, removed, expired].map(revisionOf);
  assert.deepEqual(revisions, [start + 1, start + 2, start + 3, start + 4, start + 5]);
});

test('metadata alone does not count', async () => {
  const { stripe, session } = await twoLineCart();

  const updated = await stripe.checkout.sessions.update(session.id, { metadata: { table: '7' } });

  assert.equal(revisionOf(updated), revisionOf(session));
});

test('an update that changes nothing does not count', async () => {
  const { stripe, session, espresso, croissant } = await twoLineCart();

  const updated = await changeCart(stripe, session.id, [{ id: espresso, quantity: 1 }, { id: croissant }]);

  assert.equal(revisionOf(updated), revisionOf(session));
});

test('a refused update does not count', async () => {
  const { stripe, session, espresso } = await twoLineCart();

  await refused(changeCart(stripe, session.id, [{ id: espresso, quantity: 0 }]), {});

  assert.equal(revisionOf(await stripe.checkout.sessions.retrieve(session.id)), revisionOf(session));
});

test('an update made for a cart that somebody else has changed is refused', async () => {
  const { stripe, session, espresso, croissant } = await twoLineCart();
  const seen = String(revisionOf(session));
  await changeCart(stripe, session.id, [{ id: espresso, quantity: 2 }, { id: croissant }]);

  await refused(changeCart(stripe, session.id, [{ id: croissant }], { headers: { 'If-Match': seen } }), {
    as: Stripe.errors.StripeAPIError,
    status: 412,
  });

  const read = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
  assert.deepEqual(receipt(read), ['2 Espresso 700', '1 Croissant 290']);
});

for (const [name, header] of /** @type {const} */ ([
  ['as a number', (/** @type {number} */ revision) => `${revision}`],
  ['in quotes', (/** @type {number} */ revision) => `"${revision}"`],
  ['as a star for whichever', () => '*'],
])) {
  test(`an update may name the revision it was made for ${name}`, async () => {
    const { stripe, session, espresso } = await twoLineCart();

    const updated = await changeCart(stripe, session.id, [{ id: espresso }], {
      headers: { 'If-Match': header(revisionOf(session)) },
    });

    assert.equal(updated.amount_total, 350);
  });
}

test('of two updates made for the same cart at the same time exactly one wins', async () => {
  const { stripe, session, espresso, croissant } = await twoLineCart();
  const options = { headers: { 'If-Match': String(revisionOf(session)) } };

  const outcomes = await Promise.allSettled([
    changeCart(stripe, session.id, [{ id: espresso }], options),
    changeCart(stripe, session.id, [{ id: croissant }], options),
  ]);

  assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ['fulfilled', 'rejected']);
  const read = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(revisionOf(read), revisionOf(session) + 1);
});

test('updates sent at the same time are made one after the other, and each counts', async () => {
  const { stripe, session, espresso } = await twoLineCart();
  const quantities = Array.from({ length: 20 }, (_, n) => n + 2);

  const answers = await Promise.all(
    quantities.map((quantity) => changeCart(stripe, session.id, [{ id: espresso, quantity }])),
  );

  const start = revisionOf(session);
  const revisions = answers.map(revisionOf).sort((one, other) => one - other);
  assert.deepEqual(revisions, quantities.map((_, n) => start + n + 1));
  const last = answers.find((answer) => revisionOf(answer) === start + quantities.length);
  const read = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(read.amount_total, last?.amount_total);
});
