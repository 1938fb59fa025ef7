// @ts-check
// API versions: every client speaks the one it was built for, to the same session.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { idsOf, inline, openCart, receipt } from './support/cart.js';
import { refused } from './support/refusal.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

test('an answer names the version it was made for', async () => {
  const { stripe } = openSandbox(server);

  const newest = await stripe.checkout.sessions.list();
  const older = await stripe.checkout.sessions.list({}, { apiVersion: '2025-03-31.basil' });

  assert.equal(newest.lastResponse.apiVersion, '2026-10-28.endive');
  assert.equal(older.lastResponse.apiVersion, '2025-03-31.basil');
});

test('a version from before cart updates refuses line_items and still updates metadata', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const acacia = { apiVersion: '2024-09-30.acacia' };

  await refused(
    stripe.checkout.sessions.update(session.id, { line_items: [{ id: idsOf(session)[0], quantity: 2 }] }, acacia),
    { code: 'parameter_unknown', param: 'line_items' },
  );

  const noted = await stripe.checkout.sessions.update(session.id, { metadata: { table: '7' } }, acacia);
  assert.deepEqual(noted.metadata, { table: '7' });
  assert.equal(noted.amount_total, 350);
});

test('the same version updates the cart when it carries the beta of its time', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);

  const updated = await stripe.checkout.sessions.update(
    session.id,
    { line_items: [{ id: idsOf(session)[0], quantity: 2 }], expand: ['line_items'] },
    { apiVersion: '2024-09-30.acacia; checkout_server_update_beta=v1' },
  );

  assert.deepEqual(receipt(updated), ['2 Espresso 700']);
});

test('basil updates the cart without any beta', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);

  const updated = await stripe.checkout.sessions.update(
    session.id,
    { line_items: [{ id: idsOf(session)[0], quantity: 2 }] },
    { apiVersion: '2025-03-31.basil' },
  );

  assert.equal(updated.amount_total, 700);
});

for (const [now, then] of /** @type {const} */ ([
  ['elements', 'custom'],
  ['embedded_page', 'embedded'],
  ['hosted_page', 'hosted'],
])) {
  test(`what is ${now} today is ${then} to a client from the time of basil`, async () => {
    const { stripe } = openSandbox(server);
    const basil = { apiVersion: '2025-03-31.basil' };
    /** @satisfies {import('stripe').Stripe.Checkout.SessionCreateParams} */
    const order = {
      mode: 'payment',
      line_items: [inline('Espresso', 350)],
      [now === 'hosted_page' ? 'success_url' : 'return_url']: 'https://shop.example/ok',
    };

    const today = await stripe.checkout.sessions.create({ ...order, ui_mode: now });
    const back = await stripe.checkout.sessions.create({ ...order, ui_mode: then }, basil);

    assert.equal(today.ui_mode, now);
    assert.equal(back.ui_mode, then);
    assert.equal((await stripe.checkout.sessions.retrieve(today.id, {}, basil)).ui_mode, then);
    assert.equal((await stripe.checkout.sessions.retrieve(back.id)).ui_mode, now);
  });
}

test('a version nobody knows is refused by name', async () => {
  const { stripe } = openSandbox(server);

  await refused(stripe.checkout.sessions.list({}, { apiVersion: '2031-01-01.marzipan' }), { message: /marzipan/ });
});
