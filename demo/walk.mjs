// @ts-check
// Walks through the guide on a running server: a cart changes during checkout, and the shop's server decides how.
// Usage: node walk.mjs http://127.0.0.1:4242

import Stripe from 'stripe';

import { drawCart } from './cart-table.mjs';
import { fillCatalog } from './catalog.mjs';
import { bold, yellow } from './style.mjs';

/** @import { Cart } from './cart-table.mjs' */
/** @typedef {Stripe.Checkout.SessionUpdateParams.LineItem} Line */

if (!URL.canParse(process.argv[2] ?? '')) {
  console.error('usage: node walk.mjs http://127.0.0.1:4242');
  process.exit(2);
}
const server = new URL(process.argv[2]);
const stripe = new Stripe('sk_test_demo', {
  protocol: server.protocol === 'https:' ? 'https' : 'http',
  host: server.hostname,
  port: server.port,
  telemetry: false,
});

console.log(bold('The coffee shop: a cart changes during checkout, and only the shop’s server decides how'));
const prices = await fillCatalog(stripe);
await coffeeOrder();
await coffeeClub();
console.log(`\nAll of this was the official Stripe client; only its address was changed, to ${server.origin}.`);

/** A customer orders, and changes their mind more than once. */
async function coffeeOrder() {
  const created = await openSession('payment', [
    { price: prices.smallCappuccino, quantity: 1 },
    { price: prices.croissant, quantity: 1 },
    { price: prices.beans, quantity: 1 },
  ]);
  tell(
    'A customer opens the checkout',
    `A session with permissions.update_line_items=server_only: ${created.id}`,
    created,
  );
  const [cappuccino, croissant, beans] = idsOf(created);

  const larger = await sendCart(created, [
    { id: cappuccino, price: prices.largeCappuccino },
    { id: croissant },
    { id: beans },
  ]);
  tell(
    '“A large one, please.”',
    'The line gets another price: {id, price}. A line to keep is just named: {id}.',
    larger,
    created,
  );

  const hungrier = await sendCart(larger, [{ id: cappuccino }, { id: croissant, quantity: 3 }, { id: beans }]);
  tell('Two friends join.', 'The line gets another quantity: {id, quantity}.', hungrier, larger);

  const wrapped = await sendCart(hungrier, [
    { id: cappuccino },
    { id: croissant },
    { id: beans },
    { price: prices.cookie, quantity: 2 },
    { price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Gift wrap' } }, quantity: 1 },
  ]);
  tell(
    '“Two cookies! And the beans are a present.”',
    'Entries without an id are added, by price or by price_data.',
    wrapped,
    hungrier,
  );
  const [, , , cookies, wrap] = idsOf(wrapped);

  const ordered = await sendCart(wrapped, [
    { id: beans },
    { id: wrap },
    { id: cappuccino },
    { id: croissant },
    { id: cookies },
  ]);
  tell(
    'The shop puts the present first.',
    'The order of the array is the order of the cart.',
    ordered,
    wrapped,
  );

  const removed = await sendCart(ordered, [{ id: beans }, { id: wrap }, { id: cappuccino }, { id: cookies }]);
  tell('The croissants are sold out.', 'A line that is left out of the array is removed.', removed, ordered);

  await makeMistake(removed, beans);
}

/** A customer who is about to subscribe by the month is offered the year. */
async function coffeeClub() {
  const monthly = await openSession('subscription', [{ price: prices.clubByMonth, quantity: 1 }]);
  tell('Another customer joins the coffee club.', `A session in subscription mode: ${monthly.id}`, monthly);

  const [club] = idsOf(monthly);
  const yearly = await sendCart(monthly, [{ id: club, price: prices.clubByYear }]);
  tell(
    '“Two months free if you pay by the year?” “Yes!”',
    'The line moves to the yearly price: {id, price}.',
    yearly,
    monthly,
  );
}

/**
 * Shows what a mistake in the shop's code looks like, and that it changes nothing.
 * @param {Cart} cart
 * @param {string} line
 */
async function makeMistake(cart, line) {
  const error = await sendCart(cart, [{ id: line, quantity: 0 }]).then(
    () => new Error('a quantity of 0 should have been refused'),
    (/** @type {unknown} */ thrown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  const now = await stripe.checkout.sessions.retrieve(cart.id, { expand: ['line_items'] });
  const refusal = `${yellow('Refused:')} ${error.message}\n  param: ${error.param}, code: ${error.code}`;
  tell(
    'The shop’s code makes a mistake and sends quantity 0.',
    `${refusal}. The cart is as it was.`,
    now,
    cart,
  );
}

/**
 * Opens a session whose cart only the shop's server may change.
 * @param {'payment' | 'subscription'} mode
 * @param {Stripe.Checkout.SessionCreateParams.LineItem[]} lines
 */
function openSession(mode, lines) {
  // The permission is a preview parameter: the client sends it, but its types do not list it yet.
  const permissions = { update_line_items: 'server_only' };
  return stripe.checkout.sessions.create({
    mode,
    permissions: /** @type {Stripe.Checkout.SessionCreateParams.Permissions} */ (permissions),
    ui_mode: 'elements',
    return_url: 'https://coffee.example/thanks',
    line_items: lines,
    expand: ['line_items'],
  });
}

/**
 * Sends the whole cart anew.
 * @param {Cart} cart
 * @param {Line[]} lines
 */
function sendCart(cart, lines) {
  return stripe.checkout.sessions.update(cart.id, { line_items: lines, expand: ['line_items'] });
}

/** @param {Cart} cart */
function idsOf(cart) {
  return (cart.line_items?.data ?? []).map((line) => line.id);
}

/**
 * Prints one step: what happens in the shop, what its server does, and the cart that comes of it.
 * @param {string} scene
 * @param {string} deed
 * @param {Cart} cart
 * @param {Cart} [before]
 */
function tell(scene, deed, cart, before) {
  console.log(`\n${bold(scene)}\n  ${deed}\n${drawCart(cart, before)}`);
}
