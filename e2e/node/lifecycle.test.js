// @ts-check
// How a session ends, what is told about it, and that nothing acknowledged is lost.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { changeCart, idsOf, inline, linesOf, openCart, revisionOf } from './support/cart.js';
import { refused } from './support/refusal.js';
import { clientOf, openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

/** @import { Stripe } from 'stripe' */

const server = await startServer();
after(() => server.stop());

/** @param {Stripe} stripe */
async function expiredEvents(stripe) {
  const events = await stripe.events.list({ type: 'checkout.session.expired' });
  return events.data.filter((event) => event.type === 'checkout.session.expired');
}

test('an expired session is closed to every update but metadata', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);

  const expired = await stripe.checkout.sessions.expire(session.id);
  assert.equal(expired.status, 'expired');
  assert.equal(expired.url, null);

  const closed = { message: /status in \["open"\].*status of `expired`/ };
  await refused(changeCart(stripe, session.id, [{ id: idsOf(session)[0], quantity: 2 }]), closed);
  await refused(stripe.checkout.sessions.expire(session.id), closed);

  const noted = await stripe.checkout.sessions.update(session.id, { metadata: { note: 'abandoned' } });
  assert.deepEqual(noted.metadata, { note: 'abandoned' });
});

test('expiring a session is told by one event that names its request', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  const other = await openCart(stripe, [inline('Latte', 450)]);

  const expired = await stripe.checkout.sessions.expire(session.id, {}, { idempotencyKey: 'give-up' });

  const [event, ...rest] = await expiredEvents(stripe);
  assert.deepEqual(rest, []);
  assert.match(event.id, /^evt_/);
  assert.equal(event.data.object.id, session.id);
  assert.equal(event.data.object.status, 'expired');
  assert.ok(!('line_items' in event.data.object), 'events carry no lines');
  assert.equal(event.request?.id, expired.lastResponse.requestId);
  assert.equal(event.request?.idempotency_key, 'give-up');
  assert.deepEqual(await stripe.events.retrieve(event.id).then((read) => read.data.object), event.data.object);
  assert.equal((await stripe.checkout.sessions.retrieve(other.id)).status, 'open');
});

test('changing a cart is no event', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);

  await changeCart(stripe, session.id, [{ id: idsOf(session)[0], quantity: 2 }]);

  const events = await stripe.events.list();
  assert.deepEqual(events.data.filter((event) => event.type.startsWith('checkout.session.')), []);
});

test('a session expires by itself when its day is over', async () => {
  const { stripe, post } = openSandbox(server);
  const session = await openCart(stripe, [inline('Espresso', 350)]);
  assert.equal(session.expires_at - session.created, 86_400);

  const advanced = await post('/paydesk/v1/clock', { advance: '90000' });
  assert.equal(advanced.status, 200, await advanced.text());

  const read = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(read.status, 'expired');
  assert.equal(revisionOf(read), revisionOf(session) + 1);
  await refused(changeCart(stripe, session.id, [{ id: idsOf(session)[0], quantity: 2 }]), {
    message: /status of `expired`/,
  });
  const [event] = await expiredEvents(stripe);
  assert.equal(event.data.object.id, session.id);
  assert.equal(event.created, session.expires_at, 'it expired at its own time');
  assert.equal(event.request?.id ?? null, null, 'no request caused it');
});

test('the clock of one sandbox leaves the others alone', async () => {
  const here = openSandbox(server);
  const there = openSandbox(server);
  const session = await openCart(there.stripe, [inline('Espresso', 350)]);

  await here.post('/paydesk/v1/clock', { advance: '90000' });

  assert.equal((await there.stripe.checkout.sessions.retrieve(session.id)).status, 'open');
});

for (const [name, again] of /** @type {const} */ ([
  ['a restart', 'restart'],
  ['a crash', 'crash'],
])) {
  test(`a changed cart is still there after ${name} of the server`, async (t) => {
    let own = await startServer();
    t.after(() => own.stop());
    const { stripe, key } = openSandbox(own);
    const session = await openCart(stripe, [inline('Espresso', 350)]);
    const changed = await changeCart(stripe, session.id, [
      { id: idsOf(session)[0], quantity: 2 },
      inline('Tea', 420),
    ]);

    own = await own[again]();

    const read = await clientOf(own, key).checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
    assert.deepEqual(linesOf(read), linesOf(changed));
    assert.equal(revisionOf(read), revisionOf(changed));
  });
}
