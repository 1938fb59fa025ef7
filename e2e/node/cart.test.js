// @ts-check
// The guide's heart: one update carries the whole cart, and the shop's server decides all of it.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { addPrice, changeCart, idsOf, inline, linesOf, openCart, receipt } from './support/cart.js';
import { updateLineItemsPermission } from './support/params.js';
import { openSandbox } from './support/sandbox.js';
import { startServer } from './support/server.js';

const server = await startServer();
after(() => server.stop());

/** A sandbox with an open cart of one espresso, two bags of beans and a mug. */
async function coffeeCart() {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [
    { price: await addPrice(stripe, 'Espresso', 350), quantity: 1 },
    { price: await addPrice(stripe, 'Beans', 1490), quantity: 2 },
    { price: await addPrice(stripe, 'Mug', 2200), quantity: 1 },
  ]);
  const [espresso, beans, mug] = idsOf(session);
  return { stripe, session, espresso, beans, mug };
}

test('a new session has its lines in order, its totals and its permission', async () => {
  const { session } = await coffeeCart();

  assert.match(session.id, /^cs_test_/);
  assert.equal(session.status, 'open');
  assert.equal(session.payment_status, 'unpaid');
  assert.equal(session.ui_mode, 'elements');
  assert.ok(session.client_secret?.startsWith(`${session.id}_secret_`));
  assert.equal(updateLineItemsPermission(session), 'server_only');
  assert.deepEqual(receipt(session), ['1 Espresso 350', '2 Beans 2980', '1 Mug 2200']);
  assert.equal(session.amount_subtotal, 5530);
  assert.equal(session.amount_total, 5530);
  assert.equal(session.currency, 'usd');
});

test('one update keeps, changes, adds, removes and reorders lines', async () => {
  const { stripe, session, espresso, beans, mug } = await coffeeCart();
  const tea = await addPrice(stripe, 'Tea', 420);

  const updated = await changeCart(stripe, session.id, [
    { id: mug },
    { id: espresso, quantity: 3 },
    { price: tea, quantity: 2 },
    inline('Gift wrap', 500),
  ]);

  assert.deepEqual(receipt(updated), ['1 Mug 2200', '3 Espresso 1050', '2 Tea 840', '1 Gift wrap 500']);
  assert.equal(updated.amount_subtotal, 4590);
  assert.equal(updated.amount_total, 4590);
  const [first, second, third, fourth] = idsOf(updated);
  assert.deepEqual([first, second], [mug, espresso], 'kept lines keep their ids');
  assert.equal(new Set([espresso, beans, mug, third, fourth]).size, 5, 'added lines get ids of their own');
});

test('what an update answers is what is read afterwards', async () => {
  const { stripe, session, espresso, mug } = await coffeeCart();

  const updated = await changeCart(stripe, session.id, [{ id: mug }, { id: espresso, quantity: 4 }]);
  const read = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] });
  const listed = await stripe.checkout.sessions.listLineItems(session.id);

  assert.deepEqual({ ...read }, { ...updated });
  assert.deepEqual(listed.data, linesOf(updated));
});

test('a cart sent without ids gets new lines in place of the old ones', async () => {
  const { stripe, session, espresso, beans, mug } = await coffeeCart();

  const updated = await changeCart(stripe, session.id, [inline('Espresso', 350)]);

  assert.deepEqual(receipt(updated), ['1 Espresso 350']);
  assert.ok(![espresso, beans, mug].includes(idsOf(updated)[0]));
});

test('reordering changes the order and nothing else', async () => {
  const { stripe, session, espresso, beans, mug } = await coffeeCart();

  const updated = await changeCart(stripe, session.id, [{ id: beans }, { id: mug }, { id: espresso }]);

  assert.deepEqual(receipt(updated), ['2 Beans 2980', '1 Mug 2200', '1 Espresso 350']);
  assert.deepEqual(idsOf(updated), [beans, mug, espresso]);
  assert.equal(updated.amount_total, session.amount_total);
});

test('a line moved to another price keeps its id and its quantity', async () => {
  const { stripe, session, espresso, beans, mug } = await coffeeCart();
  const bigBag = await addPrice(stripe, 'Beans, 1 kg', 3900);

  const updated = await changeCart(stripe, session.id, [{ id: espresso }, { id: beans, price: bigBag }, { id: mug }]);

  assert.deepEqual(idsOf(updated), [espresso, beans, mug]);
  assert.equal(linesOf(updated)[1].price?.id, bigBag);
  assert.deepEqual(receipt(updated), ['1 Espresso 350', '2 Beans, 1 kg 7800', '1 Mug 2200']);
});

test("a line's metadata is merged key by key, and an empty value clears", async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [{ ...inline('Latte', 450), metadata: { size: 'small', milk: 'oat' } }]);
  const [latte] = idsOf(session);
  assert.deepEqual(linesOf(session)[0].metadata, { size: 'small', milk: 'oat' });

  const merged = await changeCart(stripe, session.id, [
    { id: latte, metadata: { size: 'large', milk: '', note: 'extra hot' } },
  ]);
  assert.deepEqual(linesOf(merged)[0].metadata, { size: 'large', note: 'extra hot' });

  const kept = await changeCart(stripe, session.id, [{ id: latte, quantity: 2 }]);
  assert.deepEqual(linesOf(kept)[0].metadata, { size: 'large', note: 'extra hot' });

  const cleared = await changeCart(stripe, session.id, [{ id: latte, metadata: '' }]);
  assert.deepEqual(linesOf(cleared)[0].metadata ?? {}, {});
});

test('an update without line_items leaves the cart alone', async () => {
  const { stripe, session } = await coffeeCart();

  const updated = await stripe.checkout.sessions.update(session.id, {
    metadata: { table: '7' },
    expand: ['line_items'],
  });

  assert.deepEqual(updated.metadata, { table: '7' });
  assert.deepEqual(linesOf(updated), linesOf(session));
});

test('lines are in an answer only when they are asked for', async () => {
  const { stripe, session, espresso } = await coffeeCart();

  const updated = await stripe.checkout.sessions.update(session.id, { line_items: [{ id: espresso }] });

  assert.ok(!('line_items' in updated));
  assert.equal(updated.amount_total, 350);
});

test('a quantity is held within the bounds its line allows until the bounds are lifted', async () => {
  const { stripe } = openSandbox(server);
  const session = await openCart(stripe, [
    { ...inline('Donut', 200, 3), adjustable_quantity: { enabled: true, minimum: 1, maximum: 12 } },
  ]);
  const [donut] = idsOf(session);
  assert.deepEqual({ ...linesOf(session)[0].adjustable_quantity }, { enabled: true, minimum: 1, maximum: 12 });

  const full = await changeCart(stripe, session.id, [{ id: donut, quantity: 12 }]);
  assert.deepEqual(receipt(full), ['12 Donut 2400']);

  const lifted = await changeCart(stripe, session.id, [
    { id: donut, quantity: 50, adjustable_quantity: { enabled: false } },
  ]);
  assert.deepEqual(receipt(lifted), ['50 Donut 10000']);
});

test('the cart of a hosted page can change too, and its address stays', async () => {
  const { stripe } = openSandbox(server);
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.example/thanks',
    line_items: [inline('Espresso', 350)],
    expand: ['line_items'],
  });
  assert.equal(session.ui_mode, 'hosted_page');
  assert.ok(session.url);

  const updated = await changeCart(stripe, session.id, [{ id: idsOf(session)[0], quantity: 2 }]);

  assert.equal(updated.amount_total, 700);
  assert.equal(updated.url, session.url);
});
